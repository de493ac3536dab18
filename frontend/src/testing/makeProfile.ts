import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']

export const makeAffiliation = (more: Partial<Schemas['ShownAffiliation']> = {}): Schemas['ShownAffiliation'] => ({
  kind: 'student',
  public: 'student',
  unit: { id: makeId(), name: 'Faculté de géographie' },
  programme: { id: makeId(), name: 'L3 Géographie' },
  cohort: null,
  title: null,
  starts_on: '2024-09-01',
  ends_on: null,
  current: true,
  ...more,
})

/** Somebody who has said nothing yet. */
export const makeProfile = (more: Partial<Schemas['ProfileOut']> = {}): Schemas['ProfileOut'] => ({
  id: makeId(),
  name: 'Claire Vasseur',
  given_name: 'Claire',
  public: 'alum',
  avatar: null,
  pronouns: null,
  headline: null,
  affiliations: [],
  place: null,
  biography: null,
  path: [],
  skills: [],
  languages: [],
  interests: [],
  email: null,
  links: [],
  abilities: [],
  ...more,
})

export const makeMyProfile = (more: Partial<Schemas['MyProfileOut']> = {}): Schemas['MyProfileOut'] => ({
  id: makeId(),
  avatar: null,
  pronouns: null,
  headline: null,
  biography: null,
  path: [],
  skills: [],
  languages: [],
  place: null,
  links: [],
  email_address_id: null,
  email: null,
  mentoring: null,
  levels: {
    affiliations: 'organisation',
    avatar: 'organisation',
    pronouns: 'organisation',
    headline: 'organisation',
    biography: 'organisation',
    path: 'organisation',
    skills: 'organisation',
    interests: 'organisation',
    languages: 'organisation',
    place: 'organisation',
    links: 'organisation',
    email: 'organisation',
    mentoring: 'organisation',
  },
  abilities: ['change'],
  ...more,
})
