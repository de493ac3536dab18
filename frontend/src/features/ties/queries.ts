import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Ties = components['schemas']['TiesOut']
export type Offer = components['schemas']['OfferOut']
export type Contact = components['schemas']['ContactOut']
export type ContactRequest = components['schemas']['ContactRequestOut']
export type Blocked = components['schemas']['BlockedOut']
export type Mentorship = components['schemas']['MentorshipOut']
export type Direction = 'received' | 'sent'
export type Side = 'mentor' | 'mentee'

export const TIES = ['ties'] as const

/** What ties the reader to somebody. */
export const tiesQuery = (id: string) =>
  queryOptions({
    queryKey: [...TIES, 'to', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/profiles/{member_id}/ties', { params: { path: { member_id: id } }, signal })),
  })

export const contactsQuery = (q: string) =>
  listing<Contact>([...TIES, 'contacts', q], (cursor, signal) =>
    answer(api.GET('/api/v1/me/contacts', { params: { query: { q, cursor } }, signal })),
  )

export const requestsQuery = (direction: Direction) =>
  listing<ContactRequest>([...TIES, 'requests', direction], (cursor, signal) =>
    answer(api.GET('/api/v1/me/contact-requests', { params: { query: { direction, cursor } }, signal })),
  )

/** How many requests wait for an answer. */
export const requestsCountQuery = queryOptions({
  queryKey: [...TIES, 'count'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/contact-requests/count', { signal })),
  staleTime: 60_000,
})

/** How many people wait for an answer of their mentor. */
export const mentorshipsCountQuery = queryOptions({
  queryKey: [...TIES, 'mentorships-count'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/mentorships/count', { signal })),
  staleTime: 60_000,
})

export const blocksQuery = listing<Blocked>([...TIES, 'blocks'], (cursor, signal) =>
  answer(api.GET('/api/v1/me/blocks', { params: { query: { cursor } }, signal })),
)

export const mentorshipsQuery = (side: Side) =>
  listing<Mentorship>([...TIES, 'mentorships', side], (cursor, signal) =>
    answer(api.GET('/api/v1/mentorships', { params: { query: { side, cursor } }, signal })),
  )
