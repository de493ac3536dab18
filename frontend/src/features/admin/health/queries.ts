import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Health = components['schemas']['ServiceHealthOut']
export type Concern = components['schemas']['ConcernOut']

/** How often processes tell of themselves. */
const EVERY = 20_000

export const healthQuery = queryOptions({
  queryKey: ['admin', 'service-health'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/service-health', { signal })),
  refetchInterval: EVERY,
})
