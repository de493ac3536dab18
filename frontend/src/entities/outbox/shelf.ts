import { OUTBOX } from '@/lib/writing'
import type { Shelf, Waiting } from './outbox'

/** Messages of conversations; posts, comments and reactions. */
const STORES = ['messages', 'acts'] as const
/** What nobody could send for so long is told as lost no sooner. */
const KEPT_FOR = 30 * 86_400_000

/** What one member has on its way, in IndexedDB; in the order in which it was written. */
export const shelfOf = <Item extends Waiting>(name: (typeof STORES)[number], memberId: string): Shelf<Item> => ({
  read: async () => {
    const kept = await inStore<(Item & { memberId: string })[]>(name, 'readonly', (store) => store.getAll())
    return kept
      .filter((one) => one.memberId === memberId && Date.now() - Date.parse(one.at) < KEPT_FOR)
      .sort((one, other) => one.at.localeCompare(other.at))
      .map(({ memberId: _, ...item }) => item as unknown as Item)
  },
  put: (item) => inStore(name, 'readwrite', (store) => store.put({ ...item, memberId })),
  remove: (clientId) => inStore(name, 'readwrite', (store) => store.delete(clientId)),
})

async function inStore<Result>(
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  const database = await opened()
  try {
    const transaction = database.transaction(name, mode)
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const result = await answerOf<Result>(ask(transaction.objectStore(name)))
    await done // Kept, not only asked for.
    return result
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(OUTBOX, 2)
  opening.onupgradeneeded = () => {
    for (const name of STORES)
      if (!opening.result.objectStoreNames.contains(name))
        opening.result.createObjectStore(name, { keyPath: 'clientId' })
  }
  return answerOf(opening)
}

const answerOf = <Result>(request: IDBRequest): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
