import {
  formatAgo,
  formatDate,
  formatDay,
  formatMoment,
  formatMomentWithin,
  formatTime,
  formatTimeIn,
  minutesFromUtc,
} from './dates'

const at = (day: number, hours = 8, minutes = 10, year = 2026) => new Date(year, 11, day, hours, minutes)
const plain = (text: string) => text.replace(/\u00a0/g, '~')

test('days and dates, with the day tied to its month', () => {
  expect(formatDay(at(3), 'fr')).toBe('Jeudi 3 décembre')
  expect(formatDay(at(3), 'en')).toMatch(/^Thursday,? 3 December$/)
  expect(plain(formatDate(at(3), 'fr'))).toBe('3~décembre 2026')
  expect(plain(formatDate(at(3), 'en'))).toBe('3~December 2026')
})

test('French hours never break', () => {
  expect(plain(formatTime(at(3), 'fr'))).toBe('8~h~10')
  expect(formatTime(at(3), 'en')).toBe('8:10')
  expect(plain(formatTime(at(3, 0, 5), 'fr'))).toBe('0~h~05')
})

test.each([
  [at(3, 7), 'Aujourd’hui à 7~h~10', 'Today at 7:10'],
  [at(2, 23, 59), 'Hier à 23~h~59', 'Yesterday at 23:59'],
  [at(1), '1er~décembre à 8~h~10', '1~December at 8:10'],
  [at(30, 8, 10, 2025), '30~décembre 2025 à 8~h~10', '30~December 2025 at 8:10'],
])('a moment seen on 3 December just after midnight: %s', (instant, fr, en) => {
  const now = at(3, 0, 1)
  expect(plain(formatMoment(instant, 'fr', now))).toBe(fr)
  expect(plain(formatMoment(instant, 'en', now))).toBe(en)
})

test('distances take the largest whole unit', () => {
  expect(formatAgo(at(3, 8, 5), 'fr', at(3, 8, 10))).toBe('il y a 5 minutes')
  expect(formatAgo(at(3, 8, 10), 'en', at(3, 8, 10))).toBe('now')
  expect(formatAgo(at(1), 'en', at(3))).toBe('2 days ago')
  expect(formatAgo(at(10), 'fr', at(3))).toMatch(/^dans 7\sjours$/)
})

test('the time somewhere else is said by its own clock, and the night by a word', () => {
  const noon = '2026-12-03T08:41:00Z'
  expect(plain(formatTimeIn(noon, 'America/Toronto', 'fr'))).toBe('3~h~41 du matin')
  expect(formatTimeIn(noon, 'America/Toronto', 'en')).toBe('3:41 in the morning')
  expect(plain(formatTimeIn(noon, 'Asia/Tokyo', 'fr'))).toBe('17~h~41')
  expect(minutesFromUtc(noon, 'America/Toronto')).toBe(-300)
  expect(minutesFromUtc('2026-12-31T23:30:00Z', 'Asia/Kolkata')).toBe(330)
})

test('inside a sentence, a moment begins with a small letter and keeps the month’s', () => {
  const now = Date.parse('2026-11-26T12:00:00')
  expect(plain(formatMomentWithin('2026-11-25T08:10:00', 'en', now))).toBe('yesterday at 8:10')
  expect(plain(formatMomentWithin('2026-11-02T08:10:00', 'en', now))).toBe('2~November at 8:10')
})
