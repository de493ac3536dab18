import type { QueryClient } from '@tanstack/react-query'
import { DOCUMENTS, documentKey, folderKey, within } from './queries'

interface Changed {
  data: { id: string; folder_id: string | null }
}

/** Something of a document: itself, where it stands, and what was last changed. */
export function documentChanged(cache: QueryClient, { data }: Changed) {
  readAnew(cache, documentKey(data.id), ...placeOf(data), [...DOCUMENTS, 'recent'], [...DOCUMENTS, 'trash'])
}

/** Something of a folder: what is above it counts what is in it, and what is below may be open to others. */
export function folderChanged(cache: QueryClient, { data }: Changed) {
  readAnew(
    cache,
    folderKey(data.id),
    within(data.id),
    ...placeOf(data),
    [...DOCUMENTS, 'spaces'],
    [...DOCUMENTS, 'trash'],
    [...DOCUMENTS, 'rights', 'folder', data.id],
    [...DOCUMENTS, 'readers', 'folder', data.id],
  )
}

/** What one may see is other than it was: all of it is read anew, and what is not shown is forgotten. */
export function documentsOpenedOrClosed(cache: QueryClient) {
  cache.removeQueries({ queryKey: DOCUMENTS, type: 'inactive' })
  readAnew(cache, DOCUMENTS)
}

const placeOf = ({ folder_id }: Changed['data']) =>
  folder_id === null ? [] : [folderKey(folder_id), within(folder_id)]

function readAnew(cache: QueryClient, ...keys: readonly (readonly unknown[])[]) {
  for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
}
