import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { acknowledgedQuery } from './queries'

interface AcknowledgedProps {
  postId: string
  personAt: (id: string) => string
}

/** Who said that he has read an announcement that asked for it. */
export function Acknowledged({ postId, personAt }: AcknowledgedProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(acknowledgedQuery(postId))
  return (
    <Slab title={t('names')}>
      <p className={styles.lead}>{t('namesHint')}</p>
      <Loaded query={list}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('noNames')}>{t('noNamesText')}</EmptyState>
          ) : (
            <ul className={styles.names}>
              {found.map(({ person, at }) => (
                <li key={person.id}>
                  <PersonChip person={person} to={personAt(person.id)} />
                  <small>
                    <Moment at={at} />
                  </small>
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
    </Slab>
  )
}
