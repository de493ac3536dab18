import type { QueryClient } from '@tanstack/react-query'
import { NOTIFICATIONS, type Waiting, waitingQuery } from './queries'

/** Something is told, was read, or may be seen no longer. */
export function toldChanged(cache: QueryClient) {
  void cache.invalidateQueries({ queryKey: NOTIFICATIONS })
}

export function takeWaiting(cache: QueryClient, waiting: Waiting | null) {
  if (waiting !== null) cache.setQueryData(waitingQuery.queryKey, waiting)
}
