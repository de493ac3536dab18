import { vi } from 'vitest'
import { Problem } from '@/api/problem'
import { BREATH, Connection, HIDDEN_FOR, LONGEST_WAIT, POLLS_FOR, type State } from './connection'
import type { Ears, Ending } from './socket'
import type { LiveEvent, News, Snapshot } from './wire'

const happened = (id: string): LiveEvent => ({
  id,
  type: 'contacts.changed',
  topic: 'member:1',
  at: '2026-11-25T10:00:00.000Z',
  data: {},
})
const news = (cursor: string, ...ids: string[]): News => ({ cursor, resync: false, items: ids.map(happened) })
const snapshot = (cursor: string): Snapshot => ({
  cursor,
  viewer: null,
  contact_requests: null,
  chat: null,
  notifications: null,
})
const refused = (status: number, retryAfter?: number) =>
  new Problem(
    { type: 'about:blank', code: 'refused', title: 'Refused', status, request_id: 'test', fields: [] },
    retryAfter,
  )

/** A server and a browser that do what the test says. */
function scene({ sockets = false, kept = null as string | null } = {}) {
  const asked: string[] = []
  const heard: string[] = []
  const begun: string[] = []
  const open: { resolve: (value: never) => void; reject: (error: unknown) => void }[] = []
  const around = { online: true, hidden: false, random: 1, change: () => {} }
  const keeping: string[] = []
  const follows: boolean[] = []
  let ears: Ears | undefined
  let over = 0
  const request = (name: string, signal: AbortSignal) =>
    new Promise<never>((resolve, reject) => {
      asked.push(name)
      open.push({ resolve, reject })
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  const connection = new Connection(
    {
      sync: (signal) => request('sync', signal),
      news: (since, _wait, signal) => request(since, signal),
      ...(sockets && {
        listen: (since: string, given: Ears, signal: AbortSignal) => {
          ears = given
          return request(`socket ${since}`, signal)
        },
      }),
    },
    {
      follows: (does) => void follows.push(does),
      begin: (given, first) => void begun.push(`${given.cursor} ${first ? 'first' : 'again'}`),
      hear: (event) => void heard.push(event.id),
      sessionEnded: () => {
        over += 1
      },
    },
    {
      isOnline: () => around.online,
      isHidden: () => around.hidden,
      onChange: (listener) => {
        around.change = listener
        return () => {
          around.change = () => {}
        }
      },
      random: () => around.random,
    },
    { read: async () => kept, keep: (cursor) => void keeping.push(cursor) },
  )
  const settle = () => vi.advanceTimersByTimeAsync(0)
  return {
    connection,
    asked,
    heard,
    begun,
    keeping,
    follows,
    sessionsEnded: () => over,
    hears: async (...ids: string[]) => {
      ears?.hear(ids.map(happened))
      await settle()
    },
    reaches: (cursor: string) => ears?.reach(cursor),
    beginsAnew: () => ears?.beginAnew() ?? Promise.reject(new Error('no socket')),
    answer: async (value: News | Snapshot | Ending) => {
      open.at(-1)?.resolve(value as never)
      await settle()
    },
    fail: async (error: unknown = new TypeError('no network')) => {
      open.at(-1)?.reject(error)
      await settle()
    },
    become: async (change: Partial<Pick<typeof around, 'online' | 'hidden'>>) => {
      Object.assign(around, change)
      around.change()
      await settle()
    },
    start: async () => {
      void connection.run()
      await settle()
    },
    passes: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
    is: (state: State) => expect(connection.state).toBe(state),
  }
}

beforeEach(() => void vi.useFakeTimers())

test('it begins from a snapshot, and goes on from one cursor to the next', async () => {
  const { start, answer, passes, is, asked, heard, begun } = scene()
  await start()
  is('connecting')
  await answer(snapshot('e.1'))
  is('live')
  await answer(news('e.3', 'a', 'b'))
  await passes(BREATH)
  await answer(news('e.4'))
  expect(asked).toEqual(['sync', 'e.1', 'e.3', 'e.4'])
  expect(heard).toEqual(['a', 'b'])
  expect(begun).toEqual(['e.1 first'])
})

test('when the server was away it comes back later each time, and loses nothing', async () => {
  const { start, answer, fail, passes, is, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, LONGEST_WAIT, LONGEST_WAIT]) {
    const before = asked.length
    await fail()
    is('waiting')
    await passes(wait - 1)
    expect(asked).toHaveLength(before)
    await passes(1)
    expect(asked.at(-1)).toBe('e.1')
    expect(asked).toHaveLength(before + 1)
  }
  await answer(news('e.2', 'a'))
  is('live')
  await passes(BREATH)
  await fail()
  await passes(1_000)
  expect(asked.at(-1)).toBe('e.2')
})

test('it waits as long as the server asks', async () => {
  const { start, answer, fail, passes, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await fail(refused(429, 7))
  await passes(7_999)
  expect(asked).toHaveLength(2)
  await passes(1)
  expect(asked).toHaveLength(3)
})

test('when too much happened it begins anew', async () => {
  const { start, answer, asked, begun } = scene()
  await start()
  await answer(snapshot('e.1'))
  await answer({ ...news('f.9'), resync: true })
  await answer(snapshot('f.10'))
  expect(asked).toEqual(['sync', 'e.1', 'sync', 'f.10'])
  expect(begun).toEqual(['e.1 first', 'f.10 again'])
})

test('a beginning anew that fails is tried again, and is still not the first', async () => {
  const { start, answer, fail, passes, begun } = scene()
  await start()
  await answer(snapshot('e.1'))
  await answer({ ...news('f.9'), resync: true })
  await fail()
  await passes(1_000)
  await answer({ ...news('f.9'), resync: true })
  await answer(snapshot('f.10'))
  expect(begun).toEqual(['e.1 first', 'f.10 again'])
})

test('a cursor that the server does not know is given up', async () => {
  const { start, answer, fail, passes, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await fail(refused(422))
  await passes(1_000)
  expect(asked.at(-1)).toBe('sync')
})

test('it ends with the session', async () => {
  const { start, answer, fail, passes, is, asked, sessionsEnded } = scene()
  await start()
  await answer(snapshot('e.1'))
  await fail(refused(401))
  is('ended')
  await passes(LONGEST_WAIT)
  expect(sessionsEnded()).toBe(1)
  expect(asked).toHaveLength(2)
})

test('without network it asks nothing, and wakes with it', async () => {
  const { start, answer, become, passes, is, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await become({ online: false })
  is('offline')
  await passes(LONGEST_WAIT)
  expect(asked).toHaveLength(2)
  await become({ online: true })
  expect(asked).toEqual(['sync', 'e.1', 'e.1'])
})

test('a tab that nobody looks at lets go after a while, and comes back at once', async () => {
  const { start, answer, become, passes, is, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await become({ hidden: true })
  await passes(HIDDEN_FOR - 1)
  is('live')
  await passes(1)
  is('paused')
  await become({ hidden: false })
  expect(asked).toEqual(['sync', 'e.1', 'e.1'])
})

test('a glance elsewhere changes nothing', async () => {
  const { start, answer, become, passes, is, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await become({ hidden: true })
  await passes(HIDDEN_FOR - 1)
  await become({ hidden: false })
  await passes(HIDDEN_FOR)
  is('live')
  expect(asked).toHaveLength(2)
})

test('who comes back need not wait for the next try', async () => {
  const { start, answer, fail, become, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  await fail()
  await become({})
  expect(asked).toHaveLength(3)
})

test('once stopped it is silent', async () => {
  const { start, answer, connection, passes, is, asked } = scene()
  await start()
  await answer(snapshot('e.1'))
  connection.stop()
  await passes(LONGEST_WAIT)
  is('ended')
  expect(asked).toHaveLength(2)
})

const cut: Ending = { code: 1006, retry: 0, wasReady: true }
const blocked: Ending = { code: 1006, retry: 0, wasReady: false }

test('by a socket it hears at once, what comes in a burst together, and goes on from there when it is cut', async () => {
  const { start, answer, hears, reaches, passes, is, asked, heard, keeping, follows } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  await hears('e.2')
  expect(heard).toEqual(['e.2'])
  await hears('e.3')
  await hears('e.4')
  expect(heard).toEqual(['e.2'])
  await passes(BREATH)
  expect(heard).toEqual(['e.2', 'e.3', 'e.4'])
  reaches('e.9')
  await hears('e.10')
  await answer(cut)
  is('waiting')
  await passes(1_000)
  expect(heard.at(-1)).toBe('e.10')
  expect(asked).toEqual(['sync', 'socket e.1', 'socket e.10'])
  expect(keeping.at(-1)).toBe('e.10')
  reaches('e.10')
  is('live')
  expect(follows.slice(-2)).toEqual([false, true])
})

test('a server that restarts is given the time it asks for', async () => {
  const { start, answer, passes, asked } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  await answer({ code: 1012, retry: 4_000, wasReady: true })
  await passes(4_999)
  expect(asked).toHaveLength(2)
  await passes(1)
  expect(asked).toHaveLength(3)
})

test('where no socket comes through it polls at once, and tries again later', async () => {
  const { start, answer, passes, asked } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  await answer(blocked)
  expect(asked).toEqual(['sync', 'socket e.1', 'e.1'])
  await answer(news('e.2'))
  await passes(POLLS_FOR)
  await answer(news('e.3'))
  expect(asked).toEqual(['sync', 'socket e.1', 'e.1', 'e.2', 'socket e.3'])
})

test('a socket that is told to begin anew takes a snapshot, and stays', async () => {
  const { start, answer, beginsAnew, asked, begun } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  const cursor = beginsAnew()
  await answer(snapshot('f.1'))
  expect(await cursor).toBe('f.1')
  expect(asked).toEqual(['sync', 'socket e.1', 'sync'])
  expect(begun).toEqual(['e.1 first', 'f.1 again'])
})

test('a page loaded anew goes on from where it was', async () => {
  const { start, hears, asked, heard, begun } = scene({ sockets: true, kept: 'e.7' })
  await start()
  await hears('e.8')
  expect(asked).toEqual(['socket e.7'])
  expect([heard, begun]).toEqual([['e.8'], []])
})

test('a socket stays open behind another tab', async () => {
  const { start, answer, become, passes, reaches, is, asked } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  reaches('e.1')
  await become({ hidden: true })
  await passes(HIDDEN_FOR * 2)
  is('live')
  expect(asked).toHaveLength(2)
})

test('it ends with the session that its ticket was refused for', async () => {
  const { start, answer, fail, passes, is, asked, sessionsEnded } = scene({ sockets: true })
  await start()
  await answer(snapshot('e.1'))
  await answer({ code: 4003, retry: 0, wasReady: true })
  await passes(1_000)
  await fail(refused(401))
  is('ended')
  expect(sessionsEnded()).toBe(1)
  expect(asked).toEqual(['sync', 'socket e.1', 'socket e.1'])
})
