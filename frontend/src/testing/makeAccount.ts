import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']
const LONG_AGO = '2025-03-01T08:00:00Z'

export const makeMe = (more: Partial<Schemas['MeOut']> = {}): Schemas['MeOut'] => ({
  id: makeId(),
  name: 'Inès Benali',
  email: 'ines.benali@valorne.example',
  language: 'fr',
  appearance: 'system',
  shows_presence: true,
  publics: ['student'],
  shown_public: null,
  public: 'student',
  roles: [],
  created_at: LONG_AGO,
  onboarded_at: LONG_AGO,
  abilities: ['change'],
  ...more,
})

export const makeAddress = (more: Partial<Schemas['AddressOut']> = {}): Schemas['AddressOut'] => ({
  id: makeId(),
  email: 'ines@perso.example',
  kind: 'personal',
  is_primary: false,
  verified_at: LONG_AGO,
  created_at: LONG_AGO,
  abilities: ['make_primary', 'remove'],
  ...more,
})

export const makeCredentials = (more: Partial<Schemas['CredentialsOut']> = {}): Schemas['CredentialsOut'] => ({
  password_changed_at: null,
  totp_confirmed_at: null,
  recovery_codes_left: 0,
  passkeys: 0,
  addresses: 1,
  identifier: null,
  abilities: ['set_password', 'turn_totp_on', 'add_passkey'],
  ...more,
})

export const makePasskey = (more: Partial<Schemas['PasskeyOut']> = {}): Schemas['PasskeyOut'] => ({
  id: makeId(),
  name: 'Téléphone',
  synced: false,
  created_at: LONG_AGO,
  last_used_at: null,
  abilities: ['rename', 'remove'],
  ...more,
})

export const makeOpenSession = (more: Partial<Schemas['OwnSessionOut']> = {}): Schemas['OwnSessionOut'] => ({
  id: makeId(),
  kind: 'browser',
  client_id: null,
  browser: 'Firefox',
  system: 'Linux',
  network: '203.0.113.7',
  methods: ['pwd'],
  created_at: LONG_AGO,
  seen_at: LONG_AGO,
  is_current: false,
  abilities: ['revoke'],
  ...more,
})

export const makeToken = (more: Partial<Schemas['TokenOut']> = {}): Schemas['TokenOut'] => ({
  id: makeId(),
  name: 'Calendrier',
  scopes: ['account:read'],
  created_at: LONG_AGO,
  expires_at: '2099-01-01T00:00:00Z',
  used_at: null,
  ...more,
})

/** One page that is the whole list. */
export const pageOf = <Item>(...items: Item[]) => ({ items, next: null })
