import type { Message, Messages } from './types'

/**
 * The part of a conversation, or of a thread, that this tab holds: messages whose numbers follow each other without a gap,
 * and between which numbers all of it stands. What is to be read before and after is told by these numbers alone.
 */
export type Log = Pick<Messages, 'items' | 'first' | 'last'>

export const head = ({ items }: Log) => items[0]?.number
export const tail = ({ items }: Log) => items.at(-1)?.number
/** Whether there is something before what is held. */
export const hasBefore = (log: Log) => (head(log) ?? 0) > log.first
/** Whether there is something after it: said while this tab read the past, or lost on the way. */
export const hasAfter = (log: Log) => (tail(log) ?? 0) < log.last
export const holds = (log: Log, number: number) => at(log, number) !== undefined

/** The message of that number, when it is held. */
export function at({ items }: Log, number: number): Message | undefined {
  const first = items[0]
  return first && items[number - first.number]
}

/** Put together with a page that follows it, precedes it or overlaps with it; a page apart from it takes its place. */
export function joined(held: Log, page: Log): Log {
  const [from, to] = [head(held), tail(held)]
  const [start, end] = [head(page), tail(page)]
  const last = Math.max(held.last, page.last)
  if (start === undefined || end === undefined) return { ...held, first: page.first, last }
  if (from === undefined || to === undefined || start > to + 1 || end < from - 1) return { ...page, last }
  const before = held.items.slice(0, Math.max(0, start - from))
  const after = held.items.slice(Math.max(0, end - from + 1))
  const between = page.items.map((message) => newer(at(held, message.number), message))
  return { items: [...before, ...between, ...after], first: page.first, last }
}

/** With a message that was just said: at its end when it follows; otherwise it is only known that there is more. */
export function withPosted(log: Log, message: Message): Log {
  const end = tail(log) ?? log.first - 1
  const last = Math.max(log.last, message.number)
  if (message.number <= end) return changed(log, message.number, (held) => newer(held, message))
  if (message.number > end + 1) return { ...log, last }
  return { ...log, items: [...log.items, message], last }
}

/** With one of its messages changed; the same log when it is not held, or was changed later. */
export function changed(log: Log, number: number, change: (message: Message) => Message): Log {
  const held = at(log, number)
  if (held === undefined) return log
  const next = change(held)
  return next === held ? log : { ...log, items: log.items.with(log.items.indexOf(held), next) }
}

/** The same, found by its id. */
export function changedById(log: Log, id: string, change: (message: Message) => Message): Log {
  const held = log.items.find((message) => message.id === id)
  return held === undefined ? log : changed(log, held.number, change)
}

/** Of what was read before and after, the later; what is mine is known by reading alone, and never told. */
export function newer(held: Message | undefined, read: Message): Message {
  return held !== undefined && held.version > read.version ? held : read
}

/** At most so many messages, of those around the one that is read; what is left out is read again when one goes there. */
export function trimmed(log: Log, around: number, most: number): Log {
  const from = head(log)
  if (from === undefined || log.items.length <= most) return log
  const start = Math.min(Math.max(0, around - from - Math.floor(most / 2)), log.items.length - most)
  return { ...log, items: log.items.slice(start, start + most) }
}
