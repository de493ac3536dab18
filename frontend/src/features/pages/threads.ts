import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { pageKey } from './queries'

type Schemas = components['schemas']

export type Thread = Schemas['PageThreadOut']
export type Comment = Schemas['CommentOut']
export type Said = Schemas['SaidOut']
export type ThreadDraft = Schemas['PageThreadDraft']
export type ReactionKind = Schemas['ReactionOut']['kind']
export type Which = 'open' | 'resolved'

export const threadsKey = (pageId: string) => [...pageKey(pageId), 'threads'] as const
const MANY = 100

export const threadsQuery = (pageId: string, which: Which) =>
  listing<Thread>([...threadsKey(pageId), which], (cursor, signal) =>
    answer(
      api.GET('/api/v1/pages/{document_id}/threads', {
        params: { path: { document_id: pageId }, query: { state: which, limit: MANY, cursor } },
        signal,
      }),
    ),
  )

/** All that answers what a thread began with. */
export const answersQuery = (pageId: string, threadId: string) =>
  listing<Comment>([...threadsKey(pageId), 'answers', threadId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/pages/{document_id}/threads/{thread_id}/comments', {
        params: { path: { document_id: pageId, thread_id: threadId }, query: { limit: MANY, cursor } },
        signal,
      }),
    ),
  )

function useRefresh(pageId: string) {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: threadsKey(pageId) })
}

export function useBegin(pageId: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: ThreadDraft; once: string }) =>
      answer(
        api.POST('/api/v1/pages/{document_id}/threads', {
          params: { path: { document_id: pageId } },
          headers: { 'idempotency-key': once },
          body: draft,
        }),
      ),
    onSuccess: useRefresh(pageId),
  })
}

export function useAnswer(pageId: string, threadId: string) {
  return useMutation({
    mutationFn: ({ said, once }: { said: Schemas['PageAnswerDraft']; once: string }) =>
      answer(
        api.POST('/api/v1/pages/{document_id}/threads/{thread_id}/comments', {
          params: { path: { document_id: pageId, thread_id: threadId } },
          headers: { 'idempotency-key': once },
          body: said,
        }),
      ),
    onSuccess: useRefresh(pageId),
  })
}

const of = (pageId: string, { id, thread_id }: Pick<Said, 'id' | 'thread_id'>) => ({
  document_id: pageId,
  thread_id,
  comment_id: id,
})

export function useEdit(pageId: string, said: Said) {
  return useMutation({
    mutationFn: (body: Schemas['CommentChange']) =>
      answer(
        api.PATCH('/api/v1/pages/{document_id}/threads/{thread_id}/comments/{comment_id}', {
          params: { path: of(pageId, said) },
          headers: { 'if-match': `"${said.version}"` },
          body,
        }),
      ),
    onSettled: useRefresh(pageId),
  })
}

export function useDelete(pageId: string, said: Said) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/pages/{document_id}/threads/{thread_id}/comments/{comment_id}', {
          params: { path: of(pageId, said) },
        }),
      ),
    onSettled: useRefresh(pageId),
  })
}

export function useReact(pageId: string, said: Said) {
  const params = (kind: ReactionKind) => ({ params: { path: { ...of(pageId, said), kind } } })
  const address = '/api/v1/pages/{document_id}/threads/{thread_id}/comments/{comment_id}/reactions/{kind}'
  return useMutation({
    mutationFn: ({ kind, stands }: { kind: ReactionKind; stands: boolean }) =>
      answer(stands ? api.PUT(address, params(kind)) : api.DELETE(address, params(kind))),
    onSettled: useRefresh(pageId),
  })
}

export function useResolve(pageId: string, threadId: string) {
  const params = { params: { path: { document_id: pageId, thread_id: threadId } } }
  const address = '/api/v1/pages/{document_id}/threads/{thread_id}/resolution'
  return useMutation({
    mutationFn: (resolved: boolean) => answer(resolved ? api.PUT(address, params) : api.DELETE(address, params)),
    onSettled: useRefresh(pageId),
  })
}

/** What others said that was not there before: announced, once. */
export function newsIn(before: ReadonlySet<string> | undefined, threads: readonly Thread[], memberId: string) {
  const all = threads.flatMap(({ opening }) => [opening, ...opening.replies]).filter(({ gone }) => !gone)
  const ids = new Set(all.map(({ id }) => id))
  const last = before && all.findLast(({ id, author }) => !before.has(id) && author?.id !== memberId)
  return { ids, last }
}
