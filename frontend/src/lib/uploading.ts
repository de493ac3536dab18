import { useSyncExternalStore } from 'react'
import { readWriting } from './writing'

/** Under which what one sends to Documents, and did not finish, is kept in this browser. */
export const uploadsKey = (memberId: string) => `uploads.${memberId}`

let active = false
const listeners = new Set<() => void>()

/** Called when something is to be sent: from then on its tray is on every page. */
export function beginUploading() {
  if (active) return
  active = true
  for (const listener of listeners) listener()
}

/** Whether there is something to tell of uploads: some were begun on this page, or left unfinished on an earlier one. */
export function useIsUploading(memberId: string): boolean {
  const begun = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => active,
  )
  return begun || readWriting(uploadsKey(memberId)) !== undefined
}
