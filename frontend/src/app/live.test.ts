import { QueryObserver } from '@tanstack/react-query'
import { waitingQuery } from '@/entities/notification/queries'
import { sessionQuery } from '@/entities/session/queries'
import { requestsCountQuery } from '@/features/ties/queries'
import type { LiveEvent } from '@/realtime/wire'
import { makeMember, makeSession } from '@/testing/make'
import { testQueryClient } from '@/testing/render'
import { serve } from '@/testing/server'
import { audienceOf, handlers } from './live'

const server = serve({ 'GET /api/v1/me/contact-requests/count': { received: 1 } })
const happened = (event: Pick<LiveEvent, 'type' | 'data'>) =>
  ({ id: 'e.1', topic: 'member:1', at: '2026-11-25T10:00:00.000Z', ...event }) as LiveEvent

test('a request that comes is counted where the count is shown', async () => {
  const cache = testQueryClient()
  const shown = new QueryObserver(cache, requestsCountQuery)
  const counts: (number | undefined)[] = []
  shown.subscribe(({ data }) => counts.push(data?.received))
  await vi.waitFor(() => expect(counts.at(-1)).toBe(1))
  server.give({ 'GET /api/v1/me/contact-requests/count': { received: 2 } })
  audienceOf(cache).hear(happened({ type: 'contacts.changed', data: {} }))
  await vi.waitFor(() => expect(counts.at(-1)).toBe(2))
  shown.destroy()
})

test('a place that is closed leaves memory, and others stay', () => {
  const cache = testQueryClient()
  cache.setQueryData(['communities', 'one', 'c1'], { name: 'Secret' })
  cache.setQueryData(['posts', { place: 'c1' }], [])
  cache.setQueryData(['communities', 'one', 'c2'], { name: 'Autre' })
  audienceOf(cache).hear(happened({ type: 'access.lost', data: { about: 'community:c1' } }))
  const held = cache.getQueryCache().getAll()
  expect(held.map(({ queryKey }) => queryKey)).toEqual([['communities', 'one', 'c2']])
  expect(held[0]?.isStale()).toBe(true)
})

test('a snapshot brings what it holds, and makes the rest old', () => {
  const cache = testQueryClient()
  const before = makeSession()
  const member = makeMember({ name: 'Inès Benali-Roy' })
  cache.setQueryData(sessionQuery.queryKey, before)
  cache.setQueryData(['directory'], [])
  audienceOf(cache).begin(
    {
      cursor: 'e.1',
      viewer: member,
      contact_requests: { received: 4 },
      chat: null,
      notifications: { unread: 6, position: 9, is_pushed: false },
    },
    true,
  )
  expect(cache.getQueryData(sessionQuery.queryKey)).toEqual({ ...before, member })
  expect(cache.getQueryData(requestsCountQuery.queryKey)).toEqual({ received: 4 })
  expect(cache.getQueryData(waitingQuery.queryKey)).toEqual({ unread: 6, position: 9, is_pushed: false })
  expect(cache.getQueryState(['directory'])?.isInvalidated).toBe(true)
})

test('an event of a newer server is passed over', () => {
  const cache = testQueryClient()
  expect(() => audienceOf(cache).hear(happened({ type: 'moon.landed' as never, data: {} }))).not.toThrow()
  expect(Object.keys(handlers).length).toBeGreaterThan(20)
})

/** One answer under each key that the pages read. */
const HELD = [
  ['me'],
  ['me', 'addresses'],
  ['me', 'credentials'],
  ['me', 'passkeys'],
  ['me', 'sessions'],
  ['me', 'tokens'],
  ['me', 'exports'],
  ['session'],
  ['organisation'],
  ['structure', 'units'],
  ['my-profile'],
  ['profiles', 'x'],
  ['directory', 'people'],
  ['my-interests'],
  ['notification-choices'],
  ['ties', 'count'],
  ['notifications', 'list'],
  ['communities', 'at-hand'],
  ['communities', 'one', 'place-1'],
  ['audiences', 'saved'],
  ['calendar-feed'],
  ['chat-preferences'],
  ['documents', 'one', 'x'],
  ['documents', 'folder', 'x'],
  ['documents', 'in', 'x', 'documents'],
  ['documents', 'one', 'other'],
  ['documents', 'preview', 'f'],
  ['documents', 'readers', 'other'],
  ['documents', 'tasks'],
  ['documents', 'page', 'd', 'threads', 'open'],
  ['chat', 'conversations', 'some'],
  ['posts', 'wall', 'place-1'],
  ['posts', 'bookmarks'],
  ['posts', 'agenda'],
  ['posts', 'scheduled'],
  ['posts', 'p', 'one'],
  ['posts', 'p', 'comments', 't'],
  ['feed', 'new', 'for_you'],
  ['announcements', 'sent'],
  ['announcements', 'drafts'],
  ['cases', 'place-1', 'open'],
  ['my-reports'],
  ['my-decisions'],
] as const
type Key = (typeof HELD)[number][0]

const POST = ['posts']
const PLACES = ['communities', 'posts', 'cases', 'chat/conversations', 'notifications', 'documents']
/** Types that say what was said: what is held of it changes as they say, and is not read. */
type Saying = Extract<LiveEvent['type'], `message.${string}` | 'thread.mine_changed'>
/** Type of event -> what is read anew, as `docs/apply.py` says it of paths: keys from their beginning. */
const READ_ANEW: Record<Exclude<LiveEvent['type'], Saying>, readonly string[]> = {
  'access.gained': PLACES,
  'access.changed': PLACES,
  'access.lost': PLACES,
  'member.updated': ['me!', 'session'],
  'member.roles_changed': ['me!', 'session', ...PLACES],
  'member.credentials_changed': ['me'],
  'session.opened': ['me/sessions'],
  'session.revoked': ['me/sessions'],
  'token.created': ['me/tokens'],
  'token.revoked': ['me/tokens'],
  'organisation.changed': ['organisation'],
  'structure.changed': ['structure'],
  'profile.changed': ['my-profile', 'profiles', 'session', 'me!'],
  'interests.chosen': ['my-interests'],
  'contacts.changed': ['ties', 'profiles', 'notifications'],
  'blocks.changed': ['ties', 'profiles', 'directory', ...PLACES],
  'mentorship.changed': ['ties', 'notifications'],
  'notification_choices.changed': ['notification-choices'],
  'community.created': ['communities'],
  'community.changed': PLACES,
  'community.people_changed': ['communities'],
  'community.door_changed': ['communities', 'notifications'],
  'community.invitations_changed': ['communities', 'notifications'],
  'community.automatic_changed': ['communities'],
  'audience.changed': ['audiences'],
  'calendar.feed_changed': ['calendar-feed'],
  'chat.mine_chosen': ['chat-preferences'],
  'conversation.changed': ['chat/conversations'],
  'conversation.mine_changed': ['chat/conversations'],
  'folder.followed': ['documents/folder'],
  'folder.changed': ['documents/folder/x', 'documents/in/x', 'documents/readers', 'documents/tasks'],
  'document.changed': ['documents/one/x', 'documents/readers', 'documents/tasks'],
  'page.thread_changed': ['documents/page/d/threads'],
  'post.published': ['posts', 'communities/at-hand', 'feed/new'],
  'post.changed': POST,
  'post.deleted': ['posts', 'notifications'],
  'post.unfurled': POST,
  'post.pin_changed': POST,
  'post.answer_accepted': ['posts', 'notifications'],
  'post.reactions_changed': POST,
  'post.poll_voted': POST,
  'post.idea_changed': POST,
  'post.event_answered': POST,
  'post.seat_given': POST,
  'post.mine_changed': POST,
  'post.scheduled_changed': ['posts/scheduled'],
  'announcement.told': ['posts', 'feed/new'],
  'announcement.draft_changed': ['announcements'],
  'comment.added': ['posts/p', 'communities/at-hand'],
  'comment.changed': ['posts/p'],
  'comment.deleted': ['posts/p', 'notifications'],
  'comment.reactions_changed': ['posts/p'],
  'reaction.mine_changed': POST,
  'bookmark.mine_changed': POST,
  'member.mentioned': POST,
  'member.answered': POST,
  'notifications.changed': ['notifications'],
  'report.sent': ['my-reports'],
  'report.received': ['cases'],
  'case.decided': ['cases'],
  'report.decided': ['my-reports'],
  'member.moderated': ['my-decisions', 'posts'],
  'export.asked': ['me/exports'],
  'export.ready': ['me/exports'],
  'export.deleted': ['me/exports'],
}

const isOf = (key: string, beginning: string) =>
  beginning.endsWith('!') ? `${key}!` === beginning : `${key}/`.startsWith(`${beginning}/`)

test.each(Object.entries(READ_ANEW))('%s: what it makes old is read anew, and nothing else is', async (type, anew) => {
  vi.useFakeTimers()
  const cache = testQueryClient()
  for (const key of HELD) cache.setQueryData(key, { pages: [] })
  const data = {
    kind: 'post',
    id: 'x',
    folder_id: null,
    post_id: 'p',
    document_id: 'd',
    about: 'community:place-1',
    reaction: 'thanks',
    stands: true,
  }
  const hear = () => audienceOf(cache).hear(happened({ type: type as never, data: data as never }))
  const old = () =>
    HELD.filter((key) => cache.getQueryState(key)?.isInvalidated !== false).map((key) =>
      (key as readonly Key[]).join('/'),
    )
  hear()
  await vi.runAllTimersAsync()
  const expected = HELD.map((key) => key.join('/')).filter((key) => anew.some((one) => isOf(key, one)))
  expect(old()).toEqual(expected)
  expect(expected.length).toBeGreaterThan(0)
  hear()
  await vi.runAllTimersAsync()
  expect(old()).toEqual(expected)
  vi.useRealTimers()
})
