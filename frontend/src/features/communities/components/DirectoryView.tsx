import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Dialog } from '@/components/overlays/Dialog'
import { SearchLine } from '@/components/searching/SearchLine'
import { Pills } from '@/components/Tabs'
import { CommunityCard } from '@/entities/community/CommunityCard'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { communitiesQuery, tagsQuery } from '../queries'
import { type CommunitySearch, chosenCount, isUntouched, type List, lists, unfiltered } from '../search'
import { ChosenFilters } from './ChosenFilters'
import styles from './communities.module.css'
import { Filters } from './Filters'
import { NoneFound } from './NoneFound'
import { SortMenu } from './SortMenu'
import { Suggestions } from './Suggestions'

interface DirectoryViewProps {
  search: CommunitySearch
  onSearch: (search: CommunitySearch) => void
  addressOf: (id: string) => string
  /** The way to make one; absent for those who may not, who see none but theirs. */
  create?: ReactNode
}

/** Communities that one may know of, and what they can be chosen by. All of it stands in the address. */
export function DirectoryView({ search, onSearch, addressOf, create }: DirectoryViewProps) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const found = useInfiniteQuery({ ...communitiesQuery(search), placeholderData: keepPreviousData })
  const counts = useQuery({ ...tagsQuery(search), placeholderData: keepPreviousData })
  const filters = <Filters tags={counts.data?.items} search={search} onSearch={onSearch} />
  return (
    <div className={styles.page} data-plain={create ? undefined : true}>
      <SearchLine
        label={t('communities')}
        field={t('search')}
        told={search.q ?? ''}
        chosen={chosenCount(search)}
        onSearch={(q) => onSearch({ ...search, q: q || undefined })}
        onFilters={create ? () => setOpen(true) : undefined}
      />
      {create && (
        <aside className={styles.filters} aria-label={t('filters')}>
          {filters}
        </aside>
      )}
      <section aria-label={t('results')}>
        {create && isUntouched(search) && <Suggestions addressOf={addressOf} />}
        {create && (
          <Pills<List>
            label={t('lists')}
            options={lists.map((value) => ({ value, label: t(value) }))}
            value={search.list ?? 'all'}
            onChange={(list) => onSearch({ ...search, list: list === 'all' ? undefined : list })}
          />
        )}
        <div className={styles.bar}>
          <h2>
            <span role="status">
              {!counts.isPlaceholderData && counts.data && t('found', { count: counts.data.communities })}
            </span>
          </h2>
          <ChosenFilters tags={counts.data?.items} search={search} onSearch={onSearch} />
          <SortMenu search={search} onSort={(sort) => onSearch({ ...search, sort })} />
        </div>
        <div className={found.isPlaceholderData ? styles.dim : undefined} aria-busy={found.isPlaceholderData}>
          <Loaded query={found} lines={8}>
            {(cards) =>
              cards.length === 0 ? (
                <NoneFound search={search} onSearch={onSearch} create={create} />
              ) : (
                <ul className={styles.grid}>
                  {cards.map((community) => (
                    <CommunityCard key={community.id} community={community} to={addressOf(community.id)} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
        <LoadMore
          more={found.hasNextPage}
          busy={found.isFetchingNextPage}
          error={found.data && found.error && messageOf(found.error)}
          onMore={() => void found.fetchNextPage()}
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
            <Button onClick={() => setOpen(false)}>{t('show', { count: counts.data?.communities ?? 0 })}</Button>
          </>
        }
      >
        {filters}
      </Dialog>
    </div>
  )
}
