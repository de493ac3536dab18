import { isProblem, messageOf } from '@/api/problem'

/** Something on its way: kept in this browser until the server has it. */
export interface Waiting {
  /** By which the server knows it again when it comes twice. */
  clientId: string
  at: string
  /** Why the server did not take it; it is tried again when its writer says so. */
  failure?: string
}

/** Where what is on its way is kept over a reload. */
export interface Shelf<Item extends Waiting> {
  read: () => Promise<Item[]>
  put: (item: Item) => Promise<void>
  remove: (clientId: string) => Promise<void>
}

export interface Post<Item extends Waiting, Taken> {
  /** Rejects with a `Problem` when the server does not take it, with anything else when it was not reached. */
  send: (item: Item) => Promise<Taken>
  arrived: (taken: Taken, item: Item) => void
}

export const FIRST_WAIT = 1_000
export const LONGEST_WAIT = 30_000
/** Between two attempts at least, though the network be said to be back at once: one request alone may find none. */
const BREATH = 400
/** The server was away, or asked for patience: it did not judge. */
const NOT_JUDGED = new Set([401, 408, 425, 429])

/**
 * Sends what was written, one after the other, in the order in which they were written, each until the server has it or refuses it.
 * Only one outbox of a browser sends at a time (`alone`); what another tab wrote is found on the shelf.
 */
export class Outbox<Item extends Waiting, Taken = unknown> {
  #pending: readonly Item[] = []
  #listeners = new Set<() => void>()
  #isSending = false
  #isStopped = false
  #wake: () => void = () => {}
  #shelf: Shelf<Item>
  #post: Post<Item, Taken>
  #alone: (work: () => Promise<void>) => Promise<void>

  constructor(
    shelf: Shelf<Item>,
    post: Post<Item, Taken>,
    alone: (work: () => Promise<void>) => Promise<void> = (work) => work(),
  ) {
    this.#shelf = shelf
    this.#post = post
    this.#alone = alone
    void this.sendAll()
  }

  get pending(): readonly Item[] {
    return this.#pending
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Shown at once, kept as soon as the browser has written it, sent after those before it. */
  async add(item: Item) {
    this.#become([...this.#pending, item])
    await this.#shelf.put(item).catch(() => {}) // Without a shelf it lives as long as the page.
    void this.sendAll()
  }

  /** Tries again one that was refused, in its place. */
  async retry(clientId: string) {
    const one = this.#find(clientId)
    if (one === undefined) return
    const { failure: _, ...again } = one
    await this.#replace(again as Item)
    void this.sendAll()
  }

  /** Gives one up; it is written back where it was written, by who asks for it. */
  async drop(clientId: string) {
    this.#become(this.#pending.filter((one) => one.clientId !== clientId))
    await this.#shelf.remove(clientId).catch(() => {})
  }

  /** Knocks at once, where it waited: the network is back. */
  wake() {
    this.#wake()
    void this.sendAll()
  }

  stop() {
    this.#isStopped = true
    this.#wake()
  }

  async sendAll() {
    if (this.#isSending) return
    this.#isSending = true
    try {
      await this.#alone(() => this.#sendEach())
    } finally {
      this.#isSending = false
    }
    if (!this.#isStopped && this.#next() !== undefined) void this.sendAll()
  }

  async #load() {
    const kept = await this.#shelf.read().catch(() => [])
    const here = new Set(this.#pending.map(({ clientId }) => clientId))
    this.#become([...kept.filter(({ clientId }) => !here.has(clientId)), ...this.#pending])
  }

  /** What another tab left behind is sent too: whoever writes has its own id, so that nothing is said twice. */
  async #sendEach() {
    await this.#load()
    for (let failures = 0; !this.#isStopped; ) {
      const one = this.#next()
      if (one === undefined) return
      try {
        this.#post.arrived(await this.#post.send(one), one)
        await this.drop(one.clientId)
        failures = 0
      } catch (error) {
        if (isRefused(error)) await this.#replace({ ...one, failure: messageOf(error) })
        else await this.#pause(waitAfter(error, failures++))
      }
    }
  }

  #next = () => this.#pending.find(({ failure }) => failure === undefined)
  #find = (clientId: string) => this.#pending.find((one) => one.clientId === clientId)

  async #replace(by: Item) {
    this.#become(this.#pending.map((one) => (one.clientId === by.clientId ? by : one)))
    await this.#shelf.put(by).catch(() => {})
  }

  async #pause(milliseconds: number) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const until = Date.now() + BREATH
    await new Promise<void>((resolve) => {
      const after = (wait: number) => {
        clearTimeout(timer)
        timer = setTimeout(resolve, wait)
      }
      after(milliseconds)
      this.#wake = () => after(Math.max(0, until - Date.now()))
    })
    this.#wake = () => {}
  }

  #become(pending: readonly Item[]) {
    this.#pending = pending
    for (const listener of this.#listeners) listener()
  }
}

const isRefused = (error: unknown) => isProblem(error) && error.status < 500 && !NOT_JUDGED.has(error.status)

/** One tab at a time; a browser without locks sends from each, and the server keeps one of each. */
export const alone = async (name: string, work: () => Promise<void>) =>
  navigator.locks === undefined ? work() : void (await navigator.locks.request(name, work))

let last = 0
/** Two things are never written at the same instant: by it they are in order after a reload. */
export function writtenAt(): string {
  last = Math.max(Date.now(), last + 1)
  return new Date(last).toISOString()
}

/** Doubling, with as much chance again; never sooner than the server asked. */
function waitAfter(error: unknown, failures: number): number {
  const asked = isProblem(error) ? (error.retryAfter ?? 0) * 1000 : 0
  const wait = Math.min(FIRST_WAIT * 2 ** failures, LONGEST_WAIT)
  return asked + wait / 2 + (Math.random() * wait) / 2
}
