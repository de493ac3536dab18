import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']

export const makeCommunityCard = (more: Partial<Schemas['CommunityCardOut']> = {}): Schemas['CommunityCardOut'] => ({
  id: makeId(),
  name: 'Géographie et aménagement',
  summary: 'Cartes, terrains et métiers du territoire.',
  access: 'open',
  tags: ['Cartographie'],
  pictures: { cover: null, tile: null },
  people: 612,
  mix: { student: 438, alum: 97, staff: 71, partner: 6 },
  role: null,
  asked: false,
  invited: false,
  archived: false,
  active_at: '2026-11-24T08:00:00Z',
  abilities: ['read', 'join', 'see_people'],
  ...more,
})

/** An open community that the reader may join, run by Nadia. */
export const makeCommunity = (more: Partial<Schemas['CommunityOut']> = {}): Schemas['CommunityOut'] => ({
  ...makeCommunityCard(),
  description: '',
  description_html: '',
  language: 'fr',
  charter: '',
  charter_html: '',
  charter_version: 0,
  accepted_charter: 0,
  posting: 'members',
  commenting: 'members',
  uploading: 'moderators',
  run_by: [makePersonRef()],
  member_since: null,
  created_at: '2026-09-01T08:00:00Z',
  version: 3,
  ...more,
})

export const makePersonRef = (more: Partial<Schemas['PersonRef']> = {}): Schemas['PersonRef'] => ({
  id: makeId(),
  name: 'Nadia Cherkaoui',
  public: 'staff',
  affiliation: 'Maîtresse de conférences',
  avatar: null,
  ...more,
})

export const makeCommunityMember = (
  more: Partial<Schemas['CommunityMemberOut']> = {},
): Schemas['CommunityMemberOut'] => ({
  person: makePersonRef(),
  role: 'member',
  since: '2026-10-03T08:00:00Z',
  until: null,
  abilities: [],
  ...more,
})
