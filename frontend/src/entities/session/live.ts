import type { QueryClient } from '@tanstack/react-query'
import { type Session, type SessionMember, sessionQuery } from './queries'

/** Name, language, rights: whatever is shown of who is signed in. */
export function memberChanged(cache: QueryClient) {
  void cache.invalidateQueries(sessionQuery)
  void cache.invalidateQueries({ queryKey: ['me'], exact: true })
}

export function takeViewer(cache: QueryClient, member: SessionMember | null) {
  if (member === null) return
  cache.setQueryData<Session>(sessionQuery.queryKey, (session) => (session?.member ? { ...session, member } : session))
}
