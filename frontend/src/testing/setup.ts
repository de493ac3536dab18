import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'

// What jsdom lacks and every page asks for.
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.scrollTo = () => {}
Element.prototype.scrollIntoView ??= () => {}

const { setLanguage } = await import('@/lib/language')
const { setTheme } = await import('@/lib/theme')
const { reportReach } = await import('@/lib/online')

beforeEach(() => {
  localStorage.clear()
  setLanguage('fr')
  setTheme('system')
  reportReach(true)
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})
