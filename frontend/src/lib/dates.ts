import { datesIn } from './intl'
import { type Language, locale } from './language'

/** A space that never breaks, as French wants inside « 8 h 10 ». */
const TIE = '\u00a0'
const DAY = 86_400_000
const NIGHT_ENDS = 6

export type Instant = string | number | Date

/** « Jeudi 3 décembre », “Thursday 3 December”. */
export function formatDay(instant: Instant, language: Language): string {
  return capital(format(instant, language, { weekday: 'long', day: 'numeric', month: 'long' }))
}

/** « 3 décembre 2026 », “3 December 2026”. */
export function formatDate(instant: Instant, language: Language): string {
  return format(instant, language, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** « 8 h 10 », “8:10”, on a clock of 24 hours. */
export function formatTime(instant: Instant, language: Language): string {
  const date = new Date(instant)
  const minutes = String(date.getMinutes()).padStart(2, '0')
  return language === 'fr' ? `${date.getHours()}${TIE}h${TIE}${minutes}` : `${date.getHours()}:${minutes}`
}

/** « Aujourd’hui à 8 h 10 », « Hier à 21 h 40 », « 3 décembre à 8 h », with the year when it is not this one. */
export function formatMoment(instant: Instant, language: Language, now: Instant = Date.now()): string {
  const time = formatTime(instant, language)
  const at = language === 'fr' ? `à ${time}` : `at ${time}`
  const age = daysBetween(new Date(instant), new Date(now))
  if (age === 0) return `${language === 'fr' ? 'Aujourd’hui' : 'Today'} ${at}`
  if (age === 1) return `${language === 'fr' ? 'Hier' : 'Yesterday'} ${at}`
  const sameYear = new Date(instant).getFullYear() === new Date(now).getFullYear()
  const day = sameYear ? format(instant, language, { day: 'numeric', month: 'long' }) : formatDate(instant, language)
  return `${day} ${at}`
}

/** The same inside a sentence: « hier à 8 h 10 ». */
export function formatMomentWithin(instant: Instant, language: Language, now: Instant = Date.now()): string {
  const moment = formatMoment(instant, language, now)
  return moment.charAt(0).toLowerCase() + moment.slice(1)
}

/** Where there is little room: « 8 h 10 » today, « hier », « lun. » this week, « 27 nov. », with the year when it is not this
 * one. */
export function formatBrief(instant: Instant, language: Language, now: Instant = Date.now()): string {
  const date = new Date(instant)
  const age = daysBetween(date, new Date(now))
  if (age <= 0) return formatTime(instant, language)
  if (age === 1) return language === 'fr' ? 'hier' : 'yesterday'
  if (age < 7) return format(instant, language, { weekday: 'short' })
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return format(instant, language, { day: 'numeric', month: 'short', ...year })
}

/** « il y a 5 minutes », “in 2 days”: the largest whole unit. */
export function formatAgo(instant: Instant, language: Language, now: Instant = Date.now()): string {
  const seconds = Math.round((new Date(instant).getTime() - new Date(now).getTime()) / 1000)
  const relative = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' })
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const format = (instant: Instant, language: Language, options: Intl.DateTimeFormatOptions) =>
  ordinal(datesIn(language, options).format(new Date(instant)), language).replace(/^(\d+(?:er)?) /, `$1${TIE}`)

/** French says « 1er » and then counts plainly. */
const ordinal = (text: string, language: Language) =>
  language === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text

/** Whole calendar days from one to the other, whatever the hour; noon is used so that summer time cannot move a day. */
function daysBetween(earlier: Date, later: Date): number {
  const noon = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime()
  return Math.round((noon(later) - noon(earlier)) / DAY)
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** « 15 h 41 », « 3 h 41 du matin »: the time somewhere else, where nobody sees that it is night. */
export function formatTimeIn(instant: Instant, timeZone: string, language: Language): string {
  const { hour = 0, minute = 0 } = clockIn(instant, timeZone)
  const minutes = String(minute).padStart(2, '0')
  const time = language === 'fr' ? `${hour}${TIE}h${TIE}${minutes}` : `${hour}:${minutes}`
  if (hour >= NIGHT_ENDS) return time
  return language === 'fr' ? `${time} du matin` : `${time} in the morning`
}

/** « Jeudi 3 décembre », with the year when it is not this one, of a day written `2026-12-03`. */
export function formatDayOf(day: string, language: Language, now: Instant = Date.now()): string {
  const noon = new Date(`${day}T12:00`)
  const year = noon.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return capital(format(noon, language, { weekday: 'long', day: 'numeric', month: 'long', ...year }))
}

/** What clocks and calendars show there, as a field of date and time has it. */
export function wallClockIn(instant: Instant, timeZone: string): string {
  const shown = new Date(instant).getTime() + minutesFromUtc(instant, timeZone) * 60_000
  return new Date(shown).toISOString().slice(0, 16)
}

/** When clocks and calendars show that there. Asked twice: an hour before they change, they are not yet as they will be. */
export function instantIn(wallClock: string, timeZone: string): string {
  const asUtc = Date.parse(`${wallClock}Z`)
  const near = asUtc - minutesFromUtc(asUtc, timeZone) * 60_000
  return new Date(asUtc - minutesFromUtc(near, timeZone) * 60_000).toISOString()
}

/** How far the clocks of a time zone are from UTC at that instant, in minutes; without one, the reader's own. */
export function minutesFromUtc(instant: Instant, timeZone?: string): number {
  const { year = 0, month = 1, day, hour, minute, second } = clockIn(instant, timeZone)
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((shown - new Date(instant).getTime()) / 60_000)
}

/** What clocks and calendars show there. */
function clockIn(instant: Instant, timeZone?: string): Partial<Record<Intl.DateTimeFormatPartTypes, number>> {
  const format = datesIn('en', {
    ...(timeZone && { timeZone }),
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]))
}
