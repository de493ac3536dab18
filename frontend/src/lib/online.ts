import { useSyncExternalStore } from 'react'

/**
 * Whether the server can be reached, as far as this browser knows: it says so itself (`navigator.onLine`), and a request
 * that found no network says so too, until one gets through.
 */
let unreachable = false
const listeners = new Set<() => void>()

export const isOnline = () => navigator.onLine && !unreachable
export const useOnline = () => useSyncExternalStore(onReach, isOnline)

/** Called by the API client after each request: did it reach the server? */
export function reportReach(reached: boolean) {
  if (unreachable === !reached) return
  unreachable = !reached
  tell()
}

/** Calls back when it may have changed; gives how to stop. */
export function onReach(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const tell = () => {
  for (const listener of listeners) listener()
}
window.addEventListener('online', () => {
  unreachable = false
  tell()
})
window.addEventListener('offline', tell)
