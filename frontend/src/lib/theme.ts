import { useSyncExternalStore } from 'react'
import { createPreference } from './preference'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const preference = createPreference('parvis.theme', themes, () => 'system')
const night = window.matchMedia('(prefers-color-scheme: dark)')

export const currentTheme = preference.get
export const setTheme = preference.set
export const useTheme = preference.use

/** What is on screen: the choice, or the system's. */
export function shownTheme(): 'light' | 'dark' {
  const chosen = preference.get()
  if (chosen !== 'system') return chosen
  return night.matches ? 'dark' : 'light'
}

export const useShownTheme = () => useSyncExternalStore(subscribe, shownTheme)

function subscribe(listener: () => void) {
  const leave = preference.subscribe(listener)
  night.addEventListener('change', listener)
  return () => {
    leave()
    night.removeEventListener('change', listener)
  }
}

const declare = () => {
  document.documentElement.dataset.theme = shownTheme()
  document.documentElement.dataset.mantineColorScheme = shownTheme()
}
declare()
subscribe(declare)
