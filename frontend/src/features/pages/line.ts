import { answer, api } from '@/api/client'
import type { Person } from '@/entities/person/PersonChip'
import { letGo } from '@/realtime/lettingGo'
import { type Heard, heardIn } from './frames'

export type Level = 'read' | 'comment' | 'write'

/** Text frames that the server says. */
export type Said =
  | { type: 'ready'; level: Level; seq: number }
  | { type: 'ack'; n: number; seq: number }
  | { type: 'refused'; n: number; code: string }
  | { type: 'level'; level: Level }
  | { type: 'people'; items: Person[] }
  | { type: 'threads'; version: number }
  | { type: 'versions' }
  | { type: 'bye'; code: string; retry_ms: number }
  | { type: 'ping' }

export interface Ears {
  /** From now on it may be spoken to. */
  ready: (line: Line, level: Level) => void
  said: (frame: Said) => void
  heard: (frame: Heard) => void
}

/** How it ended. `wasReady` false: a ticket was given, and something between let no socket through. */
export interface Ending {
  code: number
  retry: number
  wasReady: boolean
}

export const PROTOCOL = 'parvis.pages.v1'
/** Longer than two pings: a line on which nothing is said is dead, whatever the network believes. */
export const SILENCE = 60_000
export const READY_WITHIN = 10_000
/** The right was withdrawn, or the session ended. */
export const WITHDRAWN = 4003

/** Speaks of one page until the socket ends, for whatever reason. Rejects as the request for a ticket does. */
export async function speakOf(pageId: string, clientId: number, ears: Ears, signal: AbortSignal): Promise<Ending> {
  const { ticket } = await answer(api.POST('/api/v1/realtime/tickets', { signal }))
  return new Promise((resolve) => new Line(pageId, { ticket, client_id: clientId }, ears, resolve).follow(signal))
}

export class Line {
  #socket: WebSocket
  #ending: Ending = { code: 1006, retry: 0, wasReady: false }
  #silence: ReturnType<typeof setTimeout> | undefined
  #ears: Ears
  #ended: (ending: Ending) => void

  constructor(
    pageId: string,
    hello: { ticket: string; client_id: number },
    ears: Ears,
    ended: (ending: Ending) => void,
  ) {
    this.#socket = new WebSocket(
      `${location.origin.replace(/^http/, 'ws')}/api/v1/realtime/documents/${pageId}`,
      PROTOCOL,
    )
    this.#socket.binaryType = 'arraybuffer'
    this.#ears = ears
    this.#ended = ended
    this.#socket.onopen = () => this.#say({ type: 'hello', ...hello })
    this.#socket.onmessage = ({ data }) => this.#heard(data as string | ArrayBuffer)
    this.#socket.onclose = ({ code }) => this.#end(code)
  }

  follow(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#end(1000), { once: true })
    this.#stillThere()
    if (signal.aborted) this.#end(1000)
  }

  send(frame: Uint8Array<ArrayBuffer>) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  #heard(data: string | ArrayBuffer) {
    this.#stillThere()
    if (typeof data !== 'string') return this.#ears.heard(heardIn(data))
    const frame = JSON.parse(data) as Said
    if (frame.type === 'ready') {
      this.#ending.wasReady = true
      this.#ears.ready(this, frame.level)
    } else if (frame.type === 'ping') this.#say({ type: 'pong' })
    else {
      if (frame.type === 'bye') this.#ending.retry = frame.retry_ms
      this.#ears.said(frame)
    }
  }

  #say(frame: object) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  #stillThere() {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#end(1006), this.#ending.wasReady ? SILENCE : READY_WITHIN)
  }

  #end(code: number) {
    clearTimeout(this.#silence)
    letGo(this.#socket)
    this.#ended({ ...this.#ending, code })
  }
}
