import { useSyncExternalStore } from 'react'

/** Whether this tab has heard nothing of what happens for a while, though the server may answer it. */
let since: number | null = null
let behind = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** A cut that is over by then is nobody's business. */
export const SAID_AFTER = 10_000

export const isBehind = () => behind
export const useIsBehind = () => useSyncExternalStore(subscribe, isBehind)

/** Called by who follows: does it hear what happens? */
export function reportFollowing(follows: boolean) {
  if (follows) {
    since = null
    clearTimeout(timer)
    become(false)
  } else if (since === null) {
    since = Date.now()
    timer = setTimeout(() => become(true), SAID_AFTER)
  }
}

function become(now: boolean) {
  if (behind === now) return
  behind = now
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
