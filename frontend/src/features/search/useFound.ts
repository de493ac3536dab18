import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Group, groupsOf, type Scope } from './found'
import { glanceQuery, suggestionsQuery } from './queries'
import type { Answer, Hit, Place } from './types'

/** Names come while one writes; the rest when one pauses. */
const NAMES_AFTER = 60
const ALL_AFTER = 160
const SHORTEST_NAME = 2

export interface Found {
  groups: Group[]
  /** Of what is written now, or until it comes of what was written before. */
  answer: Answer | undefined
  /** What comes first: what was found best, else what was offered first. */
  best: Hit | undefined
  /** All that is shown is of what is written now. */
  isSettled: boolean
  error: unknown
  retry: () => void
}

/**
 * What is found of what one writes. Each question has its own answer: one that is no longer asked is called off, and one that
 * comes late is shown to nobody. Until the next comes, what was found before stays.
 */
export function useFound(written: string, scope: Scope, place: Place | undefined): Found {
  const words = written.trim()
  const [pause] = useDebouncedValue(words, ALL_AFTER)
  const [breath] = useDebouncedValue(words, NAMES_AFTER)
  const search = useQuery({
    ...glanceQuery({ q: pause, ...(scope !== 'all' && { kinds: [scope] }), ...(place && { place: place.id }) }),
    enabled: pause !== '' && words !== '',
    placeholderData: keepPreviousData,
  })
  const names = useQuery({
    ...suggestionsQuery(breath),
    enabled: breath.length >= SHORTEST_NAME && words !== '' && place === undefined,
    placeholderData: keepPreviousData,
  })
  const offered = (names.isEnabled && names.data?.items) || NONE
  const isSettled = pause === words && (search.isError || (search.data !== undefined && !search.isPlaceholderData))
  return {
    groups: groupsOf(search.data?.items ?? NONE, offered, scope),
    answer: search.data,
    best: search.data?.items[0] ?? offered.find(({ kind }) => scope === 'all' || kind === scope),
    isSettled,
    error: search.error,
    retry: () => void search.refetch(),
  }
}

const NONE: Hit[] = []
