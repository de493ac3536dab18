import { Problem, Unreachable } from '@/api/problem'
import { Outbox, type Shelf, type Waiting } from './outbox'

const pending = (clientId: string): Waiting => ({
  clientId,
  at: `2026-12-03T09:00:0${clientId}.000Z`,
})
const refused = new Problem({
  type: 'about:blank',
  code: 'invalid',
  title: 'Trop long.',
  status: 422,
  request_id: '',
  fields: [],
})

/** A shelf that outlives the outbox, and a post whose answers are given by turns. */
function office(answers: (Error | undefined)[] = []) {
  const kept = new Map<string, Waiting>()
  const sent: string[] = []
  const arrived: string[] = []
  const shelf: Shelf<Waiting> = {
    read: async () => [...kept.values()].sort((one, other) => one.at.localeCompare(other.at)),
    put: async (one) => void kept.set(one.clientId, one),
    remove: async (clientId) => void kept.delete(clientId),
  }
  const post = {
    send: async (one: Waiting) => {
      const answer = answers.shift()
      if (answer) throw answer
      sent.push(one.clientId)
    },
    arrived: (_: unknown, one: Waiting) => void arrived.push(one.clientId),
  }
  return { kept, sent, arrived, answers, open: () => new Outbox(shelf, post) }
}

test('messages leave in the order in which they were written, and are kept until they have', async () => {
  const { kept, sent, arrived, open } = office()
  const outbox = open()
  await Promise.all(['1', '2', '3'].map((id) => outbox.add(pending(id))))
  await vi.waitFor(() => expect(outbox.pending).toEqual([]))
  expect(sent).toEqual(['1', '2', '3'])
  expect(arrived).toEqual(sent)
  await vi.waitFor(() => expect(kept.size).toBe(0))
})

test('without network they wait in order, also over a reload, and leave when it is back', async () => {
  const { kept, sent, answers, open } = office()
  answers.push(...Array.from({ length: 9 }, () => new Unreachable(undefined)))
  const before = open()
  for (const id of ['1', '2', '3']) await before.add(pending(id))
  before.stop()
  expect([...kept.keys()]).toEqual(['1', '2', '3'])
  expect(sent).toEqual([])
  const after = open()
  await vi.waitFor(() => expect(after.pending.length).toBe(3))
  answers.length = 0
  after.wake()
  await vi.waitFor(() => expect(after.pending).toEqual([]))
  expect(sent).toEqual(['1', '2', '3'])
})

test('one that is refused says why and holds up nobody; tried again it leaves', async () => {
  const { kept, sent, open } = office([refused])
  const outbox = open()
  await outbox.add(pending('1'))
  await outbox.add(pending('2'))
  await vi.waitFor(() => expect(sent).toEqual(['2']))
  expect(outbox.pending).toEqual([{ ...pending('1'), failure: 'Trop long.' }])
  expect(kept.get('1')?.failure).toBe('Trop long.')
  await outbox.retry('1')
  await vi.waitFor(() => expect(outbox.pending).toEqual([]))
  expect(sent).toEqual(['2', '1'])
})

test('one that is given up is not sent', async () => {
  const { kept, sent, open } = office([refused])
  const outbox = open()
  await outbox.add(pending('1'))
  await vi.waitFor(() => expect(outbox.pending[0]?.failure).toBeDefined())
  await outbox.drop('1')
  outbox.wake()
  expect(kept.size).toBe(0)
  expect(sent).toEqual([])
})

test('one that alone finds no network is not sent again and again while the network is said to be there', async () => {
  const { answers, open } = office()
  answers.push(...Array.from({ length: 99 }, () => new Unreachable(undefined)))
  const outbox = open()
  await outbox.add(pending('1'))
  for (let turn = 0; turn < 20; turn++) {
    outbox.wake()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  outbox.stop()
  expect(99 - answers.length).toBeLessThan(3)
})
