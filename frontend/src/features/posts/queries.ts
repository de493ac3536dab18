import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Post = components['schemas']['PostOut']
export type Place = components['schemas']['PostPlaceOut']
/** Where a post is discussed: in a community, or on the square. */
export interface Discussed {
  communityId: string | null
  thread_id: string
  abilities: readonly string[]
}
export type Comment = components['schemas']['CommentOut']
export type Said = components['schemas']['SaidOut']
export type Reaction = components['schemas']['ReactionOut']
export type ReactionKind = Reaction['kind']
export type PollPost = Post & { poll: NonNullable<Post['poll']> }
export type IdeaPost = Post & { idea: NonNullable<Post['idea']> }
export type EventPost = Post & { event: NonNullable<Post['event']> }
export type EventDraft = components['schemas']['EventDraft']
export type Answer = components['schemas']['AttendanceDraft']['answer']
export type Shown = Answer | 'waiting'
export type AnnouncementPost = Post & { announcement: NonNullable<Post['announcement']> }
export type Version = components['schemas']['PostVersionOut']
export type Person = components['schemas']['PersonRef']
export type PlacedDraft = components['schemas']['PlacedDraft']
export type ScheduledPost = components['schemas']['ScheduledPostOut']
export type ScheduledDraft = components['schemas']['ScheduledDraft']
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

/** What stays on top of a wall: five at most. */
export const pinnedQuery = (communityId: string) =>
  listing<Post>([...POSTS, 'pinned', communityId], (_, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/posts', {
        params: { path: { community_id: communityId }, query: { limit: 5, pinned: true } },
        signal,
      }),
    ),
  )

/** What one is to say later: fifty at most. */
export const scheduledQuery = queryOptions({
  queryKey: [...POSTS, 'scheduled'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/me/scheduled-posts', { params: { query: { limit: 50 } }, signal }))).items,
})

export const bookmarksQuery = listing<Post>([...POSTS, 'bookmarks'], (cursor, signal) =>
  answer(api.GET('/api/v1/me/bookmarks', { params: { query: { limit: PAGE, cursor } }, signal })),
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

/** The replies to a comment, all of them. */
export const repliesQuery = (postId: string, threadId: string, parentId: string) =>
  listing<Comment>([...POSTS, postId, 'replies', parentId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/posts/{post_id}/comments', {
        params: {
          path: { post_id: postId },
          query: { thread_id: threadId, parent_id: parentId, limit: PAGE, cursor },
        },
        signal,
      }),
    ),
  )

export const versionsQuery = (postId: string) =>
  listing<Version>([...POSTS, postId, 'versions'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/posts/{post_id}/versions', {
        params: { path: { post_id: postId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** People who did something to a post. */
export const peopleListing = (...[key, read]: Parameters<typeof listing<Person>>) =>
  listing<Person>([...POSTS, ...key], read)

export const votersQuery = (postId: string, optionId: string) =>
  peopleListing([postId, 'voters', optionId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/posts/{post_id}/options/{option_id}/voters', {
        params: { path: { post_id: postId, option_id: optionId }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** Who answered so to an event. */
export const attendeesQuery = (postId: string, answered: Shown) =>
  peopleListing([postId, 'attendees', answered], (cursor, signal) =>
    answer(
      api.GET('/api/v1/posts/{post_id}/attendees', {
        params: { path: { post_id: postId }, query: { answer: answered, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const reactorsQuery = (postId: string, commentId: string | undefined, kind: ReactionKind) =>
  peopleListing([postId, 'reactors', commentId, kind], (cursor, signal) => {
    const query = { limit: PAGE, cursor }
    return answer(
      commentId === undefined
        ? api.GET('/api/v1/posts/{post_id}/reactions/{kind}', {
            params: { path: { post_id: postId, kind }, query },
            signal,
          })
        : api.GET('/api/v1/posts/{post_id}/comments/{comment_id}/reactions/{kind}', {
            params: { path: { post_id: postId, comment_id: commentId, kind }, query },
            signal,
          }),
    )
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

const AT_HAND = 6
const OFFERED = 20

/** How a text would be read. */
export const previewQuery = (body: string) =>
  queryOptions({
    queryKey: ['post-preview', body],
    queryFn: () => answer(api.POST('/api/v1/posts/previews', { body: { body } })),
  })

/** Those of a community whose name has these words, for who names them. */
export const suggestionsQuery = (communityId: string, words: string) =>
  queryOptions({
    queryKey: ['communities', 'named', communityId, words],
    queryFn: async ({ signal }) => {
      const { items } = await answer(
        api.GET('/api/v1/communities/{community_id}/members', {
          params: { path: { community_id: communityId }, query: { q: words, limit: AT_HAND } },
          signal,
        }),
      )
      return items.map(({ person }) => person)
    },
    placeholderData: keepPreviousData,
  })

/** Communities where one may post, found by words. */
export const placesQuery = (words: string) =>
  queryOptions({
    queryKey: ['communities', 'to-post-in', words],
    queryFn: async ({ signal }) => {
      const query = { q: words, mine: true, sort: 'active' as const, limit: OFFERED }
      const { items } = await answer(api.GET('/api/v1/communities', { params: { query }, signal }))
      return items
        .filter(({ abilities }) => abilities.includes('post'))
        .map(({ id, name, abilities }) => ({ id, name, mayUpload: abilities.includes('upload') }))
    },
    placeholderData: keepPreviousData,
  })

/** How many people a post there would call. */
export const calledQuery = (communityId: string) =>
  queryOptions({
    queryKey: ['communities', 'called', communityId],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/communities/{community_id}/called/count', {
          params: { path: { community_id: communityId } },
          signal,
        }),
      ),
  })
