import { useSyncExternalStore } from 'react'

export interface Preference<Value extends string> {
  get: () => Value
  set: (value: Value) => void
  subscribe: (listener: () => void) => () => void
  use: () => Value
}

/** One choice of this browser, kept between visits and followed across tabs. Works without storage too, until the tab closes. */
export function createPreference<const Value extends string>(
  key: string,
  values: readonly Value[],
  fallback: () => Value,
): Preference<Value> {
  const known = (value: string | null | undefined) => values.find((one) => one === value)
  const listeners = new Set<() => void>()
  let current = known(readStorage(key)) ?? fallback()

  const change = (value: Value) => {
    if (value === current) return
    current = value
    for (const listener of listeners) listener()
  }

  window.addEventListener('storage', (event) => {
    if (event.key === key) change(known(event.newValue) ?? fallback())
  })

  const get = () => current
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    subscribe,
    set: (value) => {
      writeStorage(key, value)
      change(value)
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function writeStorage(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that refuses storage keeps the choice until the tab closes.
  }
}
