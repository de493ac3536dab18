import { queryOptions } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Me = components['schemas']['MeOut']
export type Address = components['schemas']['AddressOut']

/** The member's own account, and the version it is at. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answerWithVersion(api.GET('/api/v1/me', { signal })),
})

/** At most ten, so all on one page. */
export const addressesQuery = queryOptions({
  queryKey: ['me', 'addresses'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/addresses', { signal }))).items,
})
