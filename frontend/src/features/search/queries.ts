import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { Problem } from '@/api/problem'
import { asked, type GlobalSearch } from './search'
import type { Kind } from './types'

export const SEARCH = ['search'] as const
const PAGE = 20
const AT_A_GLANCE = 40
/** Somebody may be removed from a place at any time: what was found is not held for long. */
const FRESH = 15_000

/** What the palette shows of an answer. */
export const glanceQuery = (search: GlobalSearch) =>
  queryOptions({
    queryKey: [...SEARCH, 'glance', search],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/search', { params: { query: { ...asked(search), limit: AT_A_GLANCE } }, signal })),
    staleTime: FRESH,
  })

/** All that is found, page by page. */
export const resultsQuery = (search: GlobalSearch) =>
  infiniteQueryOptions({
    queryKey: [...SEARCH, 'results', search],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/search', {
          params: { query: { ...asked(search), sort: search.sort ?? 'match', limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: FRESH,
  })

/** Names that begin so, or nearly. */
export const suggestionsQuery = (q: string) =>
  queryOptions({
    queryKey: [...SEARCH, 'suggestions', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/search/suggestions', { params: { query: { q } }, signal })),
    staleTime: FRESH,
  })

export const previewQuery = (kind: Kind, id: string, q: string) =>
  queryOptions({
    queryKey: [...SEARCH, 'preview', kind, id, q],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/search/preview/{kind}/{subject_id}', {
          params: { path: { kind, subject_id: id }, query: { q } },
          signal,
        }),
      ),
    staleTime: FRESH,
  })

/** What one looked for lately, the last first. */
export const keptQuery = queryOptions({
  queryKey: [...SEARCH, 'kept'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/searches', { signal })),
})

/** Communities that one may look in, found by their name. */
export const placesQuery = (words: string) =>
  queryOptions({
    queryKey: ['communities', 'to-search-in', words],
    queryFn: async ({ signal }) => {
      const query = { q: words, mine: words === '', sort: 'active' as const, limit: OFFERED }
      const { items } = await answer(api.GET('/api/v1/communities', { params: { query }, signal }))
      return items.map(({ id, name }) => ({ id, name }))
    },
  })

/** People whom one may find, by their name. */
export const authorsQuery = (words: string) =>
  queryOptions({
    queryKey: ['directory', 'authors', words],
    queryFn: async ({ signal }) => {
      const { items } = await answer(
        api.GET('/api/v1/directory', { params: { query: { q: words, limit: OFFERED } }, signal }),
      )
      return items.map(({ id, name }) => ({ id, name }))
    },
  })

const OFFERED = 12

/** What the place is, and is called, that an address names by its id: a community, or else a conversation. */
export const placeQuery = (id: string) =>
  queryOptions({
    queryKey: [...SEARCH, 'place', id],
    queryFn: async ({ signal }) => {
      try {
        const path = { community_id: id }
        const { name } = await answer(api.GET('/api/v1/communities/{community_id}', { params: { path }, signal }))
        return { kind: 'community' as const, name }
      } catch (refused) {
        if (!(refused instanceof Problem && refused.status === 404)) throw refused
      }
      const path = { conversation_id: id }
      const { name, others } = await answer(
        api.GET('/api/v1/conversations/{conversation_id}', { params: { path }, signal }),
      )
      return { kind: 'conversation' as const, name: name ?? others.map((person) => person.name).join(', ') }
    },
  })

/** What the person is called. */

export const authorNameQuery = (id: string) =>
  queryOptions({
    queryKey: ['directory', 'name', id],
    queryFn: async ({ signal }) => {
      const path = { member_id: id }
      return (await answer(api.GET('/api/v1/profiles/{member_id}', { params: { path }, signal }))).name
    },
  })
