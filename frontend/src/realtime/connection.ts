import { isProblem } from '@/api/problem'
import type { KeptCursor } from './keptCursor'
import type { Ending } from './socket'
import type { LiveEvent, Snapshot, Wire } from './wire'

/**
 * `connecting`: it asks where things stand. `live`: it hears what happens. `waiting`: the server was away, and it tries
 * again in a while. `offline`: the browser has no network. `paused`: nobody has looked at this tab for a while. `ended`: it
 * was stopped, or the session is over.
 */
export type State = 'connecting' | 'live' | 'waiting' | 'offline' | 'paused' | 'ended'

export interface Audience {
  /** Whether what happens reaches this tab. Not said while it rests, for want of network or of somebody who looks. */
  follows?: (does: boolean) => void
  /** What is held may be older than this: at the beginning, and when too much happened while this tab was away. */
  begin: (snapshot: Snapshot, first: boolean) => void
  hear: (event: LiveEvent) => void
  sessionEnded: () => void
}

/** What the connection asks of the browser. */
export interface Surroundings {
  isOnline: () => boolean
  isHidden: () => boolean
  /** Calls back when either may have changed. Returns how to stop. */
  onChange: (listener: () => void) => () => void
  random: () => number
}

export const POLL_SECONDS = 25
export const FIRST_WAIT = 1_000
export const LONGEST_WAIT = 30_000
/** Browsers open six connections to a server at most (HTTP/1.1): tabs that nobody sees must not hold them all by polls. */
export const HIDDEN_FOR = 15_000
/** Between two answers with news, and two tellings of a socket: what happens in a burst comes together. */
export const BREATH = 500
/** How long it polls before it tries again whether sockets come through. */
export const POLLS_FOR = 5 * 60_000

/** A socket that was open ended, and said when to come back. */
class SocketEnded extends Error {
  readonly retry: number

  constructor({ code, retry }: Ending) {
    super(`socket closed with ${code}`)
    this.retry = retry
  }
}

/** Follows what happens, from a cursor, until it is stopped: by a socket, or by polls where none comes through. */
export class Connection {
  state: State = 'connecting'
  #cursor: string | null = null
  #failures = 0
  #hasBegun = false
  #stop = new AbortController()
  #poll = new AbortController()
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined
  #hiddenForLong = false
  #changed: () => void = () => {}
  #pollsUntil = 0
  #untold: LiveEvent[] = []
  #toldAt = 0
  #telling: ReturnType<typeof setTimeout> | undefined
  #wire: Wire
  #audience: Audience
  #around: Surroundings
  #kept: KeptCursor | undefined

  constructor(wire: Wire, audience: Audience, around: Surroundings, kept?: KeptCursor) {
    this.#wire = wire
    this.#audience = audience
    this.#around = around
    this.#kept = kept
  }

  /** Runs until `stop()`, or until the session is over. */
  async run() {
    const unsubscribe = this.#around.onChange(() => this.#lookAround())
    this.#lookAround()
    this.#cursor = (await this.#kept?.read()) ?? null
    this.#hasBegun = this.#cursor !== null
    while (!this.#stop.signal.aborted) await this.#step()
    unsubscribe()
    clearTimeout(this.#hiddenTimer)
    clearTimeout(this.#telling)
    this.state = 'ended'
  }

  stop() {
    this.#stop.abort()
    this.#poll.abort()
    this.#changed()
  }

  async #step() {
    if (this.#hiddenForLong && this.#polls) return this.#rest('paused')
    if (!this.#around.isOnline()) return this.#rest('offline')
    this.#poll = new AbortController()
    try {
      await (this.#cursor === null ? this.#begin() : this.#listen(this.#cursor))
    } catch (error) {
      if (!this.#poll.signal.aborted) await this.#recover(error)
    }
  }

  async #begin() {
    this.state = 'connecting'
    const snapshot = await this.#wire.sync(this.#poll.signal)
    this.#audience.begin(snapshot, !this.#hasBegun)
    this.#hasBegun = true
    this.#heard(snapshot.cursor)
  }

  get #polls() {
    return this.#wire.listen === undefined || Date.now() < this.#pollsUntil
  }

  async #listen(cursor: string) {
    await (this.#polls ? this.#ask(cursor) : this.#bySocket(cursor))
  }

  async #ask(cursor: string) {
    const news = await this.#wire.news(cursor, POLL_SECONDS, this.#poll.signal)
    if (news.resync) return this.#begin()
    for (const event of news.items) this.#audience.hear(event)
    this.#heard(news.cursor)
    if (news.items.length > 0) await this.#pause(BREATH)
  }

  /** Until the socket ends. When none comes through, the same is asked for at once by a poll. */
  async #bySocket(cursor: string) {
    const ending = await this.#wire.listen?.(
      cursor,
      {
        hear: (events) => this.#tellSoon(events),
        reach: (reached) => this.#reach(reached),
        beginAnew: async () => {
          await this.#begin()
          return this.#cursor ?? ''
        },
      },
      this.#poll.signal,
    )
    if (!this.#stop.signal.aborted) this.#tell()
    if (this.#poll.signal.aborted || ending === undefined) return
    if (ending.wasReady) throw new SocketEnded(ending)
    this.#pollsUntil = Date.now() + POLLS_FOR
  }

  /** At once, and what follows within a breath together. */
  #tellSoon(events: readonly LiveEvent[]) {
    this.#untold.push(...events)
    const left = this.#toldAt + BREATH - Date.now()
    if (left <= 0) this.#tell()
    else this.#telling ??= setTimeout(() => this.#tell(), left)
  }

  #tell() {
    clearTimeout(this.#telling)
    this.#telling = undefined
    const last = this.#untold.at(-1)
    if (last === undefined) return
    for (const event of this.#untold.splice(0)) this.#audience.hear(event)
    this.#toldAt = Date.now()
    this.#heard(last.id)
  }

  #reach(cursor: string) {
    this.#tell()
    this.#heard(cursor)
  }

  #heard(cursor: string) {
    this.#cursor = cursor
    this.#kept?.keep(cursor)
    this.#failures = 0
    this.#become('live')
  }

  #become(state: State) {
    this.state = state
    if (state === 'live' || state === 'waiting') this.#audience.follows?.(state === 'live')
  }

  async #recover(error: unknown) {
    if (isProblem(error) && error.status === 401) {
      this.#stop.abort()
      this.#audience.sessionEnded()
      return
    }
    if (isProblem(error) && error.status === 422) this.#cursor = null
    this.#become('waiting')
    const asked = error instanceof SocketEnded ? error.retry : isProblem(error) ? (error.retryAfter ?? 0) * 1000 : 0
    await this.#pause(asked + waitAfter(this.#failures++, this.#around))
  }

  /** Until something changes around it. */
  async #rest(state: State) {
    this.state = state
    await new Promise<void>((resolve) => {
      this.#changed = resolve
    })
  }

  /** For a while, or until something changes around it: back on the network, looked at again. */
  async #pause(milliseconds: number) {
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
      this.#changed = resolve
    })
    clearTimeout(timer)
  }

  #lookAround() {
    if (this.#around.isHidden()) {
      this.#hiddenTimer ??= setTimeout(() => this.#hideForLong(), HIDDEN_FOR)
    } else {
      clearTimeout(this.#hiddenTimer)
      this.#hiddenTimer = undefined
      this.#hiddenForLong = false
    }
    if (!this.#around.isOnline()) this.#poll.abort()
    if (!this.#around.isHidden()) this.#changed()
  }

  #hideForLong() {
    this.#hiddenForLong = true
    if (this.#polls) this.#poll.abort()
    this.#changed()
  }
}

/** Full jitter: a thousand tabs that were cut off together do not come back together. */
export const waitAfter = (failures: number, { random }: Pick<Surroundings, 'random'>) =>
  Math.max(FIRST_WAIT / 2, random() * Math.min(FIRST_WAIT * 2 ** failures, LONGEST_WAIT))

/** This browser. */
export const browser: Surroundings = {
  isOnline: () => navigator.onLine,
  isHidden: () => document.visibilityState === 'hidden',
  onChange: (listener) => {
    document.addEventListener('visibilitychange', listener)
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    return () => {
      document.removeEventListener('visibilitychange', listener)
      window.removeEventListener('online', listener)
      window.removeEventListener('offline', listener)
    }
  },
  random: Math.random,
}
