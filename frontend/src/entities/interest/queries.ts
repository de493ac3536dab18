import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'

/** What members may be interested in, in the reader's language. */
export const interestsQuery = (language: string) =>
  queryOptions({
    queryKey: ['interests', language],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/interests', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const myInterestsQuery = queryOptions({
  queryKey: ['my-interests'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/interests', { signal })),
})
