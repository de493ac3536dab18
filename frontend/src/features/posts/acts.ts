import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { answer, api } from '@/api/client'
import { Unreachable } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { alone, Outbox, type Waiting, writtenAt } from '@/entities/outbox/outbox'
import { shelfOf } from '@/entities/outbox/shelf'
import { type Session, sessionQuery } from '@/entities/session/queries'
import { onReach } from '@/lib/online'
import { readFeedAnew, readPostAgain } from './feed'
import { type Draft, type PlacedDraft, POSTS, type Reaction, type ReactionKind } from './queries'
import type { Writing } from './writing'

export interface PostAct extends Waiting {
  what: 'post'
  /** The community on whose wall it was written, or `square`. */
  placeId: string
  draft: Draft | PlacedDraft
  /** As it stood in the composer, to be written on if it is refused. */
  writing: Writing
}
export interface CommentAct extends Waiting {
  what: 'comment'
  postId: string
  draft: components['schemas']['CommentDraft']
}
export interface ReactionAct extends Waiting {
  what: 'reaction'
  postId: string
  commentId: string | undefined
  kind: ReactionKind
  stands: boolean
}
/** What one did where the server could not be reached: it leaves when it can. */
export type Act = PostAct | CommentAct | ReactionAct

let mine: { memberId: string; outbox: Outbox<Act>; stop: () => void } | undefined

/** The outbox of the member who is here; another's stops. */
export function actsOf(memberId: string, cache: QueryClient): Outbox<Act> {
  if (mine?.memberId === memberId) return mine.outbox
  mine?.stop()
  const outbox = new Outbox<Act>(
    shelfOf('acts', memberId),
    { send: sendAct, arrived: (_, act) => void readAgain(cache, act) },
    (work) => alone(`parvis.acts.${memberId}`, work),
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

const NONE: readonly Act[] = []

/** What this member has on its way, and how to try or give up what was refused. */
export function useActs() {
  const cache = useQueryClient()
  const memberId = memberOf(cache)
  const outbox = memberId === undefined ? undefined : actsOf(memberId, cache)
  const acts = useSyncExternalStore(outbox?.subscribe ?? nothing, () => outbox?.pending ?? NONE)
  return {
    acts,
    retry: (clientId: string) => void outbox?.retry(clientId),
    drop: (clientId: string) => void outbox?.drop(clientId),
  }
}

/** Sends it now; where the server is not reached, when it is. Whether it was sent; what is refused now is thrown. */
export async function orLater<Kind extends Act>(cache: QueryClient, given: Omit<Kind, 'at'>): Promise<boolean> {
  const act = { ...given, at: writtenAt() } as Kind
  try {
    await sendAct(act)
    return true
  } catch (error) {
    const memberId = memberOf(cache)
    if (!(error instanceof Unreachable) || memberId === undefined) throw error
    await actsOf(memberId, cache).add(act)
    return false
  }
}

/** One's last word on a reaction, while it is on its way, in place of what the server last said. */
export function withActs(
  given: readonly Reaction[],
  acts: readonly Act[],
  postId: string,
  commentId: string | undefined,
): Reaction[] {
  const shown = new Map(given.map((one) => [one.kind, one]))
  for (const act of acts) {
    if (act.what !== 'reaction' || act.postId !== postId || act.commentId !== commentId) continue
    const { kind, stands } = act
    const now = shown.get(kind)
    if ((now?.mine ?? false) === stands) continue
    shown.set(kind, { ...now, kind, mine: stands, count: Math.max(0, (now?.count ?? 0) + (stands ? 1 : -1)) })
  }
  return [...shown.values()].filter(({ count }) => count > 0)
}

function sendAct(act: Act): Promise<unknown> {
  const headers = { 'idempotency-key': act.clientId }
  switch (act.what) {
    case 'post':
      return sendPost(act, headers)
    case 'comment':
      return answer(
        api.POST('/api/v1/posts/{post_id}/comments', {
          params: { path: { post_id: act.postId } },
          body: act.draft,
          headers,
        }),
      )
    case 'reaction':
      return act.commentId === undefined
        ? reactToPost(act.postId, act.kind, act.stands)
        : reactToComment(act.postId, act.commentId, act.kind, act.stands)
  }
}

function sendPost({ placeId, draft }: PostAct, headers: { 'idempotency-key': string }): Promise<unknown> {
  if (placeId === 'square') return answer(api.POST('/api/v1/square/posts', { body: draft, headers }))
  const { places, discussion, ...rest } = draft as PlacedDraft
  const [place, ...others] = places
  return answer(
    place !== undefined && others.length === 0
      ? api.POST('/api/v1/communities/{community_id}/posts', {
          params: { path: { community_id: place } },
          body: rest,
          headers,
        })
      : api.POST('/api/v1/posts', { body: { ...rest, places, discussion }, headers }),
  )
}

function reactToPost(postId: string, kind: ReactionKind, stands: boolean): Promise<unknown> {
  const call = { params: { path: { post_id: postId, kind } } }
  return answer(
    stands
      ? api.PUT('/api/v1/posts/{post_id}/reactions/{kind}', call)
      : api.DELETE('/api/v1/posts/{post_id}/reactions/{kind}', call),
  )
}

function reactToComment(postId: string, commentId: string, kind: ReactionKind, stands: boolean): Promise<unknown> {
  const call = { params: { path: { post_id: postId, comment_id: commentId, kind } } }
  return answer(
    stands
      ? api.PUT('/api/v1/posts/{post_id}/comments/{comment_id}/reactions/{kind}', call)
      : api.DELETE('/api/v1/posts/{post_id}/comments/{comment_id}/reactions/{kind}', call),
  )
}

/** Counts and what one may do are other ones: read again, and in the feed this post alone. */
const readAgain = (cache: QueryClient, act: Act) =>
  Promise.all([
    cache.invalidateQueries({ queryKey: POSTS }),
    act.what === 'post' ? readFeedAnew(cache) : readPostAgain(cache, act.postId),
  ])

const memberOf = (cache: QueryClient) => cache.getQueryData<Session>(sessionQuery.queryKey)?.member?.id
const nothing = () => () => {}
