import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']

/** Nadia answered the reader's question. */
export const makeNotification = (more: Partial<Schemas['NotificationOut']> = {}): Schemas['NotificationOut'] => ({
  id: makeId(),
  kind: 'post',
  about_id: makeId(),
  subject: 'Quelle carte fait foi\u00a0?',
  post_kind: 'question',
  own: true,
  community: { id: makeId(), name: 'Géographie et aménagement' },
  lines: [makeLine()],
  unseen: 1,
  at: '2026-11-24T08:00:00Z',
  position: 7,
  abilities: ['read'],
  ...more,
})

export const makeLine = (more: Partial<Schemas['NotificationLineOut']> = {}): Schemas['NotificationLineOut'] => ({
  reason: 'comment',
  people: [makePersonRef()],
  count: 1,
  comment_id: makeId(),
  message_number: null,
  reply_number: null,
  document_id: null,
  thread_id: null,
  ...more,
})
