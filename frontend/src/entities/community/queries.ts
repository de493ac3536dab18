import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Card = components['schemas']['CommunityCardOut']
export type Access = Card['access']
export type Role = NonNullable<Card['role']>

/** All that is read of communities: who comes, leaves or changes one reads it again. */
export const COMMUNITIES = ['communities'] as const
const AT_HAND = 6

/** Those that one is in where something was last said, for where they stand at hand. */
export const myCommunitiesQuery = queryOptions({
  queryKey: [...COMMUNITIES, 'at-hand'],
  queryFn: ({ signal }) =>
    answer(
      api.GET('/api/v1/communities', { params: { query: { mine: true, sort: 'active', limit: AT_HAND } }, signal }),
    ),
  staleTime: 60_000,
})
