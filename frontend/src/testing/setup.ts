import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'

// Two cores may be shared with a database and a browser; waiting ends as soon as what is awaited is there.
configure({ asyncUtilTimeout: 12_000 })

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
