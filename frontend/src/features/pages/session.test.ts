import * as Y from 'yjs'
import type { Surroundings } from '@/realtime/connection'
import { makePersonRef } from '@/testing/makeCommunity'
import { asking, heardIn, writing } from './frames'
import type { KeptPage } from './kept'
import type { Ears, Ending, Level, Line } from './line'
import { PageSession } from './session'
import { Writes } from './writes'

const textOf = (document: Y.Doc) => document.getText('t').toString()
const update = (words: string) => {
  const document = new Y.Doc()
  document.getText('t').insert(0, words)
  return Y.encodeStateAsUpdate(document)
}
const SERVER = 'server'

/** A server's side of the wire, in memory: it keeps what it is sent, and acknowledges when it is told to. */
function makeServer(level: Level = 'write') {
  const kept = new Y.Doc()
  const sent: { number: number; update: Uint8Array }[] = []
  let ears: Ears | undefined
  let end: (ending: Ending) => void = () => {}
  const line = {
    send: (frame: Uint8Array) => {
      if (frame[0] !== 10) return
      const number = frame[1] ?? 0
      const [, , ...rest] = frame
      const length = rest[0] ?? 0
      const size = length < 128 ? 1 : 2
      sent.push({ number, update: new Uint8Array(rest.slice(size)) })
    },
  } as unknown as Line
  return {
    kept,
    sent,
    speak: (heard: Ears) =>
      new Promise<Ending>((resolve) => {
        ears = heard
        end = resolve
        heard.ready(line, level)
        heard.heard({ kind: 'update', update: Y.encodeStateAsUpdate(kept), whole: true })
      }),
    say: (frame: Parameters<Ears['said']>[0]) => ears?.said(frame),
    tell: (what: Uint8Array) => ears?.heard({ kind: 'update', update: what, whole: false }),
    acknowledge: () => {
      for (const one of sent) Y.applyUpdate(kept, one.update, SERVER)
      ears?.said({ type: 'ack', n: sent.at(-1)?.number ?? 0, seq: 1 })
    },
    cut: (code = 1006) => end({ code, retry: 0, wasReady: true }),
  }
}

const makeKept = (unsent: Uint8Array[] = []) => ({
  read: async () => ({ state: undefined, unsent }),
  keepState: vi.fn(),
  keepUnsent: vi.fn(),
  forgetTakenOver: vi.fn(),
  forget: vi.fn(async () => {}),
})
const around: Surroundings = { isOnline: () => true, isHidden: () => false, onChange: () => () => {}, random: () => 0 }
const told = { threads: vi.fn(), versions: vi.fn() }

async function open(server: ReturnType<typeof makeServer>, kept: KeptPage = makeKept()) {
  vi.useFakeTimers()
  const session = new PageSession('p1', 'm1', told, { speak: server.speak, kept, around })
  const end = session.run()
  await vi.advanceTimersByTimeAsync(0)
  return { session, end }
}

test('what is gathered goes together under one number, and is sent again until it is acknowledged', () => {
  const writes = new Writes()
  writes.add(update('un'))
  writes.add(update('deux'))
  expect(writes.take()).toMatchObject({ number: 1 })
  expect(writes.take()).toBeUndefined()
  writes.add(update('trois'))
  expect([writes.take()?.number, writes.count]).toEqual([2, 3])
  writes.acknowledge(1)
  expect(writes.count).toBe(1)
  writes.beginAnew()
  expect(writes.take()?.number).toBe(1)
  writes.acknowledge(1)
  expect([writes.count, writes.all]).toEqual([0, undefined])
})

test('more than the server takes at once goes in pieces', () => {
  const writes = new Writes()
  for (const sign of 'abc') writes.add(update(sign.repeat(500_000)))
  expect([writes.take(), writes.take(), writes.take(), writes.take()].map((one) => one?.number)).toEqual([
    1,
    2,
    3,
    undefined,
  ])
})

test('frames are those of y-protocols', () => {
  expect([...asking(new Uint8Array([7]))]).toEqual([0, 0, 1, 7])
  expect([...writing(3, new Uint8Array([7, 8]))]).toEqual([10, 3, 2, 7, 8])
  expect(heardIn(new Uint8Array([0, 1, 1, 9]).buffer)).toEqual({
    kind: 'update',
    update: new Uint8Array([9]),
    whole: true,
  })
  expect(heardIn(new Uint8Array([0, 0, 0]).buffer)).toEqual({ kind: 'asked' })
  expect(heardIn(new Uint8Array([42]).buffer)).toEqual({ kind: 'unknown' })
})

test('a change is kept here, sent, and said to be saved once it is acknowledged', async () => {
  const server = makeServer()
  const kept = makeKept()
  const { session, end } = await open(server, kept)
  expect(session.state).toMatchObject({ phase: 'live', level: 'write', waiting: 0 })
  session.document.getText('t').insert(0, 'Bonjour')
  expect(session.state.waiting).toBe(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(kept.keepUnsent).toHaveBeenLastCalledWith(expect.any(Uint8Array))
  server.acknowledge()
  expect([session.state.waiting, textOf(server.kept)]).toEqual([0, 'Bonjour'])
  expect(kept.keepUnsent).toHaveBeenLastCalledWith(undefined)
  server.tell(update('Les autres. '))
  expect(textOf(session.document)).toContain('Les autres.')
  expect(session.state.waiting).toBe(0)
  server.say({ type: 'people', items: [makePersonRef({ name: 'Nadia Cherkaoui' })] })
  expect(session.state.people).toHaveLength(1)
  session.stop()
  server.cut()
  await end
})

test('what is written while the line is cut waits, and goes with the next one', async () => {
  const server = makeServer()
  const { session, end } = await open(server, makeKept([update('D’hier. ')]))
  server.acknowledge()
  expect(textOf(server.kept)).toBe('D’hier. ')
  server.cut()
  await vi.advanceTimersByTimeAsync(0)
  expect(session.state.phase).toBe('away')
  session.document.getText('t').insert(0, 'Au loin. ')
  expect(session.state.waiting).toBe(1)
  server.sent.length = 0
  await vi.advanceTimersByTimeAsync(1_000)
  expect(session.state.phase).toBe('live')
  server.acknowledge()
  expect([session.state.waiting, textOf(server.kept)]).toEqual([0, 'Au loin. D’hier. '])
  session.stop()
  server.cut()
  await end
})

test('a page that is shown anew at once, as React tries it, is open once', async () => {
  vi.useFakeTimers()
  const server = makeServer()
  const kept = makeKept()
  const read = vi.spyOn(kept, 'read')
  const session = new PageSession('p1', 'm1', told, { speak: server.speak, kept, around })
  const first = session.run()
  session.stop()
  const second = session.run()
  await first
  await vi.advanceTimersByTimeAsync(0)
  expect(session.state.phase).toBe('live')
  expect(read).toHaveBeenCalledOnce()
  session.stop()
  server.cut()
  await second
})

test('a right that ends closes the page and what is kept of it; a lesser one keeps what was not taken', async () => {
  const server = makeServer()
  const kept = makeKept()
  const { session, end } = await open(server, kept)
  session.document.getText('t').insert(0, 'À copier')
  server.say({ type: 'level', level: 'read' })
  expect(session.state).toMatchObject({ level: 'read', refused: 'read_only' })
  server.cut(4003)
  await end
  expect(session.state.phase).toBe('closed')
  expect(kept.forget).toHaveBeenCalled()
  expect(textOf(session.document)).toBe('À copier')
})

test('where no socket comes through, the page is read by requests', async () => {
  vi.useFakeTimers()
  const read = vi.fn(async () => update('Par la porte de côté'))
  const session = new PageSession('p1', 'm1', told, {
    speak: async () => ({ code: 1006, retry: 0, wasReady: false }),
    read,
    kept: makeKept(),
    around,
  })
  void session.run()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(session.state).toMatchObject({ phase: 'blocked', level: 'read', isHere: true })
  expect(textOf(session.document)).toBe('Par la porte de côté')
  session.stop()
})
