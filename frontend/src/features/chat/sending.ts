import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { answer, api } from '@/api/client'
import type { AttachedDraft } from '@/entities/attachment/types'
import { onReach } from '@/lib/online'
import { takePosted } from './held'
import { Outbox, type Pending } from './outbox'
import type { Flow } from './queries'
import { shelfOf } from './shelf'
import type { MessageDraft } from './types'

let mine: { memberId: string; outbox: Outbox; stop: () => void } | undefined

/** The outbox of the member who is here; another's stops. */
export function outboxOf(memberId: string, cache: QueryClient): Outbox {
  if (mine?.memberId === memberId) return mine.outbox
  mine?.stop()
  const outbox = new Outbox(
    shelfOf(memberId),
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

let last = 0
/** Two messages are never of the same instant: by it they are in order after a reload. */
function written(
  conversationId: string,
  rootId: string | null,
  draft: Omit<MessageDraft, 'client_id' | 'root_id'>,
  attached: readonly string[],
): Pending {
  last = Math.max(Date.now(), last + 1)
  const clientId = crypto.randomUUID()
  return {
    clientId,
    conversationId,
    rootId,
    draft: { ...draft, client_id: clientId, root_id: rootId },
    attached,
    at: new Date(last).toISOString(),
  }
}

const send = ({ conversationId, draft }: Pending) =>
  answer(
    api.POST('/api/v1/conversations/{conversation_id}/messages', {
      params: { path: { conversation_id: conversationId } },
      body: draft,
    }),
  )

/** One tab at a time; a browser without locks sends from each, and the server keeps one of each message. */
const alone = async (name: string, work: () => Promise<void>) =>
  navigator.locks === undefined ? work() : void (await navigator.locks.request(name, work))
