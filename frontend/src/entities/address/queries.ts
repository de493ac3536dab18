import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Address = components['schemas']['AddressOut']

/** One's own, ten at most, so all on one page. */
export const addressesQuery = queryOptions({
  queryKey: ['me', 'addresses'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/addresses', { signal }))).items,
})
