import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { Person, Version } from './types'

/** Under the key of all that is read of documents, so that what happens there is seen here. */
export const pageKey = (id: string) => ['documents', 'page', id] as const

/** What is known of a page beside what is written together. */
export const pageQuery = (id: string) =>
  queryOptions({
    queryKey: pageKey(id),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/pages/{document_id}', { params: { path: { document_id: id } }, signal })),
  })

const PAGE = 20
export const versionsQuery = (id: string) =>
  listing<Version>([...pageKey(id), 'versions'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/pages/{document_id}/versions', {
        params: { path: { document_id: id }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** What was written since that version. */
export const comparisonQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [...pageKey(id), 'since', number],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/pages/{document_id}/versions/{number}/comparison', {
          params: { path: { document_id: id, number } },
          signal,
        }),
      ),
  })

const FEW = 6

/** Whom some letters may mean. */
export const peopleQuery = (words: string) =>
  queryOptions({
    queryKey: ['directory', 'to-name', words],
    queryFn: async ({ signal }): Promise<Person[]> => {
      const { items } = await answer(
        api.GET('/api/v1/directory', { params: { query: { q: words, sort: 'relevance', limit: FEW } }, signal }),
      )
      return items.map(({ affiliations: [first], ...person }) => ({
        ...person,
        affiliation: first?.programme ?? first?.title ?? first?.unit ?? null,
      }))
    },
    placeholderData: keepPreviousData,
  })

/** Somebody of whom a page has the id alone. */
export const namedQuery = (id: string) =>
  queryOptions({
    queryKey: ['profiles', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/profiles/{member_id}', { params: { path: { member_id: id } }, signal })),
    staleTime: 5 * 60_000,
  })
