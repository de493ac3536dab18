import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { Document, FolderCard, Reference, Shared, Space, Trashed, Version } from './types'
import type { View } from './view'

/** The key of all that is read of documents. */
export const DOCUMENTS = ['documents'] as const
const PAGE = 100
const FEW = 12
const LOOK_AGAIN = 1_000
const LOOKS = 60

export const spacesQuery = listing<Space>([...DOCUMENTS, 'spaces'], (cursor, signal) =>
  answer(api.GET('/api/v1/documents/spaces', { params: { query: { limit: PAGE, cursor } }, signal })),
)

export const mySpaceQuery = queryOptions({
  queryKey: [...DOCUMENTS, 'my-space'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/space', { signal })),
})

export const communitySpaceQuery = (communityId: string) =>
  queryOptions({
    queryKey: [...DOCUMENTS, 'space-of', communityId],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/communities/{community_id}/space', {
          params: { path: { community_id: communityId } },
          signal,
        }),
      ),
  })

export const folderKey = (id: string) => [...DOCUMENTS, 'folder', id] as const
export const folderQuery = (id: string) =>
  queryOptions({
    queryKey: folderKey(id),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/folders/{folder_id}', { params: { path: { folder_id: id } }, signal })),
  })

/** All that is listed of one folder. */
export const within = (folderId: string) => [...DOCUMENTS, 'in', folderId] as const

export const foldersQuery = (folderId: string) =>
  listing<FolderCard>([...within(folderId), 'folders'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/folders/{folder_id}/folders', {
        params: { path: { folder_id: folderId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const documentsQuery = (folderId: string, { sort = '-changed_at', kind, by, q }: View) =>
  listing<Document>([...within(folderId), 'documents', { sort, kind, by, q }], (cursor, signal) =>
    answer(
      api.GET('/api/v1/folders/{folder_id}/documents', {
        params: {
          path: { folder_id: folderId },
          query: { sort, ...(kind && { kind: [kind] }), by, q, limit: PAGE, cursor },
        },
        signal,
      }),
    ),
  )

export const documentKey = (id: string) => [...DOCUMENTS, 'one', id] as const
export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: documentKey(id),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/documents/{document_id}', { params: { path: { document_id: id } }, signal })),
  })

/** What was found inside a file. While it is looked into, it is asked again. */
export const previewQuery = (fileId: string) =>
  queryOptions({
    queryKey: [...DOCUMENTS, 'preview', fileId],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/files/{file_id}/preview', { params: { path: { file_id: fileId } }, signal })),
    staleTime: 5 * 60_000,
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' && state.dataUpdateCount < LOOKS ? LOOK_AGAIN : false,
  })

export const versionsQuery = (documentId: string) =>
  listing<Version>([...documentKey(documentId), 'versions'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/documents/{document_id}/versions', {
        params: { path: { document_id: documentId }, query: { limit: FEW, cursor } },
        signal,
      }),
    ),
  )

/** What a new page may begin with. */
export const templatesQuery = queryOptions({
  queryKey: ['page-templates'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/page-templates', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

export const rightsQuery = ({ type, id }: Reference) =>
  queryOptions({
    queryKey: [...DOCUMENTS, 'rights', id],
    queryFn: ({ signal }) =>
      answer(
        type === 'folder'
          ? api.GET('/api/v1/folders/{folder_id}/rights', { params: { path: { folder_id: id } }, signal })
          : api.GET('/api/v1/documents/{document_id}/rights', { params: { path: { document_id: id } }, signal }),
      ),
  })

/** Who can see it, in names and numbers. */
export const readersQuery = ({ type, id }: Reference) =>
  queryOptions({
    queryKey: [...DOCUMENTS, 'readers', id],
    queryFn: ({ signal }) =>
      answer(
        type === 'folder'
          ? api.GET('/api/v1/folders/{folder_id}/readers', { params: { path: { folder_id: id } }, signal })
          : api.GET('/api/v1/documents/{document_id}/readers', { params: { path: { document_id: id } }, signal }),
      ),
  })

export const recentQuery = listing<Document>([...DOCUMENTS, 'recent'], (cursor, signal) =>
  answer(api.GET('/api/v1/documents/recent', { params: { query: { limit: FEW, cursor } }, signal })),
)

/** What others share with the reader, or he with others. */
export const sharedQuery = (way: 'with' | 'by') =>
  listing<Shared>([...DOCUMENTS, 'shared', way], (cursor, signal) => {
    const params = { query: { limit: PAGE, cursor } }
    return answer(
      way === 'with'
        ? api.GET('/api/v1/documents/shared-with-me', { params, signal })
        : api.GET('/api/v1/documents/shared-by-me', { params, signal }),
    )
  })

export const trashQuery = (spaceId: string) =>
  listing<Trashed>([...DOCUMENTS, 'trash', spaceId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/documents/trash', { params: { query: { space_id: spaceId, limit: PAGE, cursor } }, signal }),
    ),
  )

/** Whom one may give rights to, found by words. */
export const peopleQuery = (words: string) =>
  queryOptions({
    queryKey: ['directory', 'to-share', words],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/directory', { params: { query: { q: words, limit: 6 } }, signal }))).items,
    placeholderData: keepPreviousData,
  })
