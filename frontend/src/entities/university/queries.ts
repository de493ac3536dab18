import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type UniversityProvider = components['schemas']['ProviderOut']

/** The sign-in services of universities that are relied on here. They change when the server starts anew. */
export const providersQuery = queryOptions({
  queryKey: ['university-providers'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/university-providers', { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
})

/** None while they are unknown: nothing is offered that may not be there. */
export const useProviders = (): readonly UniversityProvider[] => useQuery(providersQuery).data ?? []
