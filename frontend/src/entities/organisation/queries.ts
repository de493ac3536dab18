import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Organisation = components['schemas']['OrganisationOut']

/** The university that hosts this Parvis: its name and mark, for anyone. */
export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/organisation', { signal })),
  staleTime: 5 * 60_000,
})
