import { safeNext } from './next'

test.each(['/settings/security', '/admin?tab=people#top'])('goes on to %s', (page) => {
  expect(safeNext(page)).toBe(page)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/a\\..\\\\evil.example',
  '\\\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'evil.example',
  '',
  undefined,
  42,
])('refuses %j', (page) => {
  expect(safeNext(page)).toBe('/')
})
