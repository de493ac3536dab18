import { answer, api } from '@/api/client'
import type { ClientFrame, ServerFrame } from './frames.gen'
import { letGo } from './lettingGo'
import { connected, hearEphemeral, hearOnline } from './presence'
import type { LiveEvent } from './wire'

/** Seconds of the protocol are told in `ready`; until then, and for a server that says nothing, these. */
export const SILENCE = 40_000
export const READY_WITHIN = 10_000
const PROTOCOL = 'parvis.v1'

/** What the socket tells as it comes. */
export interface Ears {
  hear: (events: readonly LiveEvent[]) => void
  /** All up to this cursor was told. */
  reach: (cursor: string) => void
  /** What happened cannot be told one by one: gives the cursor of a new beginning. */
  beginAnew: () => Promise<string>
}

/** How a socket ended. `wasReady` false: the server gave a ticket, and something between let no socket through. */
export interface Ending {
  code: number
  retry: number
  wasReady: boolean
}

/** Listens from a cursor until the socket ends, for whatever reason. Rejects as the request for a ticket does. */
export async function listen(since: string, ears: Ears, signal: AbortSignal): Promise<Ending> {
  const { ticket } = await answer(api.POST('/api/v1/realtime/tickets', { signal }))
  return new Promise((resolve) => new Line(ticket, since, ears, resolve).follow(signal))
}

class Line {
  #socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/realtime`, PROTOCOL)
  #ending: Ending = { code: 1006, retry: 0, wasReady: false }
  #silence: ReturnType<typeof setTimeout> | undefined
  #silentAfter = READY_WITHIN
  #cursor: string
  #ears: Ears
  #ended: (ending: Ending) => void

  constructor(ticket: string, since: string, ears: Ears, ended: (ending: Ending) => void) {
    this.#cursor = since
    this.#ears = ears
    this.#ended = ended
    this.#socket.onopen = () => this.#say({ type: 'hello', ticket, since })
    this.#socket.onmessage = ({ data }) => void this.#heard(JSON.parse(String(data)))
    this.#socket.onclose = ({ code }) => this.#end(code)
  }

  follow(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#end(1000), { once: true })
    this.#stillThere()
    if (signal.aborted) this.#end(1000)
  }

  async #heard(frame: ServerFrame) {
    this.#stillThere()
    if (frame.type === 'ready') {
      this.#ending.wasReady = true
      this.#silentAfter = frame.silence_seconds * 1000
      this.#stillThere()
    } else if (frame.type === 'event') this.#tell([frame.event])
    else if (frame.type === 'events') this.#tell(frame.items)
    else if (frame.type === 'eph') hearEphemeral(frame)
    else if (frame.type === 'live') {
      this.#reach(frame.cursor)
      hearOnline(frame.online)
      connected((said) => this.#say(said))
    } else if (frame.type === 'ping') {
      if (frame.cursor) this.#reach(frame.cursor)
      hearOnline(frame.online)
      this.#say({ type: 'pong', cursor: this.#cursor })
    } else if (frame.type === 'bye') this.#ending.retry = frame.retry_ms
    else if (frame.type === 'resync') await this.#beginAnew()
  }

  #tell(events: readonly LiveEvent[]) {
    this.#cursor = events.at(-1)?.id ?? this.#cursor
    this.#ears.hear(events)
  }

  #reach(cursor: string) {
    this.#cursor = cursor
    this.#ears.reach(cursor)
  }

  async #beginAnew() {
    try {
      this.#cursor = await this.#ears.beginAnew()
      this.#say({ type: 'hello', since: this.#cursor })
    } catch {
      this.#end(1006)
    }
  }

  #say(frame: ClientFrame) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  /** A line on which nothing is said is dead, whatever the network believes. */
  #stillThere() {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#end(1006), this.#silentAfter)
  }

  #end(code: number) {
    clearTimeout(this.#silence)
    letGo(this.#socket)
    connected(undefined)
    this.#ended({ ...this.#ending, code })
  }
}
