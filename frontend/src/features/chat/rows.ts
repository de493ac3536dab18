import type { Pending } from './sending'
import type { Message } from './types'

/** One line of the log. `key` stays the same when what was on its way has arrived. */
export type Row =
  | { is: 'beginning'; key: 'beginning' }
  | { is: 'day'; key: string; at: string }
  | { is: 'new'; key: 'new'; since: string | undefined }
  | { is: 'told'; key: string; message: Message }
  | { is: 'message'; key: string; message: Message; continues: boolean }
  | { is: 'pending'; key: string; pending: Pending; continues: boolean }

/** What one person says within this time stands under one name. */
const TOGETHER = 5 * 60_000

interface Shown {
  messages: readonly Message[]
  pending?: readonly Pending[]
  viewerId: string
  /** Nothing was said before these. */
  isWhole?: boolean
  /** The last number that was read when the room was opened: what others said after it is new. */
  readNumber?: number | undefined
}

/** The lines of a log: days, what is new, messages, and what is on its way after them. */
export function rowsOf({ messages, pending = [], viewerId, readNumber, isWhole = false }: Shown): Row[] {
  const rows: Row[] = isWhole ? [{ is: 'beginning', key: 'beginning' }] : []
  let before: { authorId: string | undefined; at: string } | undefined
  let isNew = false
  const begin = (at: string, number?: number, authorId?: string) => {
    if (before === undefined || !sameDay(before.at, at)) {
      rows.push({ is: 'day', key: `day ${number ?? 'now'}`, at })
      before = undefined
    }
    if (isNew || readNumber === undefined || number === undefined || number <= readNumber || authorId === viewerId)
      return
    isNew = true
    rows.push({ is: 'new', key: 'new', since: messages.find((one) => one.number === readNumber)?.created_at })
    before = undefined
  }
  for (const message of messages) {
    const { number, created_at: at, author, kind } = message
    begin(at, number, author?.id)
    if (kind !== 'said') {
      rows.push({ is: 'told', key: message.id, message })
      before = { authorId: undefined, at }
      continue
    }
    const key = message.client_id ?? message.id
    rows.push({ is: 'message', key, message, continues: follows(before, author?.id, at) && plain(message) })
    before = { authorId: author?.id, at }
  }
  for (const one of unsent(pending, messages)) {
    begin(one.at)
    rows.push({ is: 'pending', key: one.clientId, pending: one, continues: follows(before, viewerId, one.at) })
    before = { authorId: viewerId, at: one.at }
  }
  return rows
}

/** Where a message stands among the lines; -1 when it does not. */
export const rowOf = (rows: readonly Row[], number: number) =>
  rows.findIndex((row) => (row.is === 'message' || row.is === 'told') && row.message.number === number)

/** What is on its way and has not come back as a message yet. */
export function unsent(pending: readonly Pending[], messages: readonly Message[]): Pending[] {
  const arrived = new Set(messages.slice(-RECENT).map(({ client_id }) => client_id))
  return pending.filter(({ clientId }) => !arrived.has(clientId))
}
const RECENT = 200

const follows = (
  before: { authorId: string | undefined; at: string } | undefined,
  authorId: string | undefined,
  at: string,
) =>
  before !== undefined &&
  authorId !== undefined &&
  before.authorId === authorId &&
  Date.parse(at) - Date.parse(before.at) < TOGETHER

/** A message that answers or passes on another says from whom it is. */
const plain = ({ quote, forwarded }: Message) => quote === null && forwarded === null

const sameDay = (one: string, other: string) => new Date(one).toDateString() === new Date(other).toDateString()
