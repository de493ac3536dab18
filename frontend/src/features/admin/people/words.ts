import { formatDate } from '@/lib/dates'
import type { Translate } from '@/lib/i18n'
import type { Language } from '@/lib/language'
import type { kindNames } from '../words.texts'
import type { texts } from './i18n'
import type { Affiliation, Person } from './queries'

/** « Études, Licence de géographie, Faculté des lettres »: what is most telling first. */
export function affiliationWords(
  { kind, title, programme, unit }: Pick<Affiliation, 'kind' | 'title' | 'programme' | 'unit'>,
  tk: Translate<typeof kindNames.fr>,
): string {
  return [tk(kind), title ?? programme?.name, unit?.name].filter(Boolean).join(', ')
}

/** From when to when. The server's `ends_on` is the first day without; people are told the last day with. */
export function affiliationDates(
  { starts_on, ends_on }: Pick<Affiliation, 'starts_on' | 'ends_on'>,
  t: Translate<typeof texts.fr>,
  language: Language,
  today = localDay(new Date()),
): string {
  const start = formatDate(noon(starts_on), language)
  if (ends_on !== null) return t('between', { start, end: formatDate(dayBefore(ends_on), language) })
  return starts_on > today ? t('from', { start }) : t('since', { start })
}

/** The affiliation that tells most of somebody today: the latest begun of the public that is shown, else of any. */
export function shownAffiliation(
  { affiliations, public: shown }: Pick<Person, 'affiliations' | 'public'>,
  shapeOf: (kind: Affiliation['kind']) => Person['public'],
): Affiliation | undefined {
  const current = affiliations.filter((one) => one.current)
  return current.find(({ kind }) => shapeOf(kind) === shown) ?? current[0]
}

/** « 2026-12-03 » of where the reader is. */
export function localDay(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}

/** A day without an hour, at noon, so that no time zone moves it. */
const noon = (day: string) => new Date(`${day}T12:00:00`)

function dayBefore(day: string): Date {
  const date = noon(day)
  date.setDate(date.getDate() - 1)
  return date
}
