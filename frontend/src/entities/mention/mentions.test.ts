import { nameBefore, toMarkdown, toWriting, withName } from './mentions'

const NADIA = '0193a1b2-0000-7000-8000-000000000001'
const ANNE = '0193a1b2-0000-7000-8000-000000000002'
const OTHER = '0193a1b2-0000-7000-8000-000000000003'

test('who is named is written by name, and sent by id', () => {
  const sent = `Merci @[Nadia Cherkaoui](person:${NADIA}), et @communauté.`
  const { text, people } = toWriting(sent)
  expect(text).toBe('Merci @Nadia Cherkaoui, et @communauté.')
  expect(toMarkdown(text, people)).toBe(sent)
})

test('a longer name is not the shorter one that begins it, and a homonym stays as it was sent', () => {
  const people = { Anne: ANNE, 'Anne Marie': OTHER }
  expect(toMarkdown('@Anne Marie et @Anne, pas @Annette', people)).toBe(
    `@[Anne Marie](person:${OTHER}) et @[Anne](person:${ANNE}), pas @Annette`,
  )
  const two = `@[Anne](person:${ANNE}) @[Anne](person:${OTHER}) @[…](person:${NADIA})`
  const writing = toWriting(two)
  expect(toMarkdown(writing.text, writing.people)).toBe(two)
})

test('a name begins after an arobase, and not in an address', () => {
  expect(nameBefore('Merci @Nad')).toBe('Nad')
  expect(nameBefore('Merci @Nadia Ch')).toBe('Nadia Ch')
  expect(nameBefore('nadia@valorne')).toBeUndefined()
  expect(nameBefore('Merci @Nadia, et')).toBeUndefined()
})

test('a chosen name takes the place of what was begun, and the caret goes on after it', () => {
  expect(withName('Merci @Nad pour tout', 10, 'Nadia Cherkaoui')).toEqual({
    text: 'Merci @Nadia Cherkaoui pour tout',
    caret: 23,
  })
})
