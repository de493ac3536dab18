import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Slab, Slabs } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { AnnouncementEditor } from './AnnouncementEditor'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { useThrowAway } from './mutations'
import { type Draft, draftsQuery, type Sent, sentQuery } from './queries'

interface AnnouncementsProps {
  /** Where the report of one is. */
  reportOf: (postId: string) => string
}

/** What was announced, what is being written, and the form to write more. */
export function Announcements({ reportOf }: AnnouncementsProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(sentQuery)
  const drafts = useInfiniteQuery(draftsQuery).data ?? []
  const [editing, setEditing] = useState<Draft | 'new' | null>(null)
  const [done, setDone] = useState<'isKept' | 'isSent'>()
  const end = (what?: 'isKept' | 'isSent') => {
    setEditing(null)
    setDone(what)
  }
  return (
    <Slabs>
      {editing ? (
        <AnnouncementEditor {...(editing !== 'new' && { kept: editing })} sent={list.data ?? []} onDone={end} />
      ) : (
        <div>
          <Button icon={IconPlus} onClick={() => setEditing('new')}>
            {t('newOne')}
          </Button>
        </div>
      )}
      <Result>{done && t(done)}</Result>
      {drafts.length > 0 && (
        <Slab title={t('drafts')}>
          <ul className={styles.list}>
            {drafts.map((draft) => (
              <DraftRow key={draft.id} draft={draft} onEdit={() => setEditing(draft)} />
            ))}
          </ul>
        </Slab>
      )}
      <Loaded query={list} lines={6}>
        {(sent) =>
          sent.length === 0 ? (
            <Slab>
              <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState>
            </Slab>
          ) : (
            <Slab title={t('sent')}>
              <ul className={styles.list}>
                {sent.map((one) => (
                  <SentRow key={one.post_id} sent={one} to={reportOf(one.post_id)} />
                ))}
              </ul>
            </Slab>
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

function SentRow({ sent, to }: { sent: Sent; to: string }) {
  const t = useText(texts)
  const { told, read } = sent
  return (
    <li>
      <Link to={to}>{sent.title}</Link>
      <p>
        <Moment at={sent.sent_at} />
        {sent.author && <span>{t('by', { name: sent.author.name })}</span>}
        <span>{told === null ? t('few') : t('counted', { count: told })}</span>
        {told !== null && read !== null && <b>{t('readBy', { percent: Math.round((100 * read) / told) })}</b>}
        {!sent.written && <Chip look="light">{t('writing')}</Chip>}
        {sent.essential && <Chip look="line">{t('essential')}</Chip>}
        {sent.asks && <Chip look="line">{t('asks')}</Chip>}
      </p>
    </li>
  )
}

function DraftRow({ draft, onEdit }: { draft: Draft; onEdit: () => void }) {
  const t = useText(texts)
  const throwing = useThrowAway(draft)
  return (
    <li>
      <b>{draft.title || t('untitled')}</b>
      <p>
        {draft.send_at ? (
          <span>
            {t('willBeSent')} <Moment at={draft.send_at} />
          </span>
        ) : (
          <Moment at={draft.changed_at} />
        )}
        {draft.refused && <Chip look="danger">{t('refused')}</Chip>}
        <Button look="quiet" size="small" onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button look="quiet" size="small" busy={throwing.isPending} onClick={() => throwing.mutate()}>
          {t('throwAway')}
        </Button>
      </p>
    </li>
  )
}
