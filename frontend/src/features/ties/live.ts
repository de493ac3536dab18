import type { QueryClient } from '@tanstack/react-query'
import type { components } from '@/api/schema.gen'
import { requestsCountQuery, TIES } from './queries'

/** A contact, request, block or mentorship of the member came, went or was answered. */
export function tiesChanged(cache: QueryClient) {
  void cache.invalidateQueries({ queryKey: TIES })
}

export function takeRequests(cache: QueryClient, count: components['schemas']['RequestsCountOut'] | null) {
  if (count !== null) cache.setQueryData(requestsCountQuery.queryKey, count)
}
