import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

let last = 0
/** Ids that look like the server's (UUIDv7), a new one at each call. */
export function makeId(): string {
  last += 1
  return `0193a1b2-0000-7000-8000-${String(last).padStart(12, '0')}`
}

export const makeMember = (more: Partial<Schemas['ViewerOut']> = {}): Schemas['ViewerOut'] => ({
  id: makeId(),
  name: 'Inès Benali',
  given_name: 'Inès',
  public: 'student',
  publics: ['student'],
  affiliation: 'L3 Géographie',
  avatar: null,
  language: 'fr',
  appearance: 'system',
  roles: [],
  abilities: ['read_directory', 'create_community'],
  withheld_abilities: [],
  next_steps: [],
  ...more,
})

/** A signed-in session; `member: null` is a visitor's. */
export const makeSession = (more: Partial<Schemas['SessionOut']> = {}): Schemas['SessionOut'] => ({
  csrf_token: 'csrf-1',
  member: makeMember(),
  ...more,
})

export const makeOrganisation = (more: Partial<Schemas['OrganisationOut']> = {}): Schemas['OrganisationOut'] => ({
  name: 'Université de Valorne',
  short_name: 'Valorne',
  logo_url: null,
  languages: ['fr', 'en'],
  default_language: 'fr',
  registration: 'domains',
  guests: false,
  weekly_announcements: 5,
  share_links: false,
  registration_domains: ['valorne.example'],
  domains: null,
  publics: null,
  mail_tray: false,
  abilities: [],
  ...more,
})
