import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']

const personOf = (name: string): Schemas['CasePersonOut'] => {
  const person = makePersonRef({ name })
  return { id: person.id, name, person }
}

/** Inès's message, which Claire reported: it waits for a decision. */
export const makeCase = (more: Partial<Schemas['CaseOut']> = {}): Schemas['CaseOut'] => ({
  id: makeId(),
  community: { id: makeId(), name: 'Géographie et aménagement' },
  conversation: null,
  page: null,
  kind: 'post',
  subject_id: makeId(),
  post_id: makeId(),
  post_title: '',
  state: 'standing',
  changed: false,
  snapshots: [
    { title: '', html: '<p>Achetez mes cours !</p>', language: 'fr', version: 1, at: '2026-11-24T08:00:00Z' },
  ],
  documents: [],
  author: personOf('Inès Benali'),
  reasons: [{ reason: 'spam', reports: 1 }],
  reports: 1,
  first_reports: [
    { reporter: personOf('Claire Vasseur'), reason: 'spam', words: 'Encore une annonce.', at: '2026-11-24T09:00:00Z' },
  ],
  earlier: [],
  earlier_count: 0,
  opened_at: '2026-11-24T09:00:00Z',
  left_at: '2026-12-01T09:00:00Z',
  decision: null,
  version: 1,
  abilities: ['decide'],
  ...more,
})
