import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Post = components['schemas']['PostOut']
export type Place = components['schemas']['PostPlaceOut']
export type Comment = components['schemas']['CommentOut']
export type Said = components['schemas']['SaidOut']
export type Draft = components['schemas']['PostDraft']

/** The key of all that is read of posts. */
export const POSTS = ['posts'] as const
const PAGE = 20

export const wallQuery = (communityId: string) =>
  listing<Post>([...POSTS, 'wall', communityId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/posts', {
        params: { path: { community_id: communityId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: [...POSTS, id, 'one'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/posts/{post_id}', { params: { path: { post_id: id } }, signal })),
  })

export const commentQuery = (postId: string, commentId: string) =>
  queryOptions({
    queryKey: [...POSTS, postId, 'comment', commentId],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/posts/{post_id}/comments/{comment_id}', {
          params: { path: { post_id: postId, comment_id: commentId } },
          signal,
        }),
      ),
  })

export const commentsQuery = (postId: string, threadId: string) =>
  listing<Comment>([...POSTS, postId, 'comments', threadId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/posts/{post_id}/comments', {
        params: { path: { post_id: postId }, query: { thread_id: threadId, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )
