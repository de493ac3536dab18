import { isBehind, reportFollowing, SAID_AFTER } from './following'

beforeEach(() => {
  vi.useFakeTimers()
  reportFollowing(true)
})

test('only a cut that lasts is told, until it is over', () => {
  reportFollowing(false)
  vi.advanceTimersByTime(SAID_AFTER - 1)
  reportFollowing(false)
  expect(isBehind()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isBehind()).toBe(true)
  reportFollowing(true)
  expect(isBehind()).toBe(false)
})

test('a cut that is over in time is told to nobody', () => {
  reportFollowing(false)
  vi.advanceTimersByTime(SAID_AFTER - 1)
  reportFollowing(true)
  vi.advanceTimersByTime(SAID_AFTER)
  expect(isBehind()).toBe(false)
})
