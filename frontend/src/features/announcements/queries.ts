import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']
export type Sent = Schemas['SentOut']
export type Report = Schemas['ReportOut']
export type Figures = Schemas['GroupOut']
export type Aim = Schemas['AimDraft']
export type Draft = Schemas['AnnouncementDraftOut']
export type Kept = Schemas['KeptDraft']

export const ANNOUNCEMENTS = ['announcements'] as const
const PAGE = 20

export const sentQuery = listing<Sent>([...ANNOUNCEMENTS, 'sent'], (cursor, signal) =>
  answer(api.GET('/api/v1/announcements', { params: { query: { limit: PAGE, cursor } }, signal })),
)

export const draftsQuery = listing<Draft>([...ANNOUNCEMENTS, 'drafts'], (cursor, signal) =>
  answer(api.GET('/api/v1/announcements/drafts', { params: { query: { limit: PAGE, cursor } }, signal })),
)

/** Whom it would reach: what was known before stays until the new numbers are there. */
export const reachedQuery = (aim: Aim | null) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, 'reached', aim],
    queryFn: aim
      ? ({ signal }) => answer(api.POST('/api/v1/announcements/previews', { body: aim, signal }))
      : skipToken,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** Communities that the reader runs, by their words. */
export const runQuery = (words: string) =>
  queryOptions({
    queryKey: ['communities', 'run', words],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/communities', { params: { query: { q: words, mine: true, limit: 50 } }, signal })),
    select: ({ items }) =>
      items.filter(({ abilities }) => abilities.includes('moderate')).map(({ id, name }) => ({ id, name })),
    placeholderData: keepPreviousData,
  })

/** Who said that he has read it, of those whom the reader may find. */
export const acknowledgedQuery = (postId: string) =>
  listing<Schemas['AcknowledgedOut']>([...ANNOUNCEMENTS, postId, 'acknowledged'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/announcements/{post_id}/acknowledgements', {
        params: { path: { post_id: postId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const reportQuery = (postId: string) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, postId, 'report'],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/announcements/{post_id}/report', { params: { path: { post_id: postId } }, signal })),
  })
