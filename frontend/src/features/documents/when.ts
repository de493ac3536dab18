import { formatAgo, formatBrief, formatTime, type Instant } from '@/lib/dates'
import type { Language } from '@/lib/language'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** « il y a 12 minutes », « aujourd’hui, 8 h 10 », « hier, 18 h 40 », « 24 nov. ». */
export function formatChanged(at: Instant, language: Language, now: Instant = Date.now()): string {
  const [then, today] = [new Date(at), new Date(now)]
  const age = today.getTime() - then.getTime()
  if (age < HOUR) return formatAgo(then, language, now)
  const time = formatTime(then, language)
  if (isSameDay(then, today)) return `${language === 'fr' ? 'aujourd’hui' : 'today'}, ${time}`
  if (isSameDay(then, new Date(today.getTime() - DAY))) return `${language === 'fr' ? 'hier' : 'yesterday'}, ${time}`
  return formatBrief(then, language, now)
}

const isSameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString()
