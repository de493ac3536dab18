import { serve } from '@/testing/server'
import type { ClientFrame, ServerFrame } from './frames.gen'
import { type Ears, listen, READY_WITHIN, SILENCE } from './socket'

serve({ 'POST /api/v1/realtime/tickets': { ticket: 'once', seconds: 30 } })

/** A socket whose server is the test. */
class Socket {
  static last: Socket
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  readyState = 1
  said: ClientFrame[] = []
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  url: string
  protocol: string

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
    Socket.last = this
  }

  send(text: string) {
    this.said.push(JSON.parse(text))
  }

  close() {
    this.readyState = 3
  }

  tells(frame: ServerFrame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

const event = (id: string) => ({ id, type: 'contacts.changed', topic: 'member:1', at: '', data: {} }) as const
const READY: ServerFrame = { type: 'ready', ping_seconds: 25, silence_seconds: SILENCE / 1000 }

/** Listens from `e.1` until the socket stands. */
async function open() {
  const told: string[] = []
  const stop = new AbortController()
  const ears: Ears = {
    hear: (events) => void told.push(events.map(({ id }) => id).join(' ')),
    reach: (cursor) => void told.push(`to ${cursor}`),
    beginAnew: async () => 'f.1',
  }
  const ending = listen('e.1', ears, stop.signal)
  await vi.waitFor(() => expect(Socket.last).toBeDefined())
  Socket.last.onopen?.()
  return { socket: Socket.last, ending, told, stop }
}

beforeEach(() => {
  Socket.last = undefined as unknown as Socket
  vi.stubGlobal('WebSocket', Socket)
})

test('it says hello with its ticket, tells what it hears, and answers who asks', async () => {
  const { socket, told } = await open()
  expect([socket.url, socket.protocol]).toEqual(['ws://localhost:3000/api/v1/realtime', 'parvis.v1'])
  expect(socket.said).toEqual([{ type: 'hello', ticket: 'once', since: 'e.1' }])
  socket.tells(READY)
  socket.tells({ type: 'events', items: [event('e.2'), event('e.3')] })
  socket.tells({ type: 'live', cursor: 'e.4', online: null })
  socket.tells({ type: 'event', event: event('e.5') })
  socket.tells({ type: 'ping', cursor: 'e.6', online: null })
  socket.tells({ type: 'moon' } as unknown as ServerFrame)
  expect(told).toEqual(['e.2 e.3', 'to e.4', 'e.5', 'to e.6'])
  expect(socket.said.at(-1)).toEqual({ type: 'pong', cursor: 'e.6' })
})

test('it begins anew on the same socket', async () => {
  const { socket } = await open()
  socket.tells(READY)
  socket.tells({ type: 'resync' })
  await vi.waitFor(() => expect(socket.said.at(-1)).toEqual({ type: 'hello', since: 'f.1' }))
})

test('it ends as the server says, and tells when to come back', async () => {
  const { socket, ending } = await open()
  socket.tells(READY)
  socket.tells({ type: 'bye', code: 1012, retry_ms: 1200 })
  socket.onclose?.({ code: 1012 })
  expect(await ending).toEqual({ code: 1012, retry: 1200, wasReady: true })
})

test('what is let through by nobody is not ready, nor is what says nothing', async () => {
  const { socket, ending } = await open()
  socket.onclose?.({ code: 1006 })
  expect((await ending).wasReady).toBe(false)
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const second = await open()
  await vi.advanceTimersByTimeAsync(READY_WITHIN)
  expect(await second.ending).toEqual({ code: 1006, retry: 0, wasReady: false })
})

test('a line that falls silent is dead', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { socket, ending } = await open()
  socket.tells(READY)
  await vi.advanceTimersByTimeAsync(SILENCE - 2_000)
  socket.tells({ type: 'ping', cursor: null, online: null })
  await vi.advanceTimersByTimeAsync(SILENCE - 2_000)
  expect(socket.readyState).toBe(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect((await ending).wasReady).toBe(true)
  expect(socket.readyState).toBe(3)
})

test('it lets go when told to', async () => {
  const { socket, ending, stop } = await open()
  socket.tells(READY)
  stop.abort()
  expect(socket.readyState).toBe(3)
  expect((await ending).code).toBe(1000)
})

test('one that still opens when it is let go is closed once it has opened, of which no browser complains', async () => {
  const { socket, ending, stop } = await open()
  socket.readyState = Socket.CONNECTING
  stop.abort()
  expect(socket.readyState).toBe(Socket.CONNECTING)
  expect((await ending).code).toBe(1000)
  socket.onopen?.()
  expect(socket.readyState).toBe(3)
})
