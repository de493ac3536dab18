import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'

/** Under the key of all that is read of documents, so that what happens there is seen here. */
const CHOOSING = ['documents', 'choosing'] as const
const PAGE = 100

export const spacesToChooseQuery = listing([...CHOOSING, 'spaces'], (cursor, signal) =>
  answer(api.GET('/api/v1/documents/spaces', { params: { query: { limit: PAGE, cursor } }, signal })),
)

export const folderToChooseQuery = (id: string) =>
  queryOptions({
    queryKey: [...CHOOSING, 'folder', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/folders/{folder_id}', { params: { path: { folder_id: id } }, signal })),
  })

export const foldersToChooseQuery = (folderId: string) =>
  listing([...CHOOSING, 'folders', folderId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/folders/{folder_id}/folders', {
        params: { path: { folder_id: folderId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** With words: also of all folders below. */
export const documentsToChooseQuery = (folderId: string, words: string) =>
  listing([...CHOOSING, 'documents', folderId, words], (cursor, signal) =>
    answer(
      api.GET('/api/v1/folders/{folder_id}/documents', {
        params: { path: { folder_id: folderId }, query: { limit: PAGE, cursor, ...(words && { q: words }) } },
        signal,
      }),
    ),
  )
