import { isProblem } from '@/api/problem'
import type { LiveEvent, Snapshot, Wire } from './wire'

/**
 * `connecting`: it asks where things stand. `live`: it hears what happens. `waiting`: the server was away, and it tries
 * again in a while. `offline`: the browser has no network. `paused`: nobody has looked at this tab for a while. `ended`: it
 * was stopped, or the session is over.
 */
export type State = 'connecting' | 'live' | 'waiting' | 'offline' | 'paused' | 'ended'

export interface Audience {
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
/** Browsers open six connections to a server at most (HTTP/1.1): tabs that nobody sees must not hold them all. */
export const HIDDEN_FOR = 15_000
/** Between two answers with news: what happens in a burst comes together. */
export const BREATH = 500

/** Follows what happens, from a cursor, until it is stopped; one request at a time. */
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
  #wire: Wire
  #audience: Audience
  #around: Surroundings

  constructor(wire: Wire, audience: Audience, around: Surroundings) {
    this.#wire = wire
    this.#audience = audience
    this.#around = around
  }

  /** Runs until `stop()`, or until the session is over. */
  async run() {
    const unsubscribe = this.#around.onChange(() => this.#lookAround())
    this.#lookAround()
    while (!this.#stop.signal.aborted) await this.#step()
    unsubscribe()
    clearTimeout(this.#hiddenTimer)
    this.state = 'ended'
  }

  stop() {
    this.#stop.abort()
    this.#poll.abort()
    this.#changed()
  }

  async #step() {
    if (this.#hiddenForLong) return this.#rest('paused')
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

  async #listen(cursor: string) {
    const news = await this.#wire.news(cursor, POLL_SECONDS, this.#poll.signal)
    if (news.resync) return this.#begin()
    for (const event of news.items) this.#audience.hear(event)
    this.#heard(news.cursor)
    if (news.items.length > 0) await this.#pause(BREATH)
  }

  #heard(cursor: string) {
    this.#cursor = cursor
    this.#failures = 0
    this.state = 'live'
  }

  /** Full jitter: a thousand tabs that were cut off together do not come back together. */
  async #recover(error: unknown) {
    if (isProblem(error) && error.status === 401) {
      this.#stop.abort()
      this.#audience.sessionEnded()
      return
    }
    if (isProblem(error) && error.status === 422) this.#cursor = null
    this.state = 'waiting'
    const most = Math.min(FIRST_WAIT * 2 ** this.#failures++, LONGEST_WAIT)
    const asked = isProblem(error) && error.retryAfter !== undefined ? error.retryAfter * 1000 : 0
    await this.#pause(asked + Math.max(FIRST_WAIT / 2, this.#around.random() * most))
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
    this.#poll.abort()
    this.#changed()
  }
}

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
