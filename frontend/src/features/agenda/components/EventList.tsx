import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { EventRow } from '@/entities/gathering/EventRow'
import { agendaQuery, type Wanted } from '@/entities/gathering/queries'
import styles from './agenda.module.css'

interface EventListProps {
  wanted: Wanted
  addressOf: (postId: string) => string
  /** What stands there when there are none. */
  empty: ReactNode
}

/** Events one under the other, and more of them. */
export function EventList({ wanted, addressOf, empty }: EventListProps) {
  const list = useInfiniteQuery(agendaQuery(wanted))
  return (
    <>
      <Loaded query={list} lines={5}>
        {(items) =>
          items.length === 0 ? (
            empty
          ) : (
            <ul className={styles.list}>
              {items.map((item) => (
                <li key={item.id}>
                  <EventRow item={item} to={addressOf(item.id)} />
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
    </>
  )
}
