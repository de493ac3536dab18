import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { type CommentAct, orLater, type PostAct, type ReactionAct } from './acts'
import { readFeedAnew, readPostAgain } from './feed'
import { type Answer, POSTS, type ReactionKind, type Said, type ScheduledDraft, type ScheduledPost } from './queries'

/** What is done to a post or under it changes counts and what one may do: all of them are read again, and in the feed this
 * one alone. */
function useRefresh(postId?: string) {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: POSTS }),
      postId !== undefined && readPostAgain(queryClient, postId),
    ])
}

export const useRefreshedPost = useRefresh

/** What one says oneself is there at once, also in the feed. */
function useSaid() {
  const queryClient = useQueryClient()
  return () => Promise.all([queryClient.invalidateQueries({ queryKey: POSTS }), readFeedAnew(queryClient)])
}

/** Where it waits for the network, there is nothing to read anew, and nobody to read it from. */
const onceSent = (refresh: () => Promise<unknown>) => (sent: boolean) => (sent ? refresh() : undefined)

const to = (id: string) => ({ path: { post_id: id } })

/** Says something in one community, or once in several; or to the whole organisation. Where the server is not reached it
 * is said when it is. */
export function usePublish() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ once, ...act }: Pick<PostAct, 'placeId' | 'draft' | 'writing'> & { once: string }) =>
      orLater<PostAct>(cache, { what: 'post', clientId: once, ...act }),
    onSuccess: onceSent(useSaid()),
  })
}

/** Says it later; or puts it in the place of what was to be said. */
export function useSchedule(scheduled: Pick<ScheduledPost, 'id' | 'version'> | undefined) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: ScheduledDraft; once: string }) =>
      answer(
        scheduled === undefined
          ? api.POST('/api/v1/me/scheduled-posts', { body: draft, headers: { 'idempotency-key': once } })
          : api.PUT('/api/v1/me/scheduled-posts/{scheduled_id}', {
              params: { path: { scheduled_id: scheduled.id } },
              body: draft,
              headers: { 'if-match': `"${scheduled.version}"` },
            }),
      ),
    onSuccess: useRefresh(),
  })
}

export function usePublishScheduled(id: string) {
  return useMutation({
    mutationFn: (once: string) =>
      answer(
        api.POST('/api/v1/me/scheduled-posts/{scheduled_id}/publication', {
          params: { path: { scheduled_id: id } },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: useSaid(),
  })
}

export function useCancelScheduled(id: string) {
  return useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/me/scheduled-posts/{scheduled_id}', { params: { path: { scheduled_id: id } } })),
    onSuccess: useRefresh(),
  })
}

export function useReact(postId: string, commentId: string | undefined) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (given: { kind: ReactionKind; stands: boolean }) =>
      orLater<ReactionAct>(cache, { what: 'reaction', clientId: crypto.randomUUID(), postId, commentId, ...given }),
    onSuccess: onceSent(useRefresh(postId)),
  })
}

/** These choices in place of those before; none takes them back. */
export function useVote(postId: string) {
  return useMutation({
    mutationFn: (ids: string[]) =>
      answer(api.PUT('/api/v1/posts/{post_id}/vote', { params: to(postId), body: { option_ids: ids } })),
    onSuccess: useRefresh(postId),
  })
}

export function useSupport(postId: string) {
  return useMutation({
    mutationFn: (stands: boolean) => {
      const call = { params: to(postId) }
      return answer(
        stands ? api.PUT('/api/v1/posts/{post_id}/support', call) : api.DELETE('/api/v1/posts/{post_id}/support', call),
      )
    },
    onSuccess: useRefresh(postId),
  })
}

/** Whether one comes; nothing takes the answer back. */
export function useAttend(postId: string) {
  return useMutation({
    mutationFn: (given: Answer | undefined) =>
      answer(
        given === undefined
          ? api.DELETE('/api/v1/posts/{post_id}/attendance', { params: to(postId) })
          : api.PUT('/api/v1/posts/{post_id}/attendance', { params: to(postId), body: { answer: given } }),
      ),
    onSuccess: useRefresh(),
  })
}

/** So many minutes before, or never. */
export function useRemind(postId: string) {
  return useMutation({
    mutationFn: ({ before, byMail }: { before: 10 | 60 | 1440 | 10080 | undefined; byMail: boolean }) =>
      answer(
        before === undefined
          ? api.DELETE('/api/v1/posts/{post_id}/reminder', { params: to(postId) })
          : api.PUT('/api/v1/posts/{post_id}/reminder', {
              params: to(postId),
              body: { minutes_before: before, by_mail: byMail },
            }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useCancelEvent(postId: string, version: number) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/posts/{post_id}/cancellation', {
          params: to(postId),
          headers: { 'if-match': `"${version}"` },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useAnswerIdea(postId: string) {
  return useMutation({
    mutationFn: (body: components['schemas']['IdeaAnswer']) =>
      answer(api.PUT('/api/v1/posts/{post_id}/idea-answer', { params: to(postId), body })),
    onSuccess: useRefresh(postId),
  })
}

export function useEditPost(postId: string, version: number) {
  return useMutation({
    mutationFn: (body: components['schemas']['PostChange']) =>
      answer(
        api.PATCH('/api/v1/posts/{post_id}', { params: to(postId), body, headers: { 'if-match': `"${version}"` } }),
      ),
    onSuccess: useRefresh(postId),
  })
}

export function useEditComment(postId: string, { id, version }: Pick<Said, 'id' | 'version'>) {
  return useMutation({
    mutationFn: (body: components['schemas']['CommentChange']) =>
      answer(
        api.PATCH('/api/v1/posts/{post_id}/comments/{comment_id}', {
          params: { path: { post_id: postId, comment_id: id } },
          body,
          headers: { 'if-match': `"${version}"` },
        }),
      ),
    onSuccess: useRefresh(postId),
  })
}

export function useKeep(postId: string) {
  return useMutation({
    mutationFn: (kept: boolean) => {
      const call = { params: to(postId) }
      return answer(
        kept ? api.PUT('/api/v1/posts/{post_id}/bookmark', call) : api.DELETE('/api/v1/posts/{post_id}/bookmark', call),
      )
    },
    onSuccess: useRefresh(postId),
  })
}

export function usePin(postId: string, communityId: string) {
  return useMutation({
    mutationFn: (pinned: boolean) => {
      const call = { params: { path: { post_id: postId, community_id: communityId } } }
      return answer(
        pinned
          ? api.PUT('/api/v1/posts/{post_id}/places/{community_id}/pin', call)
          : api.DELETE('/api/v1/posts/{post_id}/places/{community_id}/pin', call),
      )
    },
    onSuccess: useRefresh(postId),
  })
}

export function useDeletePost(postId: string) {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/posts/{post_id}', { params: to(postId) })),
    onSuccess: useRefresh(postId),
  })
}

export function useComment(postId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, once }: { draft: components['schemas']['CommentDraft']; once: string }) =>
      orLater<CommentAct>(cache, { what: 'comment', clientId: once, postId, draft }),
    onSuccess: onceSent(useRefresh(postId)),
  })
}

export function useDeleteComment(postId: string) {
  return useMutation({
    mutationFn: (commentId: string) =>
      answer(
        api.DELETE('/api/v1/posts/{post_id}/comments/{comment_id}', {
          params: { path: { post_id: postId, comment_id: commentId } },
        }),
      ),
    onSuccess: useRefresh(postId),
  })
}

/** Another comment is the answer, or none. */
export function useAccept(postId: string) {
  return useMutation({
    mutationFn: (commentId: string | null) =>
      answer(
        commentId === null
          ? api.DELETE('/api/v1/posts/{post_id}/accepted-answer', { params: to(postId) })
          : api.PUT('/api/v1/posts/{post_id}/accepted-answer', { params: to(postId), body: { comment_id: commentId } }),
      ),
    onSuccess: useRefresh(postId),
  })
}
