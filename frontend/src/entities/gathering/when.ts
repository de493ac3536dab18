import type { components } from '@/api/schema.gen'
import { formatDayOf, formatTimeIn, minutesFromUtc } from '@/lib/dates'
import type { Language } from '@/lib/language'

export type Gathering = components['schemas']['EventOut']
export type Timed = Pick<Gathering, 'starts_at' | 'ends_at' | 'time_zone' | 'whole_day' | 'first_day' | 'last_day'>

const WORDS = {
  fr: {
    wholeDay: (day: string) => `${day}, toute la journée`,
    days: (first: string, last: string) => `Du ${lower(first)} au ${lower(last)}`,
    hours: (day: string, from: string, to: string) => `${day}, de ${from} à ${to}`,
    moments: (first: string, from: string, last: string, to: string) =>
      `Du ${lower(first)} à ${from} au ${lower(last)} à ${to}`,
    here: (day: string, time: string) => `${day} à ${time} chez vous`,
  },
  en: {
    wholeDay: (day: string) => `${day}, all day`,
    days: (first: string, last: string) => `${first} to ${last}`,
    hours: (day: string, from: string, to: string) => `${day}, ${from} to ${to}`,
    moments: (first: string, from: string, last: string, to: string) => `${first} at ${from} to ${last} at ${to}`,
    here: (day: string, time: string) => `${day} at ${time} where you are`,
  },
} as const

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** « Jeudi 3 décembre, de 14 h à 16 h », on the clocks of the place. */
export function formatWhen(event: Timed, language: Language): string {
  const words = WORDS[language]
  const first = formatDayOf(event.first_day, language)
  const last = formatDayOf(event.last_day, language)
  if (event.whole_day) return first === last ? words.wholeDay(first) : words.days(first, last)
  const from = formatTimeIn(event.starts_at, event.time_zone, language)
  const to = formatTimeIn(event.ends_at, event.time_zone, language)
  return first === last ? words.hours(first, from, to) : words.moments(first, from, last, to)
}

/** When it begins on the reader's own clocks, where they differ from those of the place. */
export function formatWhenHere(event: Timed, language: Language): string | undefined {
  const { starts_at: at, time_zone: zone, whole_day: wholeDay } = event
  if (wholeDay || minutesFromUtc(at, zone) === minutesFromUtc(at)) return undefined
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return WORDS[language].here(formatDayOf(dayHere(at), language), formatTimeIn(at, own, language))
}

/** The reader's own day at that instant, as `2026-12-03`. */
export function dayHere(instant: string | number | Date): string {
  const at = new Date(instant)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** Where it takes place, in a few words. */
export const placeOf = ({ place, link }: Pick<Gathering, 'place' | 'link'>, online: string) =>
  place || (link ? online : '')
