import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isCommand } from '@/lib/keys'
import { createPreference } from '@/lib/preference'
import type { Place } from '../navigation'

/** Keys that act by themselves get in the way of who dictates: each may do without (WCAG 2.1.4). */
export const shortcuts = createPreference('parvis.shortcuts', ['on', 'off'], () => 'on')

/** After `G`, the way to a place. */
export const WAYS = {
  h: 'home',
  c: 'communities',
  m: 'messages',
  d: 'documents',
  a: 'directory',
} as const satisfies Record<string, Place['label']>
/** How long `G` waits for what follows it. */
const PATIENCE = 1_500

/**
 * Single keys of every page: `G` and a letter leads to a place, `/` searches, `?` lists them all. They are off while one types;
 * `Ctrl K` searches from anywhere.
 */
export function useShortcuts(places: readonly Place[], onList: () => void, onSearch: () => void) {
  const navigate = useNavigate()
  const wanted = useRef({ places, onList, onSearch, navigate })
  wanted.current = { places, onList, onSearch, navigate }
  useEffect(() => {
    let since = 0
    const press = (event: KeyboardEvent) => {
      if (isSearch(event)) {
        event.preventDefault()
        wanted.current.onSearch()
        return
      }
      if (!actsAlone(event)) return
      const key = event.key.toLowerCase()
      const label = since > event.timeStamp - PATIENCE && since > 0 ? WAYS[key as keyof typeof WAYS] : undefined
      since = key === 'g' && label === undefined ? event.timeStamp : 0
      const place = label && wanted.current.places.find((one) => one.label === label)
      if (place) void wanted.current.navigate({ to: place.to })
      else if (event.key === '?') wanted.current.onList()
      else if (event.key === '/') wanted.current.onSearch()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

/** From fields too, but for those that mean something else by it. */
const isSearch = (event: KeyboardEvent) =>
  event.key.toLowerCase() === 'k' && isCommand(event) && !event.defaultPrevented

function actsAlone({ target, altKey, ctrlKey, metaKey, defaultPrevented }: KeyboardEvent) {
  if (shortcuts.get() === 'off' || altKey || ctrlKey || metaKey || defaultPrevented) return false
  const where = target instanceof Element ? target : null
  return !where?.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]')
}
