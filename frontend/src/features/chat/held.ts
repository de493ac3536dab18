import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { CHAT, CONVERSATIONS, unreadQuery } from '@/entities/conversation/queries'
import { type Log, tail, withPosted } from './log'
import { conversationQuery, type Flow, LOGS, logKey, readMissing } from './queries'
import type { Conversation, Message } from './types'

type Page = { items: Conversation[]; next: string | null }

/** Changes one conversation wherever it is held. */
export function changeConversation(cache: QueryClient, id: string, change: (held: Conversation) => Conversation) {
  cache.setQueryData<Conversation>(conversationQuery(id).queryKey, (held) => held && change(held))
  cache.setQueriesData<InfiniteData<Page>>({ queryKey: [...CONVERSATIONS, 'list'] }, (data) =>
    data?.pages.some(({ items }) => items.some((one) => one.id === id))
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((one) => (one.id === id ? change(one) : one)),
          })),
        }
      : data,
  )
}

/** The conversation as it is held anywhere. */
export function heldConversation(cache: QueryClient, id: string): Conversation | undefined {
  const one = cache.getQueryData<Conversation>(conversationQuery(id).queryKey)
  if (one) return one
  return cache
    .getQueriesData<InfiniteData<Page>>({ queryKey: [...CONVERSATIONS, 'list'] })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap(({ items }) => items)
    .find((held) => held.id === id)
}

/** Changes what is held of one log. */
export function changeLog(cache: QueryClient, flow: Flow, change: (log: Log) => Log) {
  cache.setQueryData<Log>(logKey(flow), (held) => held && change(held))
}

/** A message was said: it goes to the end of its log without a question; what lacks before it is asked for. */
export function takePosted(cache: QueryClient, message: Message, viewerId: string) {
  const flow = { conversationId: message.conversation_id, rootId: message.root_id }
  const before = cache.getQueryData<Log>(logKey(flow))
  changeLog(cache, flow, (log) => withPosted(log, message))
  const after = cache.getQueryData<Log>(logKey(flow))
  const wasAtEnd = before !== undefined && (tail(before) ?? 0) === before.last
  if (wasAtEnd && after !== undefined && (tail(after) ?? 0) < after.last) void readMissing(cache, flow)
  if (message.root_id === null) countPosted(cache, message, viewerId)
}

function countPosted(cache: QueryClient, message: Message, viewerId: string) {
  const { conversation_id: id, number } = message
  const held = heldConversation(cache, id)
  // Where something is said is put away no more.
  if (held === undefined || held.hidden) void cache.invalidateQueries({ queryKey: [...CONVERSATIONS, 'list'] })
  if (held === undefined) return
  if (number <= held.last_number) return
  const mine = message.author?.id === viewerId
  changeConversation(cache, id, (one) => {
    const read = mine ? number : one.read_number
    return {
      ...one,
      last: { number, author: message.author, text_start: plain(message), at: message.created_at, kind: message.kind },
      last_number: number,
      last_at: message.created_at,
      read_number: read,
      unread: number - read,
      hidden: false,
    } as Conversation
  })
  void cache.invalidateQueries({ queryKey: unreadQuery.queryKey })
}

const START = 140
/** The beginning of a text, on one line and without its marks. */
const plain = ({ text }: Message) =>
  text
    .replace(/@\[([^[\]]*)\]\([^)]*\)/g, '@$1')
    .replace(/[*_`>#]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, START)

/** Nothing of it is held any longer. */
export function forgetConversation(cache: QueryClient, id: string) {
  cache.removeQueries({ queryKey: [...LOGS, id] })
  cache.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] === CHAT[0] && queryKey.includes(id),
    type: 'inactive',
  })
  cache.setQueriesData<InfiniteData<Page>>(
    { queryKey: [...CONVERSATIONS, 'list'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })),
      },
  )
}
