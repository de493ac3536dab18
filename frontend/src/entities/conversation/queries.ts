import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Conversation = components['schemas']['ConversationOut']

/** The key of all that is read of conversations. */
export const CHAT = ['chat'] as const
export const CONVERSATIONS = [...CHAT, 'conversations'] as const
const LISTED = 50

/** Those one talks in, those that are closed, those one put away or left. */
export type Shelf = 'current' | 'archived' | 'away'

/** The conversations that one takes part in, the last active first. */
export const conversationsQuery = (shelf: Shelf = 'current') =>
  listing<Conversation>([...CONVERSATIONS, 'list', shelf], (cursor, signal) => {
    const query = { archived: shelf === 'archived', put_away: shelf === 'away', limit: LISTED, cursor }
    return answer(api.GET('/api/v1/conversations', { params: { query }, signal }))
  })

/** What is left to read, of what one wants to hear of. */
export const unreadQuery = queryOptions({
  queryKey: [...CHAT, 'unread'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/conversations/unread', { signal })),
  staleTime: 60_000,
})
