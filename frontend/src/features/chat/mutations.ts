import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { CHAT, CONVERSATIONS, unreadQuery } from '@/entities/conversation/queries'
import { upload } from '@/entities/file/upload'
import { changeConversation, changeLog, forgetConversation } from './held'
import { changed } from './log'
import { conversationQuery, type Flow, preferencesQuery } from './queries'
import { gone, leading, reacted } from './state'
import type { Conversation, Message, ReactionKind } from './types'

type Schemas = components['schemas']

const of = (id: string) => ({ path: { conversation_id: id } })
const ofMessage = (id: string) => ({ path: { message_id: id } })
const flowOf = ({ conversation_id, root_id }: Message): Flow => ({ conversationId: conversation_id, rootId: root_id })

/** What the server answers of a message takes its place where it is held. */
function take(cache: QueryClient, message: Message) {
  changeLog(cache, flowOf(message), (log) => changed(log, message.number, () => message))
}

/** Changes a message at once; gives how to take that back. */
function change(cache: QueryClient, message: Message, by: (held: Message) => Message) {
  changeLog(cache, flowOf(message), (log) => changed(log, message.number, by))
  return () => changeLog(cache, flowOf(message), (log) => changed(log, message.number, () => message))
}

export function useEditMessage(message: Message) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (text: string) =>
      answer(
        api.PATCH('/api/v1/messages/{message_id}', {
          params: ofMessage(message.id),
          body: { text },
          headers: { 'if-match': `"${message.version}"` },
        }),
      ),
    onSuccess: (edited) => take(cache, edited),
  })
}

/** Its author wants no cards of the pages that it leads to. */
export function useTakeOffLinks() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (message: Message) =>
      answer(api.DELETE('/api/v1/messages/{message_id}/links', { params: ofMessage(message.id) })),
    onMutate: (message) => change(cache, message, (held) => leading(held, [], true)),
    onSuccess: (left) => take(cache, left),
    onError: (_, __, takeBack) => takeBack?.(),
  })
}

export function useDeleteMessage() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (message: Message) =>
      answer(api.DELETE('/api/v1/messages/{message_id}', { params: ofMessage(message.id) })),
    onSuccess: (_, message) => void change(cache, message, gone),
  })
}

/** One's reaction is there at once, and goes again when the server does not take it. */
export function useReact() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ message, kind, stands }: { message: Message; kind: ReactionKind; stands: boolean }) => {
      const call = { params: { path: { message_id: message.id, kind } } }
      return answer<unknown>(
        stands
          ? api.PUT('/api/v1/messages/{message_id}/reactions/{kind}', call)
          : api.DELETE('/api/v1/messages/{message_id}/reactions/{kind}', call),
      )
    },
    onMutate: ({ message, kind, stands }) => change(cache, message, (held) => reacted(held, kind, stands)),
    onError: (_, __, takeBack) => takeBack?.(),
  })
}

export function usePinMessage() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ message, pinned }: { message: Message; pinned: boolean }) => {
      const call = { params: ofMessage(message.id) }
      return answer<unknown>(
        pinned
          ? api.PUT('/api/v1/messages/{message_id}/pin', call)
          : api.DELETE('/api/v1/messages/{message_id}/pin', call),
      )
    },
    onMutate: ({ message, pinned }) => change(cache, message, (held) => ({ ...held, pinned })),
    onError: (_, __, takeBack) => takeBack?.(),
    onSettled: (_, __, { message }) =>
      cache.invalidateQueries({ queryKey: [...CHAT, 'pins', message.conversation_id] }),
  })
}

export function useKeepMessage() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ message, kept }: { message: Message; kept: boolean }) => {
      const call = { params: ofMessage(message.id) }
      return answer<unknown>(
        kept
          ? api.PUT('/api/v1/messages/{message_id}/bookmark', call)
          : api.DELETE('/api/v1/messages/{message_id}/bookmark', call),
      )
    },
    onMutate: ({ message, kept }) => change(cache, message, (held) => ({ ...held, bookmarked: kept })),
    onError: (_, __, takeBack) => takeBack?.(),
  })
}

export function useForward(message: Message) {
  return useMutation({
    mutationFn: (body: Schemas['ForwardDraft']) =>
      answer(api.POST('/api/v1/messages/{message_id}/forward', { params: ofMessage(message.id), body })),
  })
}

/** Says how far one has read; it shows at once everywhere on this page. */
export function useMarkRead(conversationId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      answer(api.PUT('/api/v1/conversations/{conversation_id}/read', { params: of(conversationId), body: { number } })),
    onMutate: (number) =>
      changeConversation(cache, conversationId, (held) => ({
        ...held,
        read_number: number,
        unread: Math.max(0, held.last_number - number),
        mentions: number >= held.last_number ? 0 : held.mentions,
      })),
    onSuccess: () => cache.invalidateQueries({ queryKey: unreadQuery.queryKey }),
  })
}

export function useMarkThreadRead(root: Message) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      answer(api.PUT('/api/v1/messages/{message_id}/replies/read', { params: ofMessage(root.id), body: { number } })),
    onMutate: (number) =>
      void change(cache, root, (held) => ({ ...held, thread: held.thread && { ...held.thread, read_number: number } })),
  })
}

/** Whether one is told of what is said in a thread. */
export function useFollowThread(root: Message) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (follows: boolean) => {
      const call = { params: ofMessage(root.id) }
      return answer<unknown>(
        follows
          ? api.PUT('/api/v1/messages/{message_id}/replies/following', call)
          : api.DELETE('/api/v1/messages/{message_id}/replies/following', call),
      )
    },
    onMutate: (follows) =>
      change(cache, root, (held) => ({ ...held, thread: held.thread && { ...held.thread, follows } })),
    onError: (_, __, takeBack) => takeBack?.(),
  })
}

export const saveDraft = (conversationId: string, text: string) =>
  answer(api.PUT('/api/v1/conversations/{conversation_id}/draft', { params: of(conversationId), body: { text } }))

export function useStartConversation() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: Schemas['ConversationDraft']) => answer(api.POST('/api/v1/conversations', { body })),
    onSuccess: refresh,
  })
}

export function useCreateChannel(communityId: string) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ once, ...body }: Schemas['ChannelDraft'] & { once: string }) =>
      answer(
        api.POST('/api/v1/communities/{community_id}/channels', {
          params: { path: { community_id: communityId } },
          body,
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: refresh,
  })
}

export function useChangeConversation({ id, version }: Pick<Conversation, 'id' | 'version'>) {
  const cache = useQueryClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: Schemas['ConversationChange']) =>
      answer(
        api.PATCH('/api/v1/conversations/{conversation_id}', {
          params: of(id),
          body,
          headers: { 'if-match': `"${version}"` },
        }),
      ),
    onSuccess: (changed) => {
      cache.setQueryData(conversationQuery(id).queryKey, changed)
      return refresh()
    },
  })
}

/** Sends a picture, then makes the conversation's own of it; or takes it away. */
export function usePicture(conversation: Conversation) {
  const change = useChangeConversation(conversation)
  return {
    put: async (picture: File, onProgress: (part: number) => void) => {
      const { id } = await upload(picture, { onProgress })
      await answer(api.PUT('/api/v1/files/{file_id}/picture', { params: { path: { file_id: id } } }))
      return change.mutateAsync({ picture_id: id })
    },
    remove: () => change.mutateAsync({ picture_id: null }),
  }
}

/** It stands in the list again: who left a channel is in it again. */
export function useBringBack() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, left, level, muted_until }: Conversation) =>
      answer(
        left
          ? api.POST('/api/v1/conversations/{conversation_id}/join', { params: of(id) })
          : api.PUT('/api/v1/conversations/{conversation_id}/settings', {
              params: of(id),
              body: { level, muted_until, hidden: false },
            }),
      ),
    onSuccess: refresh,
  })
}

export function useSettings(conversationId: string) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: Schemas['SettingsDraft']) =>
      answer(api.PUT('/api/v1/conversations/{conversation_id}/settings', { params: of(conversationId), body })),
    onSuccess: refresh,
  })
}

export function useAddPeople(conversationId: string) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (ids: string[]) =>
      answer(
        api.POST('/api/v1/conversations/{conversation_id}/members', {
          params: of(conversationId),
          body: { member_ids: ids },
        }),
      ),
    onSuccess: refresh,
  })
}

export function useRemovePerson(conversationId: string) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (memberId: string) =>
      answer(
        api.DELETE('/api/v1/conversations/{conversation_id}/members/{member_id}', {
          params: { path: { conversation_id: conversationId, member_id: memberId } },
        }),
      ),
    onSuccess: refresh,
  })
}

export function useJoin() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/api/v1/conversations/{conversation_id}/join', { params: of(id) })),
    onSuccess: refresh,
  })
}

/** Once it is done, nothing of the conversation is held here. */
function useEnding(end: (id: string) => Promise<unknown>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: end, onSuccess: (_, id) => forgetConversation(cache, id) })
}

export const useLeave = () =>
  useEnding((id) => answer(api.POST('/api/v1/conversations/{conversation_id}/leave', { params: of(id) })))

export const useDeleteConversation = () =>
  useEnding((id) => answer(api.DELETE('/api/v1/conversations/{conversation_id}', { params: of(id) })))

export function useChangePreferences() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Schemas['PreferencesDraft']) => answer(api.PUT('/api/v1/me/chat-preferences', { body })),
    onSuccess: (kept) => cache.setQueryData(preferencesQuery.queryKey, kept),
  })
}

/** All that is read of conversations but what was said in them. */
function useRefresh() {
  const cache = useQueryClient()
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: CONVERSATIONS }),
      cache.invalidateQueries({ queryKey: [...CHAT, 'channels'] }),
      cache.invalidateQueries({ queryKey: [...CHAT, 'members'] }),
    ])
}
