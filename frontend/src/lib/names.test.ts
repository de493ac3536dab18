import { initials } from './names'

test.each([
  ['Inès Benali', 'IB'],
  ['Inès de La Tour', 'IT'],
  ['Jean-Marc', 'JM'],
  ['Anne d’Arc', 'AA'],
  ['élise', 'É'],
  ['李 小龙', '李小'],
  ['  ', '?'],
])('%s becomes %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
