import { Problem, Unreachable } from './problem'
import { createQueryClient } from './queryClient'

const refusal = (status: number) =>
  new Problem({ type: 'about:blank', code: 'code', title: 'Titre', status, request_id: 'r', fields: [] })

async function triesOf(error: Error, onSignedOut = () => {}): Promise<number> {
  vi.useFakeTimers()
  const client = createQueryClient({ onSignedOut })
  const ask = vi.fn().mockRejectedValue(error)
  const asked = client
    .fetchQuery({ queryKey: ['x'], queryFn: ask, ...client.getDefaultOptions().queries })
    .catch(() => {})
  await vi.advanceTimersByTimeAsync(60_000)
  await asked
  return ask.mock.calls.length
}

test('reads are tried again when the server was away', async () => {
  expect(await triesOf(refusal(503))).toBe(3)
  expect(await triesOf(new Unreachable(new TypeError('x')))).toBe(3)
})

test('and never when it refused', async () => {
  expect(await triesOf(refusal(404))).toBe(1)
  expect(await triesOf(refusal(422))).toBe(1)
})

test('a session that ended elsewhere is noticed', async () => {
  const onSignedOut = vi.fn()
  await triesOf(refusal(401), onSignedOut)
  expect(onSignedOut).toHaveBeenCalledOnce()
})
