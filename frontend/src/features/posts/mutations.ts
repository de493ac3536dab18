import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { type Draft, POSTS } from './queries'

/** What is done to a post or under it changes counts and what one may do: all of them are read again. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: POSTS })
}

const to = (id: string) => ({ path: { post_id: id } })

export function usePublish(communityId: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: Draft; once: string }) =>
      answer(
        api.POST('/api/v1/communities/{community_id}/posts', {
          params: { path: { community_id: communityId } },
          body: draft,
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useThank(postId: string) {
  return useMutation({
    mutationFn: (thanks: boolean) => {
      const call = { params: { path: { post_id: postId, kind: 'thanks' as const } } }
      return answer(
        thanks
          ? api.PUT('/api/v1/posts/{post_id}/reactions/{kind}', call)
          : api.DELETE('/api/v1/posts/{post_id}/reactions/{kind}', call),
      )
    },
    onSuccess: useRefresh(),
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
    onSuccess: useRefresh(),
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
    onSuccess: useRefresh(),
  })
}

export function useDeletePost(postId: string) {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/posts/{post_id}', { params: to(postId) })),
    onSuccess: useRefresh(),
  })
}

export function useComment(postId: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: components['schemas']['CommentDraft']; once: string }) =>
      answer(
        api.POST('/api/v1/posts/{post_id}/comments', {
          params: to(postId),
          body: draft,
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: useRefresh(),
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
    onSuccess: useRefresh(),
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
    onSuccess: useRefresh(),
  })
}
