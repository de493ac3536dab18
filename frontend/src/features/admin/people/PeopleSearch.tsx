import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { TextField } from '@/components/forms/TextField'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { PeopleTable } from './PeopleTable'
import styles from './people.module.css'
import { peopleQuery, type Search, type State, states } from './queries'

const PAUSE = 250

interface PeopleSearchProps {
  search: Search
  onSearch: (search: Search) => void
  addressOf: (id: string) => string
}

/** Everybody, by name; what is looked for stands in the address, so that going back finds it again. */
export function PeopleSearch({ search, onSearch, addressOf }: PeopleSearchProps) {
  const t = useText(texts)
  const [written, setWritten] = useWritten(search.q ?? '', (q) => onSearch({ ...search, q: q || undefined }))
  const people = useInfiniteQuery({ ...peopleQuery(search), placeholderData: keepPreviousData })
  const options = [
    { value: '', label: t('all') },
    ...states.map((state) => ({ value: state, label: t(state) })),
  ] as const
  return (
    <Slab>
      <div role="search" className={styles.search}>
        <TextField
          type="search"
          label={t('search')}
          hint={t('searchHint')}
          icon={IconSearch}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          maxLength={100}
          autoComplete="off"
          optional={undefined}
        />
        <Pills<State | ''>
          label={t('states')}
          options={options}
          value={search.state ?? ''}
          onChange={(state) => onSearch({ ...search, state: state || undefined })}
        />
      </div>
      <p role="status" className={styles.count}>
        {people.data && !people.isPlaceholderData && count(people.data.length, people.hasNextPage)}
      </p>
      <div
        className={people.isPlaceholderData ? admin.dim : undefined}
        aria-busy={people.isPlaceholderData || undefined}
      >
        <Loaded query={people} lines={6}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
            ) : (
              <PeopleTable people={found} addressOf={addressOf} />
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
    </Slab>
  )

  function count(shown: number, more: boolean) {
    return more ? t('foundSome', { count: shown }) : t('found', { count: shown })
  }
}

/** What is being written, told after a pause; what comes from elsewhere, such as going back, replaces it. */
function useWritten(told: string, tell: (text: string) => void) {
  const [written, setWritten] = useState(told)
  const [sent, setSent] = useState(told)
  const [heard, setHeard] = useState(told)
  if (told !== heard) {
    setHeard(told)
    if (told !== sent) {
      setSent(told)
      setWritten(told)
    }
  }
  useEffect(() => {
    const text = written.trim()
    if (text === sent) return
    const timer = setTimeout(() => {
      setSent(text)
      tell(text)
    }, PAUSE)
    return () => clearTimeout(timer)
  })
  return [written, setWritten] as const
}
