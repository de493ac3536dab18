import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Draft = components['schemas']['ReportDraft']
export type Reason = Draft['reason']

/** In the order in which they are offered. */
export const reasons: readonly Reason[] = [
  'harassment',
  'hate',
  'privacy',
  'sexual',
  'spam',
  'misleading',
  'charter',
  'other',
]
export const MY_REPORTS = ['my-reports'] as const

/** A post, or a comment on it. */
export interface Subject {
  postId: string
  commentId?: string
}

export function useReport({ postId, commentId }: Subject) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Draft) =>
      answer(
        commentId
          ? api.PUT('/api/v1/posts/{post_id}/comments/{comment_id}/report', {
              params: { path: { post_id: postId, comment_id: commentId } },
              body,
            })
          : api.PUT('/api/v1/posts/{post_id}/report', { params: { path: { post_id: postId } }, body }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: MY_REPORTS }),
  })
}
