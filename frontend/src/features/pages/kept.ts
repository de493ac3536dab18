import { PAGES } from '@/lib/writing'

/** A page as it was last here, and what was written here that the server is not known to have. */
export interface KeptPage {
  read: () => Promise<{ state: Uint8Array | undefined; unsent: Uint8Array[] }>
  keepState: (state: Uint8Array) => void
  /** Of this tab; nothing when the server has it all. */
  keepUnsent: (update: Uint8Array | undefined) => void
  /** What other tabs left was taken over and is acknowledged. */
  forgetTakenOver: () => void
  forget: () => Promise<void>
}

const STATES = 'states'
const UNSENT = 'unsent'

/** In IndexedDB, by member and page. Where the browser gives none, nothing is kept. */
export function keptPageOf(memberId: string, pageId: string, clientId: number): KeptPage {
  const of = `${memberId} ${pageId}`
  const mine = `${of} ${clientId}`
  const ofPage = () => IDBKeyRange.bound(`${of} `, `${of} \uffff`)
  let takenOver: IDBValidKey[] = []
  return {
    read: async () => {
      try {
        const state = await inStore<Uint8Array | undefined>(STATES, 'readonly', (store) => store.get(of))
        takenOver = await inStore<IDBValidKey[]>(UNSENT, 'readonly', (store) => store.getAllKeys(ofPage()))
        const unsent = await inStore<Uint8Array[]>(UNSENT, 'readonly', (store) => store.getAll(ofPage()))
        return { state, unsent }
      } catch {
        return { state: undefined, unsent: [] }
      }
    },
    keepState: (state) => quietly(inStore(STATES, 'readwrite', (store) => store.put(state, of))),
    keepUnsent: (update) =>
      quietly(inStore(UNSENT, 'readwrite', (store) => (update ? store.put(update, mine) : store.delete(mine)))),
    forgetTakenOver: () => {
      for (const key of takenOver.splice(0)) quietly(inStore(UNSENT, 'readwrite', (store) => store.delete(key)))
    },
    forget: async () => {
      try {
        await inStore(STATES, 'readwrite', (store) => store.delete(of))
        await inStore(UNSENT, 'readwrite', (store) => store.delete(ofPage()))
      } catch {
        // Nothing was kept.
      }
    },
  }
}

const quietly = (work: Promise<unknown>) => void work.catch(() => {})

/** Opened for each, so that it can be erased at any time. */
async function inStore<Result>(
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  const database = await opened()
  try {
    return await answerOf<Result>(ask(database.transaction(name, mode).objectStore(name)))
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(PAGES, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STATES)
    opening.result.createObjectStore(UNSENT)
  }
  return answerOf(opening)
}

const answerOf = <Result>(request: IDBRequest): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
