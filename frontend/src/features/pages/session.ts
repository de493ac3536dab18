import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { isProblem } from '@/api/problem'
import type { Person } from '@/entities/person/PersonChip'
import { browser, type Surroundings, waitAfter } from '@/realtime/connection'
import { asking, type Heard, pointing, writing } from './frames'
import { type KeptPage, keptPageOf } from './kept'
import { type Ears, type Ending, type Level, type Line, type Said, speakOf, WITHDRAWN } from './line'
import { Writes } from './writes'

/**
 * `opening`: nothing of the page is here yet. `live`: it is written together. `away`: the server cannot be reached, what is
 * written waits. `blocked`: no socket comes through, it is read by requests. `closed`: it may not be read any more.
 */
export type Phase = 'opening' | 'live' | 'away' | 'blocked' | 'closed'

export interface PageState {
  phase: Phase
  /** The text is here, though perhaps not the newest. */
  isHere: boolean
  level: Level
  /** How many changes the server is not known to have. */
  waiting: number
  /** Who is here, oneself too. */
  people: readonly Person[]
  /** Changes that the server did not take: why. */
  refused: string | undefined
}

/** What the session asks of the rest. */
export interface Means {
  speak: (ears: Ears, signal: AbortSignal) => Promise<Ending>
  /** The page by a plain request, where no socket comes through. */
  read: (signal: AbortSignal) => Promise<Uint8Array>
  kept: KeptPage
  around: Surroundings
}

export interface Told {
  threads: () => void
  versions: () => void
}

/** What is written within this time goes together. */
export const GATHER = 60
const KEEP_STATE_AFTER = 2_000
/** How long a page is read by requests before a socket is tried again. */
export const BLOCKED_FOR = 20_000
/** Where the changes come from that others made. */
const AFAR = 'afar'

/** One page, open here: its text, who else is there, and the way of each change to the server. */
export class PageSession {
  readonly document = new Y.Doc()
  readonly awareness = new Awareness(this.document)
  state: PageState = {
    phase: 'opening',
    isHere: false,
    level: 'read',
    waiting: 0,
    people: [],
    refused: undefined,
  }
  #means: Means
  #told: Told
  #writes = new Writes()
  #line: Line | undefined
  #failures = 0
  #unheard = 0
  #taken: Promise<void> | undefined
  #stop = new AbortController()
  #speaking = new AbortController()
  #gathering: ReturnType<typeof setTimeout> | undefined
  #pointing: ReturnType<typeof setTimeout> | undefined
  #keeping: ReturnType<typeof setTimeout> | undefined
  #changed: () => void = () => {}
  #listeners = new Set<() => void>()

  constructor(pageId: string, memberId: string, told: Told, means?: Partial<Means>) {
    const { clientID } = this.document
    this.#told = told
    this.#means = {
      speak: (ears, signal) => speakOf(pageId, clientID, ears, signal),
      read: (signal) => readState(pageId, signal),
      kept: keptPageOf(memberId, pageId, clientID),
      around: browser,
      ...means,
    }
    this.awareness.setLocalState({})
    this.document.on('update', (update: Uint8Array, origin: unknown) => this.#written(update, origin))
    this.awareness.on('update', (_: unknown, origin: unknown) => this.#moved(origin))
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  get = () => this.state

  /** Runs until `stop()`, or until the page may not be read any more. It may be begun anew after it was stopped. */
  async run() {
    const stop = new AbortController()
    this.#stop = stop
    const unsubscribe = this.#means.around.onChange(() => this.#lookAround())
    this.#taken ??= this.#takeKept()
    await this.#taken
    while (!stop.signal.aborted) await this.#step()
    unsubscribe()
    if (this.#stop === stop) this.#end()
  }

  #end() {
    for (const timer of [this.#gathering, this.#pointing]) clearTimeout(timer)
    if (this.state.phase !== 'closed') this.#keepState()
    this.awareness.destroy()
  }

  stop() {
    this.#stop.abort()
    this.#speaking.abort()
    this.#changed()
  }

  /** What is kept of it on this device goes: it may not be read any more, or was refused. */
  forget() {
    clearTimeout(this.#keeping)
    return this.#means.kept.forget()
  }

  async #takeKept() {
    const { state, unsent } = await this.#means.kept.read()
    if (state) Y.applyUpdate(this.document, state, AFAR)
    for (const update of unsent) {
      Y.applyUpdate(this.document, update, AFAR)
      this.#writes.add(update)
    }
    this.#become({ isHere: state !== undefined, waiting: this.#writes.count })
  }

  async #step() {
    if (!this.#means.around.isOnline()) {
      this.#become({ phase: 'away' })
      return this.#pause()
    }
    this.#speaking = new AbortController()
    try {
      this.#after(await this.#means.speak(this.#ears, this.#speaking.signal))
    } catch (error) {
      this.#failed(error)
    }
    this.#line = undefined
    this.#alone()
    if (!this.#stop.signal.aborted) await this.#recover()
  }

  get #ears(): Ears {
    return {
      ready: (line, level) => {
        this.#line = line
        this.#failures = 0
        this.#unheard = 0
        line.send(asking(Y.encodeStateVector(this.document)))
        this.#take(level)
        this.#writes.beginAnew()
        this.#send()
        this.#point()
      },
      said: (frame) => this.#said(frame),
      heard: (frame) => this.#heard(frame),
    }
  }

  #said(frame: Said) {
    if (frame.type === 'ack') this.#acknowledged(frame.n)
    else if (frame.type === 'refused') this.#become({ refused: frame.code, level: 'read' })
    else if (frame.type === 'level') this.#take(frame.level)
    else if (frame.type === 'people') this.#become({ people: frame.items })
    else if (frame.type === 'threads') this.#told.threads()
    else if (frame.type === 'versions') this.#told.versions()
  }

  #heard(frame: Heard) {
    if (frame.kind === 'update') {
      Y.applyUpdate(this.document, frame.update, AFAR)
      if (frame.whole) this.#become({ isHere: true, phase: 'live' })
    } else if (frame.kind === 'awareness') applyAwarenessUpdate(this.awareness, frame.update, AFAR)
  }

  /** Who may not write any more keeps what the server did not take, to copy it. */
  #take(level: Level) {
    const refused = level !== 'write' && this.#writes.count > 0 ? 'read_only' : this.state.refused
    this.#become({ level, refused })
  }

  #acknowledged(number: number) {
    this.#writes.acknowledge(number)
    const { all, count } = this.#writes
    this.#means.kept.keepUnsent(all)
    if (count === 0) this.#means.kept.forgetTakenOver()
    this.#become({ waiting: count })
  }

  #written(update: Uint8Array, origin: unknown) {
    clearTimeout(this.#keeping)
    this.#keeping = setTimeout(() => this.#keepState(), KEEP_STATE_AFTER)
    if (origin === AFAR || this.state.level !== 'write') return
    this.#writes.add(update)
    this.#become({ waiting: this.#writes.count })
    this.#gathering ??= setTimeout(() => this.#send(), GATHER)
  }

  #send() {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    this.#means.kept.keepUnsent(this.#writes.all)
    if (this.#line === undefined || this.state.level !== 'write') return
    for (let next = this.#writes.take(); next; next = this.#writes.take()) {
      this.#line.send(writing(next.number, next.update))
    }
  }

  #moved(origin: unknown) {
    if (origin !== AFAR) this.#pointing ??= setTimeout(() => this.#point(), GATHER)
  }

  #point() {
    clearTimeout(this.#pointing)
    this.#pointing = undefined
    this.#line?.send(pointing(encodeAwarenessUpdate(this.awareness, [this.document.clientID])) as never)
  }

  #alone() {
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.document.clientID)
    removeAwarenessStates(this.awareness, others, AFAR)
    this.#become({ people: [] })
  }

  #after({ code, retry, wasReady }: Ending) {
    if (code === WITHDRAWN) return this.#close()
    this.#unheard = wasReady ? 0 : this.#unheard + 1
    this.#become({ phase: this.#unheard > 1 ? 'blocked' : 'away' })
    this.#retry = retry
  }
  #retry = 0

  #failed(error: unknown) {
    if (this.#stop.signal.aborted) return
    if (isProblem(error) && [401, 403, 404].includes(error.status)) return this.#close()
    this.#become({ phase: 'away' })
    this.#retry = isProblem(error) ? (error.retryAfter ?? 0) * 1000 : 0
  }

  #close() {
    this.#become({ phase: 'closed' })
    this.stop()
    void this.forget()
  }

  /** Full jitter, as on the other line. Where no socket comes through, the page is read meanwhile. */
  async #recover() {
    if (this.state.phase !== 'blocked')
      return this.#pause(this.#retry + waitAfter(this.#failures++, this.#means.around))
    try {
      Y.applyUpdate(this.document, await this.#means.read(this.#speaking.signal), AFAR)
      this.#become({ isHere: true, level: 'read' })
    } catch (error) {
      this.#failed(error)
    }
    await this.#pause(BLOCKED_FOR)
  }

  /** For a while, or until something changes around it. */
  async #pause(milliseconds?: number) {
    if (this.#stop.signal.aborted) return
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.#changed = resolve
      if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds)
    })
    clearTimeout(timer)
  }

  #lookAround() {
    if (!this.#means.around.isOnline()) this.#speaking.abort()
    if (!this.#means.around.isHidden()) this.#changed()
  }

  #keepState() {
    clearTimeout(this.#keeping)
    this.#means.kept.keepState(Y.encodeStateAsUpdate(this.document))
  }

  #become(more: Partial<PageState>) {
    this.state = { ...this.state, ...more }
    for (const listener of this.#listeners) listener()
  }
}

async function readState(pageId: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(`/api/v1/pages/${pageId}/state`, { signal })
  if (!response.ok) throw new Error(`state ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
