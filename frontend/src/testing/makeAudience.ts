import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']

/** « Les étudiants en L3, sauf à Lyon », of Claire. */
export const makeAudience = (more: Partial<Schemas['AudienceOut']> = {}): Schemas['AudienceOut'] => {
  const programme = makeId()
  return {
    id: makeId(),
    name: 'L3 hors Lyon',
    rule: {
      all: [{ kind: 'programme', ids: [programme], public: 'student' }],
      any: [],
      none: [{ kind: 'city', cities: ['Lyon'] }],
    },
    names: [{ id: programme, name: 'Licence 3 Géographie' }],
    shared: false,
    frozen: false,
    frozen_at: null,
    owner: makePersonRef({ name: 'Claire Vasseur' }),
    created_at: '2026-11-24T09:00:00Z',
    updated_at: '2026-11-24T09:00:00Z',
    version: 1,
    abilities: ['change', 'delete'],
    ...more,
  }
}

export const makeAudienceCount = (more: Partial<Schemas['AudienceCountOut']> = {}): Schemas['AudienceCountOut'] => ({
  people: 1284,
  fewer_than: 5,
  about: false,
  publics: [
    { public: 'staff', people: null },
    { public: 'student', people: 1200 },
    { public: 'partner', people: null },
    { public: 'alum', people: 70 },
  ],
  ...more,
})
