import { readFileSync } from 'node:fs'
import { currentTheme, setTheme, shownTheme } from './theme'

const root = document.documentElement
const script = readFileSync('public/theme.js', 'utf8')

beforeEach(() => vi.stubGlobal('fetch', async () => new Response('{}')))

test('a chosen theme is shown at once and kept', () => {
  setTheme('dark')
  expect(shownTheme()).toBe('dark')
  expect(root.dataset).toMatchObject({ theme: 'dark', mantineColorScheme: 'dark' })
  expect(localStorage.getItem('parvis.theme')).toBe('dark')
})

test('another tab’s choice is followed', () => {
  window.dispatchEvent(new StorageEvent('storage', { key: 'parvis.theme', newValue: 'dark' }))
  expect(currentTheme()).toBe('dark')
  window.dispatchEvent(new StorageEvent('storage', { key: 'parvis.theme', newValue: 'nonsense' }))
  expect(currentTheme()).toBe('system')
})

test.each([
  ['dark', 'en', { theme: 'dark', lang: 'en' }],
  ['light', 'fr', { theme: 'light', lang: 'fr' }],
  ['system', 'de', { theme: 'light', lang: 'fr' }],
])('the script before paint reads what was kept: %s, %s', (theme, language, seen) => {
  localStorage.setItem('parvis.theme', theme)
  localStorage.setItem('parvis.language', language)
  new Function(script)()
  expect({ theme: root.dataset.theme, lang: root.lang }).toEqual(seen)
  expect(root.dataset.mantineColorScheme).toBe(seen.theme)
})
