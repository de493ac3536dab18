import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Dialog } from '@/components/overlays/Dialog'
import { SearchLine } from '@/components/searching/SearchLine'
import { EmptyState } from '@/components/states/EmptyState'
import { PersonCard } from '@/entities/person/PersonCard'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Card, facetsQuery, peopleQuery } from '../queries'
import { chosenCount, type DirectorySearch, unfiltered } from '../search'
import { ChosenFilters } from './ChosenFilters'
import styles from './directory.module.css'
import { FacetList } from './FacetList'
import { SortMenu } from './SortMenu'

interface DirectoryViewProps {
  search: DirectorySearch
  onSearch: (search: DirectorySearch) => void
  addressOf: (id: string) => string
  /** What may be done about somebody, on his card. */
  actsOf?: (person: Card) => ReactNode
}

/** Who is found, what they can be chosen by, and what is chosen. All of it stands in the address. */
export function DirectoryView({ search, onSearch, addressOf, actsOf }: DirectoryViewProps) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const people = useInfiniteQuery({ ...peopleQuery(search), placeholderData: keepPreviousData })
  const facets = useQuery({ ...facetsQuery(search), placeholderData: keepPreviousData })
  const found = facets.data && t('people', { count: facets.data.people })
  const list = <FacetList facets={facets.data} search={search} onSearch={onSearch} />
  return (
    <div className={styles.page}>
      <SearchLine
        label={t('directory')}
        field={t('search')}
        told={search.q ?? ''}
        chosen={chosenCount(search)}
        onSearch={(q) => onSearch({ ...search, q: q || undefined })}
        onFilters={() => setOpen(true)}
      />
      <aside className={styles.facets} aria-label={t('filters')}>
        {list}
      </aside>
      <section aria-label={t('results')}>
        <div className={styles.bar}>
          <h2>
            <span role="status">{!facets.isPlaceholderData && found}</span>
          </h2>
          <ChosenFilters facets={facets.data} search={search} onSearch={onSearch} />
          <SortMenu search={search} onSort={(sort) => onSearch({ ...search, sort })} />
        </div>
        <div className={people.isPlaceholderData ? styles.dim : undefined} aria-busy={people.isPlaceholderData}>
          <Loaded query={people} lines={8}>
            {(cards) =>
              cards.length === 0 ? (
                <EmptyState
                  title={t('noneTitle')}
                  action={
                    chosenCount(search) > 0 && (
                      <Button look="secondary" onClick={() => onSearch(unfiltered(search))}>
                        {t('clear')}
                      </Button>
                    )
                  }
                >
                  {t('noneText')}
                </EmptyState>
              ) : (
                <ul className={styles.grid}>
                  {cards.map((person) => (
                    <PersonCard key={person.id} person={person} to={addressOf(person.id)}>
                      {actsOf?.(person)}
                    </PersonCard>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
        <LoadMore
          more={people.hasNextPage}
          busy={people.isFetchingNextPage}
          error={people.data && people.error && messageOf(people.error)}
          onMore={() => void people.fetchNextPage()}
        />
      </section>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('filters')}
        footer={
          <>
            <Button look="secondary" onClick={() => onSearch(unfiltered(search))}>
              {t('clear')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('show', { count: facets.data?.people ?? 0 })}</Button>
          </>
        }
      >
        {list}
      </Dialog>
    </div>
  )
}
