import { useEffect, useState } from 'react'
import { formatTimeIn, minutesFromUtc } from '@/lib/dates'
import { type Language, locale } from '@/lib/language'
import type { Profile } from './queries'

type Place = NonNullable<Profile['place']>

const MINUTE = 60_000

/** « Montréal, Canada ». */
export const placeWords = ({ city, country }: Place, language: Language) =>
  [city, country && countryName(country, language)].filter(Boolean).join(', ')

/** The time there, while it differs from the reader's; it goes on with the clock. */
export function useTimeThere(place: Place | null, language: Language): string | null {
  const now = useMinute()
  const zone = place?.time_zone
  if (!zone || minutesFromUtc(now, zone) === minutesFromUtc(now)) return null
  return formatTimeIn(now, zone, language)
}

export const countryName = (code: string, language: Language) => namesOf('region', language).of(code) ?? code

export function languageName(code: string, language: Language): string {
  const name = namesOf('language', language).of(code) ?? code
  return name.charAt(0).toLocaleUpperCase() + name.slice(1)
}

/** Made once each: it reads tables. */
function namesOf(type: 'region' | 'language', language: Language): Intl.DisplayNames {
  const names = made.get(type + language) ?? new Intl.DisplayNames(locale(language), { type })
  made.set(type + language, names)
  return names
}

const made = new Map<string, Intl.DisplayNames>()

function useMinute(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return now
}
