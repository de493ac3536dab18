import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Dialog } from '@/components/overlays/Dialog'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { peopleListing } from '../queries'
import styles from './posts.module.css'

interface PeopleDialogProps {
  open: boolean
  onClose: () => void
  title: string
  query: ReturnType<typeof peopleListing>
  /** Before the list: which of several lists. */
  children?: ReactNode
}

/** Who did something, as far as the reader may find them. */
export function PeopleDialog({ open, onClose, title, query, children }: PeopleDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title} width={440}>
      {children}
      {open && <People query={query} />}
    </Dialog>
  )
}

function People({ query }: Pick<PeopleDialogProps, 'query'>) {
  const t = useText(texts)
  const list = useInfiniteQuery(query)
  return (
    <>
      <Loaded query={list}>
        {(people) =>
          people.length === 0 ? (
            <p className={styles.muted}>{t('nobodyToFind')}</p>
          ) : (
            <ul className={styles.people}>
              {people.map((person) => (
                <li key={person.id}>
                  <PersonChip person={person} />
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
