import type { QueryClient } from '@tanstack/react-query'
import type { components } from '@/api/schema.gen'
import { requestsCountQuery } from './queries'

export function takeRequests(cache: QueryClient, count: components['schemas']['RequestsCountOut'] | null) {
  if (count !== null) cache.setQueryData(requestsCountQuery.queryKey, count)
}
