import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Slab, Slabs } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Result } from '@/components/states/Result'
import { type Audience, audiencesQuery } from '@/entities/audience/queries'
import { useText } from '@/lib/i18n'
import { AudienceEditor } from './AudienceEditor'
import { AudienceRow } from './AudienceRow'
import styles from './audiences.module.css'
import { texts } from './i18n'

/** What was saved, and the form to save more. One is written at a time, in the place where it stands. */
export function Audiences() {
  const t = useText(texts)
  const list = useInfiniteQuery(audiencesQuery)
  const [editing, setEditing] = useState<Audience | 'new' | null>(null)
  const [done, setDone] = useState<'saved' | 'deleted'>()
  const place = useRef<HTMLDivElement>(null)
  const open = (what: Audience | 'new') => {
    setDone(undefined)
    setEditing(what)
  }
  const tell = (what: 'saved' | 'deleted') => {
    setEditing(null)
    setDone(what)
    place.current?.focus()
  }
  return (
    <Slabs>
      {editing === 'new' ? (
        <AudienceEditor onDone={() => tell('saved')} onCancel={() => setEditing(null)} />
      ) : (
        <div>
          <Button icon={IconPlus} onClick={() => open('new')}>
            {t('newOne')}
          </Button>
        </div>
      )}
      <Result ref={place}>{done && t(done)}</Result>
      <Loaded query={list} lines={6}>
        {(audiences) =>
          audiences.length === 0 ? (
            editing !== 'new' && (
              <Slab>
                <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState>
              </Slab>
            )
          ) : (
            <ul className={styles.list} aria-label={t('list')}>
              {audiences.map((audience) => (
                <li key={audience.id}>
                  {typeof editing === 'object' && editing?.id === audience.id ? (
                    <AudienceEditor audience={editing} onDone={() => tell('saved')} onCancel={() => setEditing(null)} />
                  ) : (
                    <AudienceRow
                      audience={audience}
                      onChange={() => open(audience)}
                      onDeleted={() => tell('deleted')}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </Slabs>
  )
}
