import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']
export type OpenSession = Schemas['OwnSessionOut']
export type Token = Schemas['TokenOut']
export type NewToken = Schemas['NewTokenOut']
export type Scope = Schemas['ScopeOut']

export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/api/v1/me/sessions', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
})

/** At most fifty that hold, and those that have ended by themselves. */
export const tokensQuery = infiniteQueryOptions({
  queryKey: ['me', 'tokens'],
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/api/v1/me/tokens', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
})

/** Described in the reader's language, which is part of the key. */
export const scopesQuery = (language: string) =>
  queryOptions({
    queryKey: ['scopes', language],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/oauth/scopes', { signal }))).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
