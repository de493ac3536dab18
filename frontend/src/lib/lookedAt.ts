import { useSyncExternalStore } from 'react'

/** Whether the page is on the screen: not in a tab behind another. */
export const useIsLookedAt = () => useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')

function subscribe(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
