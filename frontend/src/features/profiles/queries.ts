import { queryOptions } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import type { Audience } from '@/entities/person/audiences'

export type Profile = components['schemas']['ProfileOut']
export type MyProfile = components['schemas']['MyProfileOut']
export type Step = components['schemas']['Step']
export type ShownAffiliation = components['schemas']['ShownAffiliation']

/** A member, as far as he shows himself to the reader. */
export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ['profiles', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/profiles/{member_id}', { params: { path: { member_id: id } }, signal })),
  })

/** One's own profile as others see it. */
export const previewQuery = (audience: Audience) =>
  queryOptions({
    queryKey: ['my-profile', 'preview', audience],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/me/profile/preview', { params: { query: { as: audience } }, signal })),
  })

/** One's own profile as it was written, and the version it is at. */
export const myProfileQuery = queryOptions({
  queryKey: ['my-profile'],
  queryFn: ({ signal }) => answerWithVersion(api.GET('/api/v1/me/profile', { signal })),
})
