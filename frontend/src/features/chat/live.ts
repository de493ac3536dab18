import type { QueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { isProblem } from '@/api/problem'
import { CHAT, CONVERSATIONS, unreadQuery } from '@/entities/conversation/queries'
import { NOTIFICATIONS } from '@/entities/notification/queries'
import { sessionQuery } from '@/entities/session/queries'
import type { LiveEventOf } from '@/realtime/wire'
import { changeConversation, changeLog, forgetConversation, heldConversation, takePosted } from './held'
import { at, changed, type Log, newer } from './log'
import { type Flow, LOGS, logKey } from './queries'
import { gone, leading } from './state'
import type { Message, Person } from './types'

type OfMessage = LiveEventOf<
  'message.changed' | 'message.unfurled' | 'message.deleted' | 'message.reactions_changed' | 'message.pin_changed'
>

const flowOf = ({ conversation_id, root_id }: { conversation_id: string; root_id: string | null }): Flow => ({
  conversationId: conversation_id,
  rootId: root_id,
})

/** Said by somebody: it goes where it belongs as it was told. What was not told of it is read. */
export function messagePosted(cache: QueryClient, { data }: LiveEventOf<'message.posted'>) {
  const viewerId = viewerOf(cache)
  const flow = flowOf(data)
  const log = cache.getQueryData<Log>(logKey(flow))
  const author = data.author && known(cache, data.conversation_id, data.author, log)
  const like = log?.items.findLast((one) => one.kind === data.kind && one.author?.id === author?.id && !one.gone)
  const mine = author?.id === viewerId
  const message: Message = {
    ...EMPTY,
    id: data.id,
    conversation_id: data.conversation_id,
    root_id: data.root_id,
    number: data.number,
    kind: data.kind,
    version: data.version,
    author,
    client_id: mine ? data.client_id : null,
    text: data.text,
    html: data.html,
    about: data.about.map((one) => known(cache, data.conversation_id, one, log)),
    quote: data.quote && {
      ...data.quote,
      author: data.quote.author && known(cache, data.conversation_id, data.quote.author, log),
    },
    images: data.images,
    files: data.files,
    created_at: data.created_at,
    abilities: like?.abilities.filter((one) => one !== 'revisions' && one !== 'take_off_links') ?? [],
  }
  takePosted(cache, message, viewerId)
  if (data.root_id !== null) threadGrew(cache, data, author)
  if (data.root_id !== null && mine) followsNow(cache, data.conversation_id, data.root_id)
  const isHeld = log !== undefined
  const lacks = !data.complete || data.text.includes('@[](') || (like === undefined && data.kind === 'said')
  if (isHeld && lacks) void readMessageAgain(cache, data)
}

const viewerOf = (cache: QueryClient) => cache.getQueryData(sessionQuery.queryKey)?.member?.id ?? ''

const EMPTY = {
  documents: [],
  hidden: false,
  links: [],
  forwarded: null,
  reactions: [],
  pinned: false,
  bookmarked: false,
  thread: null,
  edited_at: null,
  gone: false,
} satisfies Partial<Message>

/** The face of somebody as it is held already: what is told names him without it. */
function known(
  cache: QueryClient,
  conversationId: string,
  told: Pick<Person, 'id' | 'name' | 'public'>,
  log: Log | undefined,
): Person {
  const faces = [
    ...(log?.items.map(({ author }) => author) ?? []),
    ...(heldConversation(cache, conversationId)?.others ?? []),
  ]
  return { affiliation: null, avatar: null, ...faces.find((face) => face?.id === told.id), ...told }
}

/** The message that a reply belongs to counts it. */
function threadGrew(
  cache: QueryClient,
  { conversation_id: id, root_id, replies, created_at }: LiveEventOf<'message.posted'>['data'],
  author: Person | null,
) {
  changeMain(cache, id, root_id ?? '', (root) => {
    const before = root.thread
    const people = [...(author ? [author] : []), ...(before?.people ?? []).filter((one) => one.id !== author?.id)]
    return {
      ...root,
      thread: {
        replies: Math.max(replies ?? 0, before?.replies ?? 0),
        last_at: created_at,
        people: people.slice(0, 3),
        read_number: before?.read_number ?? 0,
        follows: before?.follows ?? [root.author?.id, author?.id].includes(viewerOf(cache)),
      },
    }
  })
}

/** Who answers in a thread follows it, unless he said that he does not: that is read. */
function followsNow(cache: QueryClient, conversationId: string, rootId: string) {
  const log = cache.getQueryData<Log>(logKey({ conversationId, rootId: null }))
  const root = log?.items.find((one) => one.id === rootId)
  if (root?.thread?.follows === false) void readMessageAgain(cache, root)
}

function changeMain(cache: QueryClient, conversationId: string, id: string, change: (held: Message) => Message) {
  changeLog(cache, { conversationId, rootId: null }, (log) => {
    const held = log.items.find((one) => one.id === id)
    return held ? changed(log, held.number, change) : log
  })
}

/** Its words changed; where not all may read them they were not told. */
export function messageChanged(cache: QueryClient, { data }: LiveEventOf<'message.changed'>) {
  const { text, html } = data
  // It names somebody else, or moderators hid it.
  untell(cache)
  retell(cache)
  if (text === null || html === null || text.includes('@[](')) return void readMessageAgain(cache, data)
  const links = data.links ?? []
  turn(cache, data, (held) => ({
    ...leading(held, links, held.author?.id === viewerOf(cache)),
    ...{ text, html, edited_at: data.edited_at },
  }))
}

/** The pages that it leads to were looked at, or its author took their cards off. */
export function messageUnfurled(cache: QueryClient, { data }: LiveEventOf<'message.unfurled'>) {
  const { links } = data
  if (links === null) return void readMessageAgain(cache, data)
  turn(cache, data, (held) => leading(held, links, held.author?.id === viewerOf(cache)))
}

export function messageDeleted(cache: QueryClient, { data }: LiveEventOf<'message.deleted'>) {
  turn(cache, data, gone)
  retell(cache)
  untell(cache)
  void cache.invalidateQueries({ queryKey: [...CHAT, 'pins', data.conversation_id] })
}

/** How many reacted; whether one did oneself is one's own to know. */
export function messageReactionsChanged(cache: QueryClient, { data }: LiveEventOf<'message.reactions_changed'>) {
  turn(cache, data, (held) => ({
    ...held,
    reactions: data.reactions.map(({ kind, count }) => ({
      kind,
      count,
      mine: held.reactions.find((one) => one.kind === kind)?.mine ?? false,
    })),
  }))
}

export function messagePinChanged(cache: QueryClient, { data }: LiveEventOf<'message.pin_changed'>) {
  turn(cache, data, (held) => ({ ...held, pinned: data.pinned }))
  void cache.invalidateQueries({ queryKey: [...CHAT, 'pins', data.conversation_id] })
}

/** Of what is told twice, or late, the later stands. */
function turn(cache: QueryClient, told: OfMessage['data'], change: (held: Message) => Message) {
  changeLog(cache, flowOf(told), (log) =>
    changed(log, told.number, (held) =>
      held.id !== told.id || held.version > told.version ? held : { ...change(held), version: told.version },
    ),
  )
}

/** What one was told of it is no more to be read. */
function untell(cache: QueryClient) {
  void cache.invalidateQueries({ queryKey: NOTIFICATIONS })
  void cache.invalidateQueries({ queryKey: unreadQuery.queryKey })
}

/** The list shows the beginning of the last message. */
function retell(cache: QueryClient) {
  void cache.invalidateQueries({ queryKey: CONVERSATIONS })
}

/** What I did to a message elsewhere: my reaction, my bookmark. */
export async function readMessageAgain(
  cache: QueryClient,
  told: { id: string; conversation_id: string; root_id: string | null; number: number },
) {
  const flow = flowOf(told)
  try {
    const read = await answer(api.GET('/api/v1/messages/{message_id}', { params: { path: { message_id: told.id } } }))
    changeLog(cache, flow, (log) => changed(log, told.number, (held) => newer(held, read)))
  } catch (error) {
    if (isProblem(error) && error.status === 404) void cache.invalidateQueries({ queryKey: logKey(flow) })
  }
}

/** The same, of a message that is known by its id alone. */
export function messageMineChanged(cache: QueryClient, id: string) {
  for (const [, log] of cache.getQueriesData<Log>({ queryKey: LOGS })) {
    const held = log?.items.find((one) => one.id === id)
    if (held) void readMessageAgain(cache, held)
  }
}

/** How far I have read, on another device too. */
export function conversationMineChanged(cache: QueryClient, { data }: LiveEventOf<'conversation.mine_changed'>) {
  const { conversation_id: id, read_number, unread } = data
  changeConversation(cache, id, (held) => ({ ...held, read_number, unread }))
  void cache.invalidateQueries({ queryKey: unreadQuery.queryKey })
  void cache.invalidateQueries({ queryKey: CONVERSATIONS })
}

export function threadMineChanged(cache: QueryClient, { data }: LiveEventOf<'thread.mine_changed'>) {
  changeMain(cache, data.conversation_id, data.root_id, (root) => ({
    ...root,
    thread: root.thread && { ...root.thread, read_number: data.read_number, follows: data.follows },
  }))
}

/** Its name, its people or its rules: they are read again, not what was said. */
export function conversationChanged(cache: QueryClient) {
  void cache.invalidateQueries({ queryKey: CONVERSATIONS })
  for (const part of ['channels', 'members']) void cache.invalidateQueries({ queryKey: [...CHAT, part] })
}

/** It is open to me no longer: nothing of it stays here. */
export function conversationLost(cache: QueryClient, id: string) {
  forgetConversation(cache, id)
  void cache.invalidateQueries({ queryKey: CHAT })
}

export const isOfLog = ({ queryKey: [first, second] }: { queryKey: readonly unknown[] }) =>
  first === LOGS[0] && second === LOGS[1]

/** Too much happened to be told one by one: what is shown of a log is read again, and what is not is forgotten. */
export function readLogsAgain(cache: QueryClient, first: boolean) {
  if (first) return
  cache.removeQueries({ queryKey: LOGS, type: 'inactive' })
  void cache.invalidateQueries({ queryKey: LOGS })
}

export const heldMessage = (cache: QueryClient, flow: Flow, number: number) => {
  const log = cache.getQueryData<Log>(logKey(flow))
  return log && at(log, number)
}
