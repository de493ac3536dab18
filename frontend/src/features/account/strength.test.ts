import { strengthOf } from './strength'

test('length alone is counted, as a person counts characters', () => {
  expect(strengthOf('')).toEqual({ level: 'short', bars: 0, missing: 12 })
  expect(strengthOf('onze lettre')).toMatchObject({ level: 'short', missing: 1 })
  expect(strengthOf('douze lettre')).toMatchObject({ level: 'enough', bars: 1, missing: 0 })
  expect(strengthOf('cheval batterie a')).toMatchObject({ level: 'good', bars: 2 })
  expect(strengthOf('cheval correct batterie')).toMatchObject({ level: 'strong', bars: 3 })
  expect(strengthOf('🐎'.repeat(11))).toMatchObject({ level: 'short', missing: 1 })
})

test('more than the server keeps is said before it is sent', () => {
  expect(strengthOf('x'.repeat(256)).level).toBe('strong')
  expect(strengthOf('x'.repeat(257))).toMatchObject({ level: 'long', bars: 0 })
})
