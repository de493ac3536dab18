import { translator } from '@/lib/i18n'
import { makeAffiliation, makePerson } from '@/testing/makeAdmin'
import { shapeOf } from '../kinds'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import { searchOf } from './queries'
import { affiliationDates, affiliationWords, localDay, shownAffiliation } from './words'

const t = translator(texts, 'fr')
const tk = translator(kindNames, 'fr')
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('an affiliation is said with what is studied and where', () => {
  expect(affiliationWords(makeAffiliation(), tk)).toBe('Études, L3 Géographie, Faculté des lettres')
  expect(affiliationWords(makeAffiliation({ kind: 'alum', programme: null, unit: null }), tk)).toBe('Alumni')
})

test('its end is told as the last day on which it holds', () => {
  const dates = (starts_on: string, ends_on: string | null) =>
    plain(affiliationDates({ starts_on, ends_on }, t, 'fr', '2026-12-03'))
  expect(dates('2024-09-01', null)).toBe('Depuis le 1er septembre 2024')
  expect(dates('2024-09-01', '2025-09-01')).toBe('Du 1er septembre 2024 au 31 août 2025')
  expect(dates('2027-01-04', null)).toBe('À partir du 4 janvier 2027')
})

test('of several affiliations, the one of the public that is shown tells most', () => {
  const work = makeAffiliation({ kind: 'staff' })
  const study = makeAffiliation({ kind: 'student' })
  const over = makeAffiliation({ kind: 'alum', current: false })
  expect(shownAffiliation(makePerson({ public: 'student', affiliations: [work, study] }), shapeOf)).toBe(study)
  expect(shownAffiliation(makePerson({ public: 'staff', affiliations: [work, study] }), shapeOf)).toBe(work)
  expect(shownAffiliation(makePerson({ public: null, affiliations: [over] }), shapeOf)).toBeUndefined()
})

test('today is the reader’s', () => {
  expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

test('what an address looks for is known states and words of a sensible length', () => {
  expect(searchOf({ q: 'benali', state: 'suspended' })).toEqual({ q: 'benali', state: 'suspended' })
  expect(searchOf({ q: ['a', 'b'], state: 'deleted' })).toEqual({})
  expect(searchOf({ q: 'x'.repeat(300) }).q).toHaveLength(100)
})
