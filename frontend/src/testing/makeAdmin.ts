import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']
const LONG_AGO = '2025-03-01T08:00:00Z'

export const makeAffiliation = (more: Partial<Schemas['AffiliationOut']> = {}): Schemas['AffiliationOut'] => ({
  id: makeId(),
  kind: 'student',
  unit: { id: makeId(), name: 'Faculté des lettres' },
  programme: { id: makeId(), name: 'L3 Géographie' },
  cohort: null,
  title: null,
  source: 'institution',
  starts_on: '2024-09-01',
  ends_on: null,
  current: true,
  ...more,
})

export const makePerson = (more: Partial<Schemas['PersonOut']> = {}): Schemas['PersonOut'] => ({
  id: makeId(),
  name: 'Inès Benali',
  identifier: 'ines.benali@valorne.example',
  language: 'fr',
  state: 'active',
  public: 'student',
  publics: ['student'],
  created_at: LONG_AGO,
  activated_at: LONG_AGO,
  suspended_at: null,
  addresses: [{ email: 'ines.benali@etu.valorne.example', kind: 'institutional', is_primary: true, verified: true }],
  affiliations: [makeAffiliation()],
  roles: [],
  abilities: ['change', 'suspend', 'grant_roles'],
  ...more,
})

/** Units, a programme of the first, and its cohort: answers of the lists that forms offer. */
export const structure = {
  'GET /api/v1/units': {
    items: [
      { id: 'u1', code: null, name: 'Faculté des lettres', kind: 'component', parent_id: null, inside: 0 },
      { id: 'u2', code: null, name: 'Atelier Rivières', kind: 'company', parent_id: null, inside: 0 },
    ],
    next: null,
  },
  'GET /api/v1/programmes': {
    items: [{ id: 'p1', code: null, name: 'Master 2009', unit_id: 'u1' }],
    next: null,
  },
  'GET /api/v1/cohorts': {
    items: [{ id: 'c1', programme: { id: 'p1', name: 'Master 2009' }, year: 2009, students: 0, graduates_on: null }],
    next: null,
  },
}

export const makeInvitation = (more: Partial<Schemas['InvitationOut']> = {}): Schemas['InvitationOut'] => ({
  id: makeId(),
  email: null,
  affiliation: 'student',
  note: '',
  max_uses: 25,
  uses: 3,
  created_at: LONG_AGO,
  expires_at: '2999-01-01T00:00:00Z',
  revoked_at: null,
  ...more,
})

export const makeAuditEntry = (more: Partial<Schemas['AuditEntryOut']> = {}): Schemas['AuditEntryOut'] => ({
  position: 1,
  at: LONG_AGO,
  actor_id: makeId(),
  actor_name: 'Hélène Aubert',
  action: 'member.suspended',
  subject_kind: 'member',
  subject_id: makeId(),
  subject_name: 'Inès Benali',
  detail: {},
  hash: '00',
  ...more,
})

export const makePage = (more: Partial<Schemas['PageOut']> = {}): Schemas['PageOut'] => ({
  slug: 'legal',
  language: 'fr',
  title: 'Mentions légales',
  label: 'Mentions légales',
  is_default: false,
  placeholders: [],
  updated_at: LONG_AGO,
  body: '# Éditeur',
  html: '<h2>Éditeur</h2>',
  ...more,
})

export const makeTrayMail = (more: Partial<Schemas['TrayMailOut']> = {}): Schemas['TrayMailOut'] => ({
  id: makeId(),
  to: 'ines@perso.example',
  subject: 'Votre lien de connexion',
  at: LONG_AGO,
  text: 'Ouvrez http://localhost:8000/door/sign-in#abc puis entrez.',
  html: '<html><head></head><body></body></html>',
  links: ['http://localhost:8000/door/sign-in#abc'],
  ...more,
})

/** A reply with its version, as the server sends it. */
export const withVersion = (body: object, version: string) => Response.json(body, { headers: { etag: version } })

const noCounts: Schemas['ImportCounts'] = {
  lines: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  opened: 0,
  closed: 0,
  refused: 0,
  pairs: 0,
  reachable: 0,
  closable: 0,
  lost: 0,
  places_created: 0,
  places_changed: 0,
}

export const makeImport = (more: Partial<Schemas['ImportOut']> = {}): Schemas['ImportOut'] => ({
  id: '018f0000-0000-7000-8000-0000000000aa',
  state: 'ready',
  phase: 'closing',
  progress: 1,
  total: 1,
  file_name: 'personnes.csv',
  complete: true,
  kinds: ['student'],
  most_closed_percent: 20,
  found: { ...noCounts, lines: 19, created: 12, changed: 2, closed: 4, refused: 1 },
  done: noCounts,
  stopped: false,
  failure: null,
  failure_columns: [],
  created_by: null,
  created_at: '2026-11-25T08:00:00Z',
  ended_at: null,
  abilities: [],
  ...more,
})

export const makeFinding = (more: Partial<Schemas['FindingOut']> = {}): Schemas['FindingOut'] => ({
  id: '018f0000-0000-7000-8000-0000000000bb',
  kind: 'refused',
  source: 'people',
  line: 3,
  code: 'unknown_affiliation',
  reason: 'Ce n’est pas une affiliation eduPerson.',
  column: 'eduPersonAffiliation',
  value: 'élève',
  other_line: null,
  identifier: 'anne@univ.example',
  name: 'Anne Roux',
  member_id: null,
  account: null,
  affiliations: [],
  changes: [],
  ...more,
})
