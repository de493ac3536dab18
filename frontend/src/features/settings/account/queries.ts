import { queryOptions } from '@tanstack/react-query'
import { answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Me = components['schemas']['MeOut']

/** The member's own account, and the version it is at. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answerWithVersion(api.GET('/api/v1/me', { signal })),
})
