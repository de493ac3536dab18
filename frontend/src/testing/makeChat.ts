import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']

/** Claire says something in a conversation of hers and the reader's. */
export const makeMessage = (more: Partial<Schemas['MessageOut']> = {}): Schemas['MessageOut'] => ({
  id: makeId(),
  conversation_id: 'c1',
  root_id: null,
  number: 1,
  kind: 'said',
  author: makePersonRef({ name: 'Claire Vasseur', public: 'alum' }),
  client_id: null,
  text: 'Le repère gravé existe toujours.',
  html: '<p>Le repère gravé existe toujours.</p>',
  about: [],
  quote: null,
  forwarded: null,
  images: [],
  files: [],
  documents: [],
  links: [],
  hidden: false,
  reactions: [],
  pinned: false,
  bookmarked: false,
  thread: null,
  created_at: '2026-11-24T08:00:00.000Z',
  edited_at: null,
  gone: false,
  version: 1,
  abilities: ['reply', 'quote', 'react', 'pin', 'bookmark', 'forward'],
  ...more,
})

/** A room of a community, all of which is read. */
export const makeConversation = (more: Partial<Schemas['ConversationOut']> = {}): Schemas['ConversationOut'] => ({
  id: makeId(),
  kind: 'channel',
  name: 'Géo : mémoires L3',
  about: '',
  picture_url: null,
  community: { id: makeId(), name: 'Géographie et aménagement' },
  access: 'community',
  history: 'all',
  people: 64,
  mix: { student: 48, alum: 9, staff: 7, partner: 0 },
  others: [],
  last: null,
  last_number: 0,
  last_at: '2026-11-24T08:00:00.000Z',
  from_number: 1,
  read_number: 0,
  unread: 0,
  mentions: 0,
  level: null,
  muted_until: null,
  hidden: false,
  left: false,
  draft: null,
  archived_at: null,
  meeting_url: null,
  version: 1,
  abilities: ['post', 'leave'],
  ...more,
})
