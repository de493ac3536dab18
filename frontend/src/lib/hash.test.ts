import { hash } from './hash'

test('is the same on every machine and at every version', () => {
  expect(hash('')).toBe(2_872_998_923)
  expect(hash('géographie')).toBe(1_911_013_353)
})

test('spreads neighbouring ids over few buckets', () => {
  const counts = new Array<number>(56).fill(0)
  for (let number = 0; number < 5600; number += 1) {
    const bucket = hash(`0193a1b2-0000-7000-8000-${String(number).padStart(12, '0')}`) % 56
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  expect(Math.min(...counts)).toBeGreaterThan(60)
  expect(Math.max(...counts)).toBeLessThan(140)
})
