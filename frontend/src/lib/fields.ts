import { useSyncExternalStore } from 'react'

const FIELDS =
  'textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="file"], [type="submit"])'

/** Whether one is writing: a field has the focus. */
export const useIsWriting = () => useSyncExternalStore(subscribe, isWriting)

const isWriting = () => document.activeElement?.matches(FIELDS) ?? false

function subscribe(listener: () => void) {
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}
