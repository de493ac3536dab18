import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import { CHAT, CONVERSATIONS } from '@/entities/conversation/queries'
import { hasAfter, head, joined, type Log, tail } from './log'
import type { Conversation, ConversationMember, Message } from './types'

export const LOGS = [...CHAT, 'logs'] as const
const PAGE = 50
/** Beyond, what was read before a cut is read again in its last part alone. */
const MOST_AGAIN = 200
const LISTED = 50
const OFFERED = 6

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: [...CONVERSATIONS, 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/conversations/{conversation_id}', { params: { path: { conversation_id: id } }, signal })),
  })

/** Of which messages a log is: the main flow of a conversation, or the thread of one of its messages. */
export interface Flow {
  conversationId: string
  rootId: string | null
}

/** From where a log is read: the newest messages when nothing is said. */
export interface From {
  before?: number
  after?: number
  around?: number
  at?: string
}

export async function readPage(
  { conversationId, rootId }: Flow,
  from: From,
  signal?: AbortSignal,
  limit = PAGE,
): Promise<Log> {
  const query = { ...from, limit }
  return answer(
    rootId === null
      ? api.GET('/api/v1/conversations/{conversation_id}/messages', {
          params: { path: { conversation_id: conversationId }, query },
          ...(signal && { signal }),
        })
      : api.GET('/api/v1/messages/{message_id}/replies', {
          params: { path: { message_id: rootId }, query },
          ...(signal && { signal }),
        }),
  )
}

export const logKey = ({ conversationId, rootId }: Flow) => [...LOGS, conversationId, rootId] as const

/**
 * What is held of a log. It is read once, around `from`, and from then on it grows by what is told and by what is scrolled
 * to; read again, after a cut, it stays the part that it is.
 */
export const logQuery = (flow: Flow, from: From = {}) =>
  queryOptions({
    queryKey: logKey(flow),
    queryFn: async ({ signal, client }) => {
      const held = client.getQueryData<Log>(logKey(flow))
      return held?.items.length ? readAgain(flow, held, signal) : readPage(flow, from, signal)
    },
    structuralSharing: (held, read) => (isLog(held) && isLog(read) ? together(held, read) : read),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

const isLog = (value: unknown): value is Log => typeof value === 'object' && value !== null && 'items' in value

/** What came while the page was on its way is not lost; a part of the log far from what was held takes its place. */
function together(held: Log, read: Log): Log {
  const [end, start] = [tail(read), head(read)]
  if (read === held || end === undefined || start === undefined) return read
  const since = held.items.filter(({ number }) => number > end)
  const follows = since[0]?.number === end + 1 && (head(held) ?? 0) <= end + 1
  const known = new Map(held.items.map((message) => [message.number, message]))
  const items = read.items.map((message) => later(known.get(message.number), message))
  return { ...read, items: follows ? [...items, ...since] : items, last: Math.max(held.last, read.last) }
}

const later = (held: Message | undefined, read: Message) => (held && held.version > read.version ? held : read)

async function readAgain(flow: Flow, held: Log, signal: AbortSignal): Promise<Log> {
  const from = Math.max(head(held) ?? 1, (tail(held) ?? 1) - MOST_AGAIN + 1)
  let read = await readPage(flow, { after: from - 1 }, signal)
  while ((tail(read) ?? 0) < (tail(held) ?? 0) && hasAfter(read)) {
    read = joined(read, await readPage(flow, { after: tail(read) ?? 0 }, signal))
  }
  return read
}

/** Fills what lacks at the end, when what was told does not follow what is held. */
export async function readMissing(cache: QueryClient, flow: Flow) {
  const key = logKey(flow)
  const end = tail(cache.getQueryData<Log>(key) ?? NOTHING)
  if (end === undefined) return void cache.invalidateQueries({ queryKey: key })
  const page = await readPage(flow, { after: end })
  cache.setQueryData<Log>(key, (held) => held && joined(held, page))
}
const NOTHING: Log = { items: [], first: 1, last: 0 }

export const pinsQuery = (conversationId: string) =>
  queryOptions({
    queryKey: [...CHAT, 'pins', conversationId],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET('/api/v1/conversations/{conversation_id}/pins', {
            params: { path: { conversation_id: conversationId } },
            signal,
          }),
        )
      ).items,
  })

export const membersQuery = (conversationId: string) =>
  listing<ConversationMember>([...CHAT, 'members', conversationId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/conversations/{conversation_id}/members', {
        params: { path: { conversation_id: conversationId }, query: { limit: LISTED, cursor } },
        signal,
      }),
    ),
  )

export const searchQuery = (conversationId: string, words: string) =>
  listing<Message>([...CHAT, 'search', conversationId, words], (cursor, signal) =>
    answer(
      api.GET('/api/v1/conversations/{conversation_id}/search', {
        params: { path: { conversation_id: conversationId }, query: { q: words, limit: 20, cursor } },
        signal,
      }),
    ),
  )

/** Nobody is told that another has read: it is asked for while it is shown. */
const READ_AGAIN = 10_000

/** Who has read up to a message: in small conversations, of those who say so. */
export const readersQuery = (conversationId: string, number: number) =>
  queryOptions({
    queryKey: [...CHAT, 'readers', conversationId, number],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/conversations/{conversation_id}/readers', {
          params: { path: { conversation_id: conversationId }, query: { number } },
          signal,
        }),
      ),
    refetchInterval: READ_AGAIN,
    placeholderData: keepPreviousData,
  })

export const revisionsQuery = (messageId: string) =>
  queryOptions({
    queryKey: [...CHAT, 'revisions', messageId],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET('/api/v1/messages/{message_id}/revisions', { params: { path: { message_id: messageId } }, signal }),
        )
      ).items,
  })

/** Those of a conversation whose name has these words, for who names them. */
export const namedQuery = (conversationId: string, words: string) =>
  queryOptions({
    queryKey: [...CHAT, 'named', conversationId, words],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET('/api/v1/conversations/{conversation_id}/members', {
            params: { path: { conversation_id: conversationId }, query: { q: words, limit: OFFERED } },
            signal,
          }),
        )
      ).items.map(({ person }) => person),
    placeholderData: keepPreviousData,
  })

/** Whom one may write to, found by words. */
export const peopleQuery = (words: string) =>
  queryOptions({
    queryKey: ['directory', 'to-write', words],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/directory', { params: { query: { q: words, limit: OFFERED } }, signal }))).items,
    placeholderData: keepPreviousData,
  })

export const channelsQuery = (communityId: string) =>
  listing<Conversation>([...CHAT, 'channels', communityId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/channels', {
        params: { path: { community_id: communityId }, query: { limit: LISTED, cursor } },
        signal,
      }),
    ),
  )

/** The message whose thread is open, where the room does not hold it. */
export const rootQuery = (conversationId: string, number: number) =>
  queryOptions({
    queryKey: [...CHAT, 'root', conversationId, number],
    queryFn: async ({ signal }) => {
      const { items } = await readPage({ conversationId, rootId: null }, { around: number }, signal, 1)
      return items.find((one) => one.number === number) ?? null
    },
  })

/** How one reads and writes. */
export const preferencesQuery = queryOptions({
  queryKey: [...CHAT, 'preferences'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/chat-preferences', { signal })),
  staleTime: 5 * 60_000,
})
