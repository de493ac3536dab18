import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

export type SharedByLink = Schemas['SharedByLinkOut']
export type LinkedDocument = Schemas['SharedDocumentOut']
export type LinkedFolder = Schemas['SharedFolderOut']
export type Ticket = Schemas['ShareTicketOut']

/** A link, and what says that it was opened: both are secrets, and stand nowhere but in memory. */
export interface Opened {
  token: string
  ticket: string
}

const PAGE = 100
const ofToken = (token: string) => ['by-link', token] as const

/** Whether it can be the secret of a link at all. */
export const isToken = (text: string) => /^[\w-]{43}$/.test(text)

export const sharedByLinkQuery = ({ token, ticket }: Opened) =>
  queryOptions({
    queryKey: [...ofToken(token), 'shared', ticket],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/shared/{token}', { params: { path: { token }, query: { ticket } }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })

const unlock = (token: string, password: string) =>
  answer(api.POST('/api/v1/shared/{token}/unlock', { params: { path: { token } }, body: { password } }))

/** Opening counts as a use: it is done once, and again only when asked for. */
export const ticketQuery = (token: string) =>
  queryOptions({
    queryKey: [...ofToken(token), 'ticket'],
    queryFn: (): Promise<Ticket | null> => unlock(token, ''),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

export function useUnlock(token: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (password: string) => unlock(token, password),
    onSuccess: (ticket) => cache.setQueryData(ticketQuery(token).queryKey, ticket),
  })
}

export const linkedFoldersQuery = ({ token, ticket }: Opened, folderId: string) =>
  listing<LinkedFolder>([...ofToken(token), 'folders', folderId, ticket], (cursor, signal) =>
    answer(
      api.GET('/api/v1/shared/{token}/folders', {
        params: { path: { token }, query: { folder: folderId, ticket, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const linkedDocumentsQuery = ({ token, ticket }: Opened, folderId: string) =>
  listing<LinkedDocument>([...ofToken(token), 'documents', folderId, ticket], (cursor, signal) =>
    answer(
      api.GET('/api/v1/shared/{token}/documents', {
        params: { path: { token }, query: { folder: folderId, ticket, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** Where the bytes of a document are. */
export const contentAddress = (opened: Opened, documentId: string) =>
  `/api/v1/shared/${opened.token}/content?${asked(opened, documentId)}`
/** Where a page is, as a file of one's choice. */
export const pageFileAddress = (opened: Opened, documentId: string, format: string) =>
  `${contentAddress(opened, documentId)}&format=${format}`

/** What a page says. */
export const linkedPageQuery = ({ token, ticket }: Opened, document: string) =>
  queryOptions({
    queryKey: [...ofToken(token), 'page', document, ticket],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/shared/{token}/page', { params: { path: { token }, query: { document, ticket } }, signal }),
      ),
    retry: false,
  })

/** Where the picture of one of its pages is. */
export const pageAddress = (opened: Opened, documentId: string, number: number) =>
  `/api/v1/shared/${opened.token}/pages/${number}?${asked(opened, documentId)}`

/** Where a folder and all in it is, as a zip. */
export const archiveAddress = ({ token, ticket }: Opened, folderId: string) =>
  `/api/v1/shared/${token}/archive?${new URLSearchParams({ folder: folderId, ticket })}`

const asked = ({ ticket }: Opened, document: string) => new URLSearchParams({ document, ticket })
