import { act, renderHook } from '@testing-library/react'
import { reportReach, useOnline } from './online'

test('a request that found no network says offline, until one gets through', () => {
  const { result } = renderHook(() => useOnline())
  expect(result.current).toBe(true)
  act(() => reportReach(false))
  expect(result.current).toBe(false)
  act(() => reportReach(true))
  expect(result.current).toBe(true)
})

test('the browser’s own word counts too', () => {
  const { result } = renderHook(() => useOnline())
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  act(() => void window.dispatchEvent(new Event('offline')))
  expect(result.current).toBe(false)
  onLine.mockReturnValue(true)
  act(() => void window.dispatchEvent(new Event('online')))
  expect(result.current).toBe(true)
})
