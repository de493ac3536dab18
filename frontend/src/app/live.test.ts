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
    { cursor: 'e.1', viewer: member, contact_requests: { received: 4 }, notifications: { unread: 6, position: 9 } },
    true,
  )
  expect(cache.getQueryData(sessionQuery.queryKey)).toEqual({ ...before, member })
  expect(cache.getQueryData(requestsCountQuery.queryKey)).toEqual({ received: 4 })
  expect(cache.getQueryData(waitingQuery.queryKey)).toEqual({ unread: 6, position: 9 })
  expect(cache.getQueryState(['directory'])?.isInvalidated).toBe(true)
})

test('an event of a newer server is passed over', () => {
  const cache = testQueryClient()
  expect(() => audienceOf(cache).hear(happened({ type: 'moon.landed' as never, data: {} }))).not.toThrow()
  expect(Object.keys(handlers).length).toBeGreaterThan(20)
})
