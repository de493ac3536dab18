import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Dialog } from '@/components/overlays/Dialog'
import { SearchLine } from '@/components/searching/SearchLine'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { type Addresses, addressOf } from '../addresses'
import { countOf, keyOf, type Scope, scopesOf } from '../found'
import { texts } from '../i18n'
import { useKeepSearch } from '../mutations'
import { pageTexts } from '../page.texts'
import { resultsQuery } from '../queries'
import { chosenCount, type GlobalSearch, unfiltered } from '../search'
import type { Answer, Kind } from '../types'
import { ChosenFilters } from './ChosenFilters'
import { Filters } from './Filters'
import { HitRow } from './HitRow'
import { KeptSearches } from './KeptSearches'
import { SortMenu } from './SortMenu'
import styles from './view.module.css'

interface SearchViewProps {
  search: GlobalSearch
  onSearch: (search: GlobalSearch) => void
  to: Addresses
  /** For who may look people up. */
  mayReadDirectory: boolean
}

/** All that is found, what it may be narrowed by, and what is chosen. All of it stands in the address. */
export function SearchView({ search, onSearch, to, mayReadDirectory }: SearchViewProps) {
  const t = useText(texts)
  const tp = useText(pageTexts)
  const [open, setOpen] = useState(false)
  const keep = useKeepSearch()
  const asks = search.q !== undefined
  const results = useInfiniteQuery({ ...resultsQuery(search), enabled: asks, placeholderData: keepPreviousData })
  const answer = results.data?.pages[0]
  const kinds = search.kinds ?? []
  const filters = <Filters search={search} onSearch={onSearch} mayReadDirectory={mayReadDirectory} />
  const ask = (q: string) => {
    const next = { ...search, q: q || undefined }
    if (q !== '') keep.mutate(next)
    onSearch(next)
  }
  return (
    <div className={styles.page}>
      <SearchLine
        label={t('title')}
        field={t('fieldHint')}
        told={search.q ?? ''}
        chosen={chosenCount(search)}
        onSearch={ask}
        onFilters={() => setOpen(true)}
      />
      {asks ? (
        <>
          <aside className={styles.filters} aria-label={tp('filters')}>
            {filters}
          </aside>
          <section aria-label={t('results')} className={styles.results}>
            <Kinds counts={answer?.counts ?? []} chosen={kinds} onScope={narrow} />
            <div className={styles.bar}>
              <h2>
                <span role="status">
                  {!results.isPlaceholderData && answer && <HowMany {...answer} chosen={kinds} />}
                </span>
              </h2>
              <ChosenFilters search={search} onSearch={onSearch} />
              <SortMenu search={search} onSort={(sort) => onSearch({ ...search, sort })} />
            </div>
            {answer?.corrected && (
              <p className={styles.note}>{t('corrected', { words: search.q ?? '', corrected: answer.corrected })}</p>
            )}
            {answer?.is_limited && <p className={styles.note}>{t('limited')}</p>}
            <div className={results.isPlaceholderData ? styles.dim : undefined} aria-busy={results.isPlaceholderData}>
              <Loaded query={results} lines={8}>
                {({ pages }) => {
                  const hits = pages.flatMap(({ items }) => items)
                  return hits.length === 0 ? (
                    <None search={search} onSearch={onSearch} />
                  ) : (
                    <ol className={styles.list}>
                      {hits.map((hit) => (
                        <HitRow key={keyOf(hit)} hit={hit} to={addressOf(hit, to)} />
                      ))}
                    </ol>
                  )
                }}
              </Loaded>
            </div>
            <LoadMore
              more={results.hasNextPage}
              busy={results.isFetchingNextPage}
              error={results.data && results.error && messageOf(results.error)}
              onMore={() => void results.fetchNextPage()}
            />
            {answer?.is_cut && !results.hasNextPage && <p className={styles.note}>{tp('cut')}</p>}
          </section>
        </>
      ) : (
        <KeptSearches onTake={onSearch} />
      )}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={tp('filters')}
        footer={
          <>
            <Button look="secondary" onClick={() => onSearch(unfiltered(search))}>
              {tp('clear')}
            </Button>
            <Button onClick={() => setOpen(false)}>
              {tp('show', { count: countOf(answer?.counts ?? [], kinds).count })}
            </Button>
          </>
        }
      >
        {filters}
      </Dialog>
    </div>
  )

  function narrow(next: Scope) {
    onSearch({ ...search, kinds: next === 'all' ? undefined : [next] })
  }
}

interface KindsProps extends Pick<Answer, 'counts'> {
  /** None: all. */
  chosen: readonly Kind[]
  onScope: (scope: Scope) => void
}

function Kinds({ counts, chosen, onScope }: KindsProps) {
  const t = useText(texts)
  const language = useLanguage()
  const options = (['all', ...scopesOf(counts, chosen)] as const).map((value) => {
    const { count, is_limited } = countOf(counts, value)
    const number = is_limited ? t('atLeast', { most: count }) : formatNumber(count, language)
    return { value, label: counts.length === 0 ? t(value) : `${t(value)} ${number}` }
  })
  return <Pills label={t('scopes')} options={options} value={chosen.length === 0 ? 'all' : chosen} onChange={onScope} />
}

function HowMany({ counts, chosen }: Pick<KindsProps, 'counts' | 'chosen'>) {
  const t = useText(texts)
  const { count, is_limited } = countOf(counts, chosen)
  if (count === 0) return t('none')
  return is_limited ? t('foundAtLeast', { most: count }) : t('found', { count })
}

function None({ search, onSearch }: Pick<SearchViewProps, 'search' | 'onSearch'>) {
  const t = useText(texts)
  const tp = useText(pageTexts)
  const isNarrowed = chosenCount(search) > 0 || search.kinds !== undefined
  return (
    <EmptyState
      title={t('noneFor', { words: search.q ?? '' })}
      action={
        isNarrowed && (
          <Button look="secondary" onClick={() => onSearch(unfiltered(search))}>
            {tp('clear')}
          </Button>
        )
      }
    >
      {isNarrowed ? tp('noneFiltered') : t('noneText')}
    </EmptyState>
  )
}
