import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { answer, api } from '@/api/client'
import type { AttachedDraft } from '@/entities/attachment/types'
import { alone, Outbox, type Waiting, writtenAt } from '@/entities/outbox/outbox'
import { shelfOf } from '@/entities/outbox/shelf'
import { onReach } from '@/lib/online'
import { takePosted } from './held'
import type { Flow } from './queries'
import type { Message, MessageDraft } from './types'

/** A message on its way. */
export interface Pending extends Waiting {
  conversationId: string
  rootId: string | null
  draft: MessageDraft
  /** What is shown of what is attached while it is on its way. */
  attached: readonly string[]
}

let mine: { memberId: string; outbox: Outbox<Pending, Message>; stop: () => void } | undefined

/** The outbox of the member who is here; another's stops. */
export function outboxOf(memberId: string, cache: QueryClient): Outbox<Pending, Message> {
  if (mine?.memberId === memberId) return mine.outbox
  mine?.stop()
  const outbox = new Outbox<Pending, Message>(
    shelfOf('messages', memberId),
    { send, arrived: (message) => takePosted(cache, message, memberId) },
    (work) => alone(`parvis.outbox.${memberId}`, work),
  )
  const unsubscribe = onReach(() => outbox.wake())
  mine = {
    memberId,
    outbox,
    stop: () => {
      unsubscribe()
      outbox.stop()
    },
  }
  return outbox
}

/** What this member has on its way in one flow, and how to add to it. */
export function useOutbox(memberId: string, { conversationId, rootId }: Flow) {
  const cache = useQueryClient()
  const outbox = outboxOf(memberId, cache)
  const all = useSyncExternalStore(outbox.subscribe, () => outbox.pending)
  useEffect(() => outbox.wake(), [outbox])
  return {
    pending: all.filter((one) => one.conversationId === conversationId && one.rootId === rootId),
    send: (draft: Omit<MessageDraft, 'client_id' | 'root_id'>, attached: readonly string[] = []) =>
      outbox.add(written(conversationId, rootId, draft, attached)),
    retry: (clientId: string) => void outbox.retry(clientId),
    drop: (clientId: string) => void outbox.drop(clientId),
  }
}

/** What is attached to a message, as one counts it while it is on its way. */
export const namesOf = ({ images, files, document_ids = [] }: AttachedDraft) => [
  ...images.map(({ id }) => id),
  ...files,
  ...document_ids,
]

function written(
  conversationId: string,
  rootId: string | null,
  draft: Omit<MessageDraft, 'client_id' | 'root_id'>,
  attached: readonly string[],
): Pending {
  const clientId = crypto.randomUUID()
  return {
    clientId,
    conversationId,
    rootId,
    draft: { ...draft, client_id: clientId, root_id: rootId },
    attached,
    at: writtenAt(),
  }
}

const send = ({ conversationId, draft }: Pending) =>
  answer(
    api.POST('/api/v1/conversations/{conversation_id}/messages', {
      params: { path: { conversation_id: conversationId } },
      body: draft,
    }),
  )
