import type { QueryClient } from '@tanstack/react-query'
import { DOCUMENTS, documentKey, folderKey, within } from './queries'

interface Changed {
  data: { id: string; folder_id: string | null }
}

/** What says something of much: how full a space is, what was last changed, who sees what. Little of it is shown at once. */
const OVERVIEWS = [
  'spaces',
  'my-space',
  'space-of',
  'recent',
  'shared',
  'trash',
  'rights',
  'readers',
  'activity',
  'tasks',
]

/** Something of a document: itself, where it stands, and what counts or lists it. */
export function documentChanged(cache: QueryClient, { data }: Changed) {
  changed(cache, [data.id, data.folder_id], [documentKey(data.id), ...placeOf(data)])
}

/** Something of a folder: what is above it counts what is in it, and what is below may be open to others. */
export function folderChanged(cache: QueryClient, { data }: Changed) {
  changed(cache, [data.id, data.folder_id], [folderKey(data.id), within(data.id), ...placeOf(data)])
}

const placeOf = ({ folder_id }: Changed['data']) =>
  folder_id === null ? [] : [folderKey(folder_id), within(folder_id)]

function changed(cache: QueryClient, ids: readonly (string | null)[], keys: readonly (readonly unknown[])[]) {
  for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
  void cache.invalidateQueries({
    queryKey: DOCUMENTS,
    predicate: ({ queryKey, state: { data } }) =>
      OVERVIEWS.includes(String(queryKey[1])) || looksFor(queryKey) || ids.some((id) => id !== null && names(data, id)),
  })
}

/** Words are looked for in all that is below a folder, and may be found in what is new there. */
const looksFor = ([, kind, , , view]: readonly unknown[]) =>
  kind === 'in' && typeof view === 'object' && (view as { q?: string } | null)?.q !== undefined

interface Named {
  id?: string
  path?: readonly { id: string }[]
}

/** Whether it is this, is below it, or lists it. */
function names(data: unknown, id: string): boolean {
  const { pages, ...one } = (data ?? {}) as Named & { pages?: readonly { items?: readonly Named[] }[] }
  const isOf = (thing: Named) => thing.id === id || thing.path?.some((step) => step.id === id) === true
  return isOf(one) || pages?.some(({ items }) => items?.some(isOf)) === true
}
