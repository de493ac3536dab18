import { sessionQuery } from '@/entities/session/queries'
import type { LiveEventOf } from '@/realtime/wire'
import { makeMember, makeSession } from '@/testing/make'
import { makeMessage } from '@/testing/makeChat'
import { testQueryClient } from '@/testing/render'
import { serve } from '@/testing/server'
import { messageChanged, messageUnfurled } from './live'
import { at, type Log } from './log'
import { logKey } from './queries'

const me = makeMember()
const mine = makeMessage({
  number: 1,
  id: 'm1',
  author: { ...me, affiliation: null, avatar: null },
  abilities: ['edit'],
})
const flow = { conversationId: mine.conversation_id, rootId: null }
const link = { url: 'https://carte.example/', title: 'La carte', description: '', site: 'carte.example', image: null }
const server = serve({ 'GET /api/v1/messages/*': { ...mine, links: [link], version: 2 } })

function holding() {
  const cache = testQueryClient()
  cache.setQueryData(sessionQuery.queryKey, makeSession({ member: me }))
  cache.setQueryData<Log>(logKey(flow), { items: [mine], first: 1, last: 1 })
  return { cache, held: () => at(cache.getQueryData<Log>(logKey(flow)) as Log, 1) }
}
const told = <T extends 'message.unfurled' | 'message.changed'>(type: T, more: Partial<LiveEventOf<T>['data']>) =>
  ({
    type,
    data: { conversation_id: mine.conversation_id, id: 'm1', root_id: null, number: 1, version: 2, ...more },
  }) as LiveEventOf<T>

test('the cards of pages that a message leads to come and go as they are told, and are its author’s to take off', () => {
  const { cache, held } = holding()
  messageUnfurled(cache, told('message.unfurled', { links: [link] }))
  expect(held()).toMatchObject({ links: [link], abilities: ['edit', 'take_off_links'] })
  const edited = { text: 'Rien.', html: '<p>Rien.</p>', links: [], edited_at: '2026-11-26T10:00:00.000Z', version: 3 }
  messageChanged(cache, told('message.changed', edited))
  expect(held()).toMatchObject({ text: 'Rien.', links: [], abilities: ['edit'], version: 3 })
  messageUnfurled(cache, told('message.unfurled', { links: [link] }))
  expect(held()?.links).toEqual([])
})

test('where not all may read them, the message is read again', async () => {
  const { cache, held } = holding()
  messageUnfurled(cache, told('message.unfurled', { links: null }))
  await vi.waitFor(() => expect(held()?.links).toEqual([link]))
  expect(server.to('GET /api/v1/messages/*')).toHaveLength(1)
})
