import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Conversation = components['schemas']['ConversationOut']

/** The key of all that is read of conversations. */
export const CHAT = ['chat'] as const
export const CONVERSATIONS = [...CHAT, 'conversations'] as const
const LISTED = 50

/** The conversations that one takes part in, the last active first. */
export const conversationsQuery = (archived = false) =>
  listing<Conversation>([...CONVERSATIONS, 'list', archived], (cursor, signal) =>
    answer(api.GET('/api/v1/conversations', { params: { query: { archived, limit: LISTED, cursor } }, signal })),
  )

/** Whether one wants to hear nothing of it, for now or for good. */
export const isQuiet = ({ level, muted_until: muted }: Pick<Conversation, 'level' | 'muted_until'>) =>
  level === 'nothing' || muted !== null
