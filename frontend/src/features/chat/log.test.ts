import { makeMessage } from '@/testing/makeChat'
import { at, changed, changedById, hasAfter, hasBefore, joined, type Log, tail, withPosted } from './log'

const message = (number: number, more = {}) => makeMessage({ number, id: `m${number}`, ...more })
const log = (from: number, to: number, last: number, first = 1): Log => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  first,
  last,
})
const numbers = ({ items }: Log) => items.map(({ number }) => number)

test('what is held tells what is to be read before and after it', () => {
  expect([hasBefore(log(3, 5, 9)), hasAfter(log(3, 5, 9))]).toEqual([true, true])
  expect([hasBefore(log(1, 9, 9)), hasAfter(log(1, 9, 9))]).toEqual([false, false])
  expect(hasBefore(log(4, 9, 9, 4))).toBe(false)
  expect(at(log(3, 5, 9), 4)?.number).toBe(4)
  expect(at(log(3, 5, 9), 6)).toBeUndefined()
})

test('a page goes before, after or over what is held; one apart from it takes its place', () => {
  const held = log(11, 15, 20)
  expect(numbers(joined(held, log(6, 10, 20)))).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  expect(numbers(joined(held, log(16, 20, 20)))).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  expect(numbers(joined(held, log(13, 17, 20)))).toEqual([11, 12, 13, 14, 15, 16, 17])
  expect(numbers(joined(held, log(1, 3, 20)))).toEqual([1, 2, 3])
  expect(joined(held, { items: [], first: 1, last: 21 })).toMatchObject({ last: 21, items: held.items })
})

test('what follows is added once; what does not follow is only known to be there', () => {
  const held = log(1, 3, 3)
  const grown = withPosted(held, message(4))
  expect([numbers(grown), grown.last]).toEqual([[1, 2, 3, 4], 4])
  expect(numbers(withPosted(grown, message(4)))).toEqual([1, 2, 3, 4])
  const gapped = withPosted(held, message(6))
  expect([numbers(gapped), gapped.last, hasAfter(gapped)]).toEqual([[1, 2, 3], 6, true])
  expect(numbers(withPosted({ items: [], first: 1, last: 0 }, message(1)))).toEqual([1])
  expect(tail(withPosted({ items: [], first: 5, last: 4 }, message(5)))).toBe(5)
})

test('told late, an older version changes nothing', () => {
  const held = changed(log(1, 2, 2), 2, (one) => ({ ...one, text: 'Bonsoir', version: 3 }))
  expect(at(joined(held, log(1, 2, 2)), 2)?.text).toBe('Bonsoir')
  expect(at(withPosted(held, message(2)), 2)?.text).toBe('Bonsoir')
  expect(changed(held, 9, () => message(9))).toBe(held)
  expect(
    at(
      changedById(held, 'm1', (one) => ({ ...one, pinned: true })),
      1,
    )?.pinned,
  ).toBe(true)
})
