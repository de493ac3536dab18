import { makeMessage } from '@/testing/makeChat'
import { makePersonRef } from '@/testing/makeCommunity'
import { rowOf, rowsOf } from './rows'
import type { Pending } from './sending'

const claire = makePersonRef({ name: 'Claire Vasseur' })
const ines = makePersonRef({ name: 'Inès Benali' })
const said = (number: number, at: string, more = {}) =>
  makeMessage({ number, author: claire, created_at: new Date(at).toISOString(), ...more })
const on = (clientId: string, at: string): Pending => ({
  clientId,
  conversationId: 'c1',
  rootId: null,
  draft: { client_id: clientId, text: 'Moi aussi' },
  attached: [],
  at: new Date(at).toISOString(),
})
const shapes = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => (row.is === 'message' || row.is === 'pending' ? `${row.is}${row.continues ? '+' : ''}` : row.is))

test('days part messages, and what one says at once stands together', () => {
  const rows = rowsOf({
    viewerId: ines.id,
    messages: [
      said(1, '2026-12-02T22:00'),
      said(2, '2026-12-03T09:00'),
      said(3, '2026-12-03T09:02'),
      said(4, '2026-12-03T09:03', { author: ines }),
      said(5, '2026-12-03T09:30', { author: ines }),
      said(6, '2026-12-03T09:31', { kind: 'left' }),
    ],
  })
  expect(shapes(rows)).toEqual(['day', 'message', 'day', 'message', 'message+', 'message', 'message', 'told'])
  expect(rowOf(rows, 3)).toBe(4)
  expect(rowOf(rows, 9)).toBe(-1)
})

test('what is new begins with the first message of another after what was read', () => {
  const messages = [
    said(1, '2026-12-03T09:20'),
    said(2, '2026-12-03T09:21', { author: ines }),
    said(3, '2026-12-03T09:38'),
  ]
  const rows = rowsOf({ viewerId: ines.id, messages, readNumber: 1 })
  expect(shapes(rows)).toEqual(['day', 'message', 'message', 'new', 'message'])
  expect(rows[3]).toMatchObject({ since: messages[0]?.created_at })
  expect(shapes(rowsOf({ viewerId: ines.id, messages, readNumber: 3 }))).not.toContain('new')
})

test('what is on its way stands last, until it has come back as a message of the same key', () => {
  const pending = [on('c-1', '2026-12-03T09:39'), on('c-2', '2026-12-03T09:40')]
  const before = rowsOf({ viewerId: ines.id, messages: [said(1, '2026-12-03T09:38')], pending })
  expect(shapes(before)).toEqual(['day', 'message', 'pending', 'pending+'])
  const arrived = said(2, '2026-12-03T09:39', { author: ines, client_id: 'c-1' })
  const after = rowsOf({ viewerId: ines.id, messages: [said(1, '2026-12-03T09:38'), arrived], pending })
  expect(shapes(after)).toEqual(['day', 'message', 'message', 'pending+'])
  expect(after[2]?.key).toBe(before[2]?.key)
})
