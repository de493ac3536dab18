import { act, renderHook } from '@testing-library/react'
import { useDraft } from './useDraft'

const draftOf = (saved: { name: string; logo: string }) =>
  renderHook((now: typeof saved) => useDraft(now), { initialProps: saved })

test('only what differs from what is saved is sent', () => {
  const { result } = draftOf({ name: 'Valorne', logo: 'a' })
  act(() => result.current.set({ name: 'Valorne-Sud', logo: 'a' }))
  expect(result.current.changes).toEqual({ name: 'Valorne-Sud' })
  act(() => result.current.set({ name: 'Valorne' }))
  expect(result.current.changes).toEqual({})
})

test('what was typed stays when somebody else saves, what was not follows, and the difference is told', () => {
  const { result, rerender } = draftOf({ name: 'Valorne', logo: 'a' })
  act(() => result.current.set({ name: 'Valorne-Sud' }))
  act(() => result.current.overtaken())
  expect(result.current.conflict).toEqual([])
  rerender({ name: 'Université de Valorne', logo: 'b' })
  expect(result.current.now).toEqual({ name: 'Valorne-Sud', logo: 'b' })
  expect(result.current.changes).toEqual({ name: 'Valorne-Sud' })
  expect(result.current.conflict).toEqual(['name', 'logo'])
  act(() => result.current.reset())
  expect(result.current.now).toEqual({ name: 'Université de Valorne', logo: 'b' })
  expect(result.current.conflict).toBeUndefined()
})
