import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']

/** A message of Nadia in one community, which the reader may answer. */
export const makePost = (communityId: string, more: Partial<Schemas['PostOut']> = {}): Schemas['PostOut'] => ({
  id: makeId(),
  kind: 'message',
  gone: false,
  author: makePersonRef(),
  title: '',
  body: 'Bottes obligatoires.',
  html: '<p>Bottes obligatoires.</p>',
  language: 'fr',
  places: [
    {
      community: { id: communityId, name: 'Géographie et aménagement' },
      thread_id: makeId(),
      pinned: false,
      abilities: ['comment'],
    },
  ],
  threads: [],
  comments: 0,
  reactions: [],
  poll: null,
  idea: null,
  bookmarked: false,
  said_at: '2026-11-24T08:00:00Z',
  edited_at: null,
  version: 1,
  abilities: ['comment', 'react', 'bookmark'],
  ...more,
})

export const makeComment = (more: Partial<Schemas['CommentOut']> = {}): Schemas['CommentOut'] => ({
  id: makeId(),
  thread_id: makeId(),
  parent_id: null,
  gone: false,
  author: makePersonRef({ name: 'Thomas Nguyen', public: 'alum' }),
  body: 'Celle de l’arrêté.',
  html: '<p>Celle de l’arrêté.</p>',
  reactions: [],
  accepted: false,
  created_at: '2026-11-24T09:00:00Z',
  edited_at: null,
  version: 1,
  abilities: [],
  reply_count: 0,
  replies: [],
  ...more,
})
