import { queryOptions } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Person = components['schemas']['PersonOut']
export type PersonDraft = components['schemas']['PersonDraft']
export type PersonChange = components['schemas']['PersonChange']
export type Affiliation = Person['affiliations'][number]
export type AffiliationDraft = components['schemas']['AffiliationDraft']
export type Role = Person['roles'][number]
export type State = Person['state']

export const states = ['active', 'pending', 'suspended', 'leaving'] as const satisfies State[]
export const roles = ['administrator', 'people_administrator', 'moderator', 'communicator'] as const satisfies Role[]

/** Who is looked for: words of a name, the beginning of an address or identifier; in one state, or in any. */
export interface Search {
  q?: string | undefined
  state?: State | undefined
}

/** What an address says is looked for; anything else in it is passed over. */
export function searchOf(given: Record<string, unknown>): Search {
  const q = typeof given.q === 'string' ? given.q.slice(0, 100) : ''
  const state = states.find((one) => one === given.state)
  return { ...(q !== '' && { q }), ...(state && { state }) }
}

export const PEOPLE = ['people'] as const

export const peopleQuery = ({ q, state }: Search) =>
  listing<Person>([...PEOPLE, 'list', q ?? '', state ?? ''], (cursor, signal) =>
    answer(api.GET('/api/v1/people', { params: { query: { q, state, cursor } }, signal })),
  )

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: [...PEOPLE, 'one', id],
    queryFn: ({ signal }) =>
      answerWithVersion(api.GET('/api/v1/people/{member_id}', { params: { path: { member_id: id } }, signal })),
  })

/** The same person on another day: which affiliations held then, and so which publics. */
export const personOnQuery = (id: string, on: string) =>
  queryOptions({
    queryKey: [...PEOPLE, 'one', id, on],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/people/{member_id}', { params: { path: { member_id: id }, query: { on } }, signal })),
  })
