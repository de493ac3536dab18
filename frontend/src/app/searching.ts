import { useSyncExternalStore } from 'react'

/** Whether the search is open, and whether it is kept to where it was opened. It is asked for from many places. */
interface Searching {
  open: boolean
  within: boolean
}

let current: Searching = { open: false, within: false }
const listeners = new Set<() => void>()

export const searching = {
  open: (within = false) => become({ open: true, within }),
  close: () => become({ ...current, open: false }),
  isOpen: () => current.open,
  use: () => useSyncExternalStore(subscribe, () => current),
}

function become(next: Searching) {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
