import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']
export type Copy = Schemas['ExportOut']
export type Outlook = Schemas['DeletionOutlookOut']
export type DeletionPart = Schemas['DeletionPartOut']

const EVERY = 4_000

/** Asked again while one is being made. */
export const copiesQuery = {
  ...listing(['me', 'exports'], (cursor, signal) =>
    answer(api.GET('/api/v1/me/exports', { params: { query: { cursor } }, signal })),
  ),
  refetchInterval: ({ state }: { state: { data?: { pages: { items: Copy[] }[] } | undefined } }) =>
    state.data?.pages.some(({ items }) => items.some((copy) => copy.state === 'preparing')) ? EVERY : false,
}

/** Told in the reader's language, which is part of the key. */
export const outlookQuery = (language: string) =>
  queryOptions({
    queryKey: ['me', 'deletion', language],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/me/deletion', { signal })),
  })
