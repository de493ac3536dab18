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

/** A post, a comment on it, or a message: of a channel, or between some; a comment of a page. */
export type Subject =
  | { postId: string; commentId?: string }
  | { messageId: string; isPrivate: boolean }
  | { pageId: string; threadId: string; commentId: string; isPrivate: boolean }

function sent(subject: Subject, body: Draft) {
  if ('messageId' in subject)
    return api.PUT('/api/v1/messages/{message_id}/report', {
      params: { path: { message_id: subject.messageId } },
      body,
    })
  if ('pageId' in subject)
    return api.PUT('/api/v1/pages/{document_id}/threads/{thread_id}/comments/{comment_id}/report', {
      params: {
        path: { document_id: subject.pageId, thread_id: subject.threadId, comment_id: subject.commentId },
      },
      body,
    })
  const { postId, commentId } = subject
  return commentId
    ? api.PUT('/api/v1/posts/{post_id}/comments/{comment_id}/report', {
        params: { path: { post_id: postId, comment_id: commentId } },
        body,
      })
    : api.PUT('/api/v1/posts/{post_id}/report', { params: { path: { post_id: postId } }, body })
}

export function useReport(subject: Subject) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Draft) => answer(sent(subject, body)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: MY_REPORTS }),
  })
}
