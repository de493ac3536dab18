/** How far this member was told, kept over a reload of the page: what happens meanwhile is then told, not asked for. */
export interface KeptCursor {
  read: () => Promise<string | null>
  keep: (cursor: string) => void
}

interface Kept {
  cursor: string
  at: number
}

/** Beyond, a snapshot costs less than what would be told one by one. */
export const KEPT_FOR = 10 * 60_000
const KEEP_EVERY = 1_000
const DATABASE = 'parvis.realtime'
const STORE = 'cursors'

/** In IndexedDB. Where the browser gives none, nothing is kept. */
export function keptCursorOf(memberId: string): KeptCursor {
  let latest: Kept | undefined
  let isWaiting = false
  const write = () => {
    isWaiting = false
    void inStore('readwrite', (store) => store.put(latest, memberId)).catch(() => {})
  }
  return {
    read: async () => {
      const kept = await inStore<Kept | undefined>('readonly', (store) => store.get(memberId)).catch(() => undefined)
      return kept !== undefined && Date.now() - kept.at < KEPT_FOR ? kept.cursor : null
    },
    keep: (cursor) => {
      latest = { cursor, at: Date.now() }
      if (!isWaiting) setTimeout(write, KEEP_EVERY)
      isWaiting = true
    },
  }
}

async function inStore<Result>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<Result> {
  const database = await opened()
  try {
    return await answerOf<Result>(ask(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
  return answerOf(opening)
}

const answerOf = <Result>(request: IDBRequest): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
