import { type Language, locale } from '@/lib/language'

/** « 18 mars », with the year when it is not this one, of a day written `2027-03-18`. */
export function formatDue(day: string, language: Language, now: Date = new Date()): string {
  const noon = new Date(`${day}T12:00`)
  if (Number.isNaN(noon.getTime())) return day
  const year = noon.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short', ...year }).format(noon)
}
