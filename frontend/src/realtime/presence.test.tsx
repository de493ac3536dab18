import { act, render, screen } from '@testing-library/react'
import type { ClientFrame } from './frames.gen'
import { connected, hearEphemeral, typeHere, useWriters, WRITES_FOR } from './presence'

function Writers({ about }: { about: string }) {
  return <p>{useWriters('community:1', about)} write</p>
}

const typing = (who: string, about = 'post:1', kind: 'typing' | 'left' = 'typing') =>
  act(() => hearEphemeral({ type: 'eph', kind, topic: 'community:1', about, member_ids: [who], count: null }))

test('who writes where one looks is counted for a while, and nobody elsewhere', () => {
  vi.useFakeTimers()
  const said: ClientFrame[] = []
  const { unmount } = render(<Writers about="post:1" />)
  connected((frame) => said.push(frame))
  expect(said).toEqual([{ type: 'view', topic: 'community:1', about: 'post:1' }])
  typing('a')
  typing('b')
  typing('c', 'post:2')
  expect(screen.getByText('2 write')).toBeInTheDocument()
  typing('b', 'post:1', 'left')
  expect(screen.getByText('1 write')).toBeInTheDocument()
  act(() => void vi.advanceTimersByTime(WRITES_FOR))
  expect(screen.getByText('0 write')).toBeInTheDocument()
  typeHere()
  typeHere()
  unmount()
  expect(said.slice(1)).toEqual([{ type: 'typing' }, { type: 'view', topic: null, about: null }])
  connected(undefined)
  expect(said).toHaveLength(3)
  vi.advanceTimersByTime(WRITES_FOR)
  typeHere()
  connected((frame) => said.push(frame))
  typeHere()
  expect(said.at(-1)).toEqual({ type: 'typing' })
  connected(undefined)
})
