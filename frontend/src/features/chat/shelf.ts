import { OUTBOX } from '@/lib/writing'
import type { Pending, Shelf } from './outbox'

const STORE = 'messages'
/** A message that nobody could send for so long is told as lost no sooner. */
const KEPT_FOR = 30 * 86_400_000

type Kept = Pending & { memberId: string }

/** What one member has on its way, in IndexedDB; in the order in which it was written. */
export const shelfOf = (memberId: string): Shelf => ({
  read: async () => {
    const kept = await inStore<Kept[]>('readonly', (store) => store.getAll())
    return kept
      .filter((one) => one.memberId === memberId && Date.now() - Date.parse(one.at) < KEPT_FOR)
      .sort((one, other) => one.at.localeCompare(other.at))
      .map(({ memberId: _, ...pending }) => pending)
  },
  put: (pending) => inStore('readwrite', (store) => store.put({ ...pending, memberId })),
  remove: (clientId) => inStore('readwrite', (store) => store.delete(clientId)),
})

async function inStore<Result>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<Result> {
  const database = await opened()
  try {
    const transaction = database.transaction(STORE, mode)
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const result = await answerOf<Result>(ask(transaction.objectStore(STORE)))
    await done // Kept, not only asked for.
    return result
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(OUTBOX, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'clientId' })
  return answerOf(opening)
}

const answerOf = <Result>(request: IDBRequest): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
