import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { namedQuery } from './queries'
import type { Person } from './types'

/** Names by id: of who is here, and of those whom the page names by their id alone. */
export function usePeople(here: readonly Person[], ids: readonly string[]): ReadonlyMap<string, string> {
  const unknown = ids.filter((id) => !here.some((person) => person.id === id))
  const found = useQueries({ queries: unknown.map((id) => namedQuery(id)) })
  const known = [...here, ...found.flatMap(({ data }) => data ?? [])].map(({ id, name }) => [id, name] as const)
  const written = JSON.stringify(known)
  return useMemo(() => new Map(JSON.parse(written) as [string, string][]), [written])
}
