import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import type { Rule, SaidRule } from './rule'

type Schemas = components['schemas']
export type Audience = Schemas['AudienceOut']
export type AudienceDraft = Schemas['AudienceDraft']
export type AudienceCount = Schemas['AudienceCountOut']

/** The key of all that is read of audiences. */
export const AUDIENCES = ['audiences'] as const
const PAGE = 30
const SHOWN = 50

/** How many people a rule takes in: what was known before stays until the new number is there. */
export const countQuery = (rule: Rule) =>
  queryOptions({
    queryKey: [...AUDIENCES, 'count', rule],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/audiences/preview', { body: rule, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const audiencesQuery = listing<Audience>([...AUDIENCES, 'saved'], (cursor, signal) =>
  answer(api.GET('/api/v1/audiences', { params: { query: { limit: PAGE, cursor } }, signal })),
)

/** How many a saved one has; a frozen one, had. */
export const savedCountQuery = ({ id, version }: Audience) =>
  queryOptions({
    queryKey: [...AUDIENCES, 'saved', id, 'count', version],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/audiences/{audience_id}/count', { params: { path: { audience_id: id } }, signal })),
  })

/** Cities or skills that people show, by their words. */
export const shownValuesQuery = (name: 'city' | 'skill', words: string) =>
  queryOptions({
    queryKey: ['directory', 'values', name, words],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/directory/facets/{name}', { params: { path: { name }, query: { words } }, signal })),
    select: ({ items }) => items.map(({ label }) => ({ id: label, name: label })),
    placeholderData: keepPreviousData,
  })

/** Communities that may be chosen: open ones, and one's own but for secret ones. */
export const nameableQuery = (q: string) =>
  queryOptions({
    queryKey: ['communities', 'nameable', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/communities', { params: { query: { q, limit: SHOWN } }, signal })),
    select: ({ items }) =>
      items
        .filter(({ access, abilities }) => access !== 'secret' && abilities.includes('see_people'))
        .map(({ id, name }) => ({ id, name })),
    placeholderData: keepPreviousData,
  })

/** A rule that was kept, with its names. */
export const saidBy = ({ rule, names }: Pick<Audience, 'rule' | 'names'>): SaidRule => ({
  rule: { all: rule.all ?? [], any: rule.any ?? [], none: rule.none ?? [] },
  names: Object.fromEntries(names.map(({ id, name }) => [id, name])),
})
