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
      hidden: false,
      abilities: ['comment'],
    },
  ],
  reach: null,
  threads: [],
  comments: 0,
  reactions: [],
  images: [],
  files: [],
  documents: [],
  links: [],
  poll: null,
  idea: null,
  event: null,
  announcement: null,
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
  hidden: false,
  author: makePersonRef({ name: 'Thomas Nguyen', public: 'alum' }),
  body: 'Celle de l’arrêté.',
  html: '<p>Celle de l’arrêté.</p>',
  reactions: [],
  documents: [],
  accepted: false,
  created_at: '2026-11-24T09:00:00Z',
  edited_at: null,
  version: 1,
  abilities: [],
  reply_count: 0,
  replies: [],
  ...more,
})

/** Monday or Tuesday; counts are hidden until they are given. */
export const makePoll = ({
  votes,
  mine,
  ...more
}: Partial<Schemas['PollOut']> & { votes?: [number, number]; mine?: number } = {}): Schemas['PollOut'] => ({
  multiple: false,
  anonymous: true,
  results: 'voted',
  closes_at: null,
  closed: false,
  voters: 0,
  options: ['Lundi', 'Mardi'].map((label, index) => ({
    id: makeId(),
    label,
    votes: votes?.[index] ?? null,
    mine: index === mine,
  })),
  ...more,
})

export const makeIdea = (more: Partial<Schemas['IdeaOut']> = {}): Schemas['IdeaOut'] => ({
  status: 'proposed',
  supports: 4,
  mine: false,
  answer: '',
  answer_html: '',
  answered_at: null,
  ...more,
})

/** A meeting of two hours in a hall, which nobody answered yet. */
export const makeEvent = (more: Partial<Schemas['EventOut']> = {}): Schemas['EventOut'] => ({
  starts_at: '2099-12-03T13:00:00Z',
  ends_at: '2099-12-03T15:00:00Z',
  time_zone: 'Europe/Paris',
  whole_day: false,
  first_day: '2099-12-03',
  last_day: '2099-12-03',
  place: 'Salle B 204',
  link: '',
  seats: null,
  seats_left: null,
  going: 0,
  maybe: 0,
  away: 0,
  waiting: 0,
  over: false,
  cancelled: false,
  mine: null,
  ...more,
})

/** Words that are to be said in one community. */
export const makeScheduled = (
  communityId: string,
  more: Partial<Schemas['ScheduledPostOut']> = {},
): Schemas['ScheduledPostOut'] => ({
  id: makeId(),
  kind: 'message',
  title: '',
  body: 'À demain.',
  html: '<p>À demain.</p>',
  language: 'fr',
  poll: null,
  event: null,
  images: [],
  files: [],
  documents: [],
  places: [{ id: communityId, name: 'Géographie et aménagement' }],
  discussion: 'shared',
  publish_at: '2099-03-18T08:00:00Z',
  refused: false,
  version: 1,
  ...more,
})
