/** What is being written and not sent yet, in this browser: it outlives a reload, a lost network and a closed tab. */
const PREFIX = 'parvis.writing.'
const LONGEST_DAYS = 30
const DAY = 86_400_000

interface Kept<Value> {
  at: number
  value: Value
}

export function readWriting<Value>(key: string): Value | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Kept<Value> | null
    return kept && Date.now() - kept.at < LONGEST_DAYS * DAY ? kept.value : undefined
  } catch {
    return undefined
  }
}

export function keepWriting<Value>(key: string, value: Value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), value }))
  } catch {
    // A browser that refuses storage, or has no room left, keeps it until the page closes.
  }
}

export function forgetWriting(key: string) {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Nothing was kept.
  }
}

/** Where messages on their way are kept. */
export const OUTBOX = 'parvis.outbox'
/** Where pages are kept that are written together. */
export const PAGES = 'parvis.pages'

/** For who signs out: the next one at this machine may not be the same. */
export function forgetAllWriting() {
  try {
    for (const name of [OUTBOX, PAGES]) indexedDB.deleteDatabase(name)
  } catch {
    // A browser without it kept nothing there.
  }
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}
