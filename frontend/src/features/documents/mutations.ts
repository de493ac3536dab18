import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { DOCUMENTS, documentKey } from './queries'
import type { Document, FolderCard, Reference, Rights, RightsDraft, Template, Thing, Trashed, Version } from './types'

type Listed = InfiniteData<{ items: { id: string; name: string }[] }>

const ofFolder = (id: string) => ({ path: { folder_id: id } })
const ofDocument = (id: string) => ({ path: { document_id: id } })
const at = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` })

/** All that is shown of documents is read anew where it is shown: a folder's change is seen from far. */
const refresh = (cache: QueryClient) => cache.invalidateQueries({ queryKey: DOCUMENTS })

export function useCreateFolder(parentId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ name, once }: { name: string; once: string }) =>
      answer(
        api.POST('/api/v1/folders/{folder_id}/folders', {
          params: ofFolder(parentId),
          body: { name },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: () => refresh(cache),
  })
}

export function useCreatePage(folderId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ name, template, once }: { name: string; template: Template['key']; once: string }) =>
      answer(
        api.POST('/api/v1/folders/{folder_id}/pages', {
          params: ofFolder(folderId),
          body: { name, template },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: () => refresh(cache),
  })
}

/** The new name is there at once, and the old one again when the server does not take it. */
export function useRename() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ thing, name }: { thing: Thing; name: string }) => change(thing, { name }),
    onMutate: ({ thing, name }) =>
      changeHeld(cache, (items) => items.map((one) => (one.id === thing.id ? { ...one, name } : one))),
    onError: (_, __, takeBack) => takeBack?.(),
    onSettled: () => refresh(cache),
  })
}

/** What is moved leaves its folder at once, and is back when the server does not take it. */
export function useMove() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ things, folderId }: { things: readonly Thing[]; folderId: string }) =>
      each(things, (thing) =>
        change(thing, thing.type === 'folder' ? { parent_id: folderId } : { folder_id: folderId }),
      ),
    onMutate: ({ things }) => changeHeld(cache, without(things)),
    onError: (_, __, takeBack) => takeBack?.(),
    onSettled: () => refresh(cache),
  })
}

/** A copy of each in a folder, which may be where they are; of a large folder the rest follows by itself. */
export function useCopy() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ things, folderId, once }: { things: readonly Thing[]; folderId: string; once: string }) =>
      each(things, ({ type, id }) => {
        const headers = { 'idempotency-key': `${once}.${id}` }
        return answer<unknown>(
          type === 'folder'
            ? api.POST('/api/v1/folders/{folder_id}/copies', {
                params: ofFolder(id),
                body: { parent_id: folderId },
                headers,
              })
            : api.POST('/api/v1/documents/{document_id}/copies', {
                params: ofDocument(id),
                body: { folder_id: folderId },
                headers,
              }),
        )
      }),
    onSettled: () => refresh(cache),
  })
}

/** The same, of what was carried to a folder by pointer. */
export function useMoveByReference(held: readonly (Document | FolderCard)[]) {
  const move = useMove()
  return (references: readonly Reference[], folderId: string) => {
    const things = held
      .filter(({ id }) => id !== folderId && references.some((one) => one.id === id))
      .map((one) => ('group' in one ? documentAsThing(one) : folderAsThing(one)))
    if (things.length > 0) move.mutate({ things, folderId })
  }
}

export function useTrash() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (things: readonly Thing[]) =>
      each(things, (thing) =>
        answer<unknown>(
          thing.type === 'folder'
            ? api.DELETE('/api/v1/folders/{folder_id}', { params: ofFolder(thing.id), headers: at(thing) })
            : api.DELETE('/api/v1/documents/{document_id}', { params: ofDocument(thing.id), headers: at(thing) }),
        ),
      ),
    onMutate: (things) => changeHeld(cache, without(things)),
    onError: (_, __, takeBack) => takeBack?.(),
    onSettled: () => refresh(cache),
  })
}

/** Back where it was; what was only just thrown away is known by no more than its kind and id. */
export function useRecover() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (things: readonly Reference[]) =>
      each(things, ({ type, id }) =>
        answer<unknown>(
          type === 'folder'
            ? api.POST('/api/v1/folders/{folder_id}/recovery', { params: ofFolder(id) })
            : api.POST('/api/v1/documents/{document_id}/recovery', { params: ofDocument(id) }),
        ),
      ),
    onSettled: () => refresh(cache),
  })
}

export function useDeleteForGood() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, id }: Pick<Trashed, 'kind' | 'id'>) =>
      answer<unknown>(
        kind === 'folder'
          ? api.DELETE('/api/v1/documents/trash/folders/{folder_id}', { params: ofFolder(id) })
          : api.DELETE('/api/v1/documents/trash/documents/{document_id}', { params: ofDocument(id) }),
      ),
    onSettled: () => refresh(cache),
  })
}

export function useChangeVersion(document: Pick<Document, 'id' | 'version'>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ number, ...body }: { number: number } & Partial<Pick<Version, 'label' | 'frozen'>>) =>
      answer(
        api.PATCH('/api/v1/documents/{document_id}/versions/{number}', {
          params: { path: { document_id: document.id, number } },
          body,
          headers: at(document),
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: documentKey(document.id) }),
  })
}

/** An earlier version becomes the current one, as a version of its own: nothing is lost. */
export function useRestoreVersion(document: Pick<Document, 'id' | 'version'>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      answer(
        api.PUT('/api/v1/documents/{document_id}/versions/{number}/current', {
          params: { path: { document_id: document.id, number } },
          headers: at(document),
        }),
      ),
    onSettled: () => refresh(cache),
  })
}

export function useDeleteVersion(document: Pick<Document, 'id' | 'version'>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      answer(
        api.DELETE('/api/v1/documents/{document_id}/versions/{number}', {
          params: { path: { document_id: document.id, number } },
          headers: at(document),
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: documentKey(document.id) }),
  })
}

export const LOCKED_FOR = 120

export function useLock() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ documentId, locked }: { documentId: string; locked: boolean }) => {
      const params = ofDocument(documentId)
      return answer<unknown>(
        locked
          ? api.PUT('/api/v1/documents/{document_id}/lock', { params, body: { minutes: LOCKED_FOR } })
          : api.DELETE('/api/v1/documents/{document_id}/lock', { params }),
      )
    },
    onSettled: () => refresh(cache),
  })
}

export function usePutRights({ type, id }: Reference) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, held }: { draft: RightsDraft; held: Rights }): Promise<Rights> => {
      const headers = at(held)
      return answer(
        type === 'folder'
          ? api.PUT('/api/v1/folders/{folder_id}/rights', { params: ofFolder(id), body: draft, headers })
          : api.PUT('/api/v1/documents/{document_id}/rights', { params: ofDocument(id), body: draft, headers }),
      )
    },
    onSettled: () => refresh(cache),
  })
}

function change(thing: Thing, body: { name?: string; parent_id?: string; folder_id?: string }) {
  const headers = at(thing)
  return answer<unknown>(
    thing.type === 'folder'
      ? api.PATCH('/api/v1/folders/{folder_id}', { params: ofFolder(thing.id), body, headers })
      : api.PATCH('/api/v1/documents/{document_id}', { params: ofDocument(thing.id), body, headers }),
  )
}

/** One after the other: what the server refuses stops the rest. */
async function each<One>(things: readonly One[], act: (thing: One) => Promise<unknown>) {
  for (const thing of things) await act(thing)
}

const without = (things: readonly { id: string }[]) => {
  const gone = new Set(things.map(({ id }) => id))
  return <Item extends { id: string }>(items: Item[]) => items.filter(({ id }) => !gone.has(id))
}

/** Changes what is held of the lists of folders; gives how to take that back. */
function changeHeld(cache: QueryClient, by: (items: { id: string; name: string }[]) => { id: string; name: string }[]) {
  const held = cache.getQueriesData<Listed>({ queryKey: [...DOCUMENTS, 'in'] })
  for (const [key, data] of held) {
    if (data?.pages)
      cache.setQueryData(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: by(page.items) })) })
  }
  return () => {
    for (const [key, data] of held) cache.setQueryData(key, data)
  }
}

export const folderAsThing = ({ id, name, version, parent_id, abilities }: FolderCard): Thing => ({
  type: 'folder',
  id,
  name,
  version,
  parentId: parent_id,
  abilities,
})
export const documentAsThing = ({ id, name, version, folder, abilities }: Document): Thing => ({
  type: 'document',
  id,
  name,
  version,
  parentId: folder?.id ?? null,
  abilities,
})
