import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Health = components['schemas']['ServiceHealthOut']
export type Concern = components['schemas']['ConcernOut']

export type SetAsideJob = components['schemas']['SetAsideJobOut']

/** How often processes tell of themselves. */
const EVERY = 20_000

export const healthQuery = queryOptions({
  queryKey: ['admin', 'service-health'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/service-health', { signal })),
  refetchInterval: EVERY,
})

export const setAsideQuery = listing<SetAsideJob>(['admin', 'set-aside-jobs'], (cursor, signal) =>
  answer(api.GET('/api/v1/service-health/set-aside-jobs', { params: { query: { cursor } }, signal })),
)

export const tryAgain = (id: string) =>
  answer(api.POST('/api/v1/service-health/set-aside-jobs/{job_id}/tries', { params: { path: { job_id: id } } }))
