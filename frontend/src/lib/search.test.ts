import { parseSearch, writeSearch } from './search'

test('values stay the texts they are, whatever they look like', () => {
  expect(parseSearch('?state=1e3&flag=true&json=%7B%22a%22%3A1%7D&empty=')).toEqual({
    state: '1e3',
    flag: 'true',
    json: '{"a":1}',
    empty: '',
  })
})

test('a name given twice keeps both values, so that whoever judges it sees them', () => {
  expect(parseSearch('?scope=a&scope=b')).toEqual({ scope: ['a', 'b'] })
  expect(writeSearch({ scope: ['a', 'b'] })).toBe('?scope=a&scope=b')
})

test('what was read is written the same', () => {
  const search = '?next=%2Fsettings%3Ftab%3Dkeys&state=caf%C3%A9+%26'
  expect(writeSearch(parseSearch(search))).toBe(search)
})

test('what is not given is left out', () => {
  expect(writeSearch({ next: undefined })).toBe('')
  expect(parseSearch('')).toEqual({})
})
