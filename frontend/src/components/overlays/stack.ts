import { useEffect, useId, useSyncExternalStore } from 'react'

/** Over all that is part of a page. */
export const LOWEST = 200
let stack: readonly string[] = []
const listeners = new Set<() => void>()

/**
 * A dialog may ask for another, such as a proof of who is there. Only the one on top can be reached, by pointer, keyboard
 * or reader; the page behind them cannot while there is one.
 */
export function useStack(open: boolean): { onTop: boolean; depth: number } {
  const id = useId()
  useEffect(() => {
    if (!open) return
    restack([...stack, id])
    return () => restack(stack.filter((one) => one !== id))
  }, [open, id])
  const opened = useSyncExternalStore(subscribe, () => stack)
  const depth = opened.indexOf(id)
  return { onTop: depth === -1 || depth === opened.length - 1, depth: Math.max(depth, 0) }
}

function restack(next: readonly string[]) {
  stack = next
  document.getElementById('root')?.toggleAttribute('inert', stack.length > 0)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
