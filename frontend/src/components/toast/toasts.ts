import { useSyncExternalStore } from 'react'

export interface Toast {
  id: number
  text: string
  action?: { label: string; onSelect: () => void } | undefined
}

const MOST = 3
let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

/** Tells the result of something that can be undone. Anything else is said where the action was. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  last += 1
  change([...toasts, { ...toast, id: last }].slice(-MOST))
}

export const dismissToast = (id: number) => change(toasts.filter((toast) => toast.id !== id))
export const useToasts = () => useSyncExternalStore(subscribe, () => toasts)

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
