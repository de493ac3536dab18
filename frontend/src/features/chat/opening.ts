import type { QueryClient } from '@tanstack/react-query'
import { conversationQuery, type From, logQuery } from './queries'
import type { Conversation } from './types'

/** Beyond, what is new does not fit with what was read last. */
const FAR = 40

/** From where a conversation's log is read when it opens: about the message that the address leads to, or what is new. */
export function openedFrom({ unread, read_number }: Conversation, message: number | undefined): From {
  if (message !== undefined) return { around: message }
  return unread > FAR ? { around: read_number + 1 } : {}
}

/** Asks for a conversation and its messages while what shows them is on its way. */
export async function askForRoom(cache: QueryClient, id: string, message: number | undefined) {
  const conversation = await cache.ensureQueryData(conversationQuery(id))
  await cache.prefetchQuery(logQuery({ conversationId: id, rootId: null }, openedFrom(conversation, message)))
}
