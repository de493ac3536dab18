import { instantIn, wallClockIn } from '@/lib/dates'
import type { EventDraft, ScheduledPost } from './queries'

/** An event as fields have it: on the clocks of its place, days alone when it lasts whole days. */
export interface EventWriting {
  startsAt: string
  endsAt: string
  wholeDay: boolean
  timeZone: string
  place: string
  link: string
  seats: string
}

export const EVENT_FIELDS = [
  'event/starts_at',
  'event/ends_at',
  'event/time_zone',
  'event/place',
  'event/link',
  'event/seats',
  'event',
] as const
export type EventErrors = Partial<Record<(typeof EVENT_FIELDS)[number], string>>

const HOUR = 3_600_000

export const newEvent = (): EventWriting => ({
  startsAt: '',
  endsAt: '',
  wholeDay: false,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  place: '',
  link: '',
  seats: '',
})

/** What was kept of an event, to be changed. The end of whole days is the midnight after the last. */
export function eventWriting(event: NonNullable<ScheduledPost['event']>): EventWriting {
  const { starts_at: from, ends_at: to, time_zone: timeZone, whole_day: wholeDay, place, link, seats } = event
  const end = wholeDay ? new Date(new Date(to).getTime() - 1) : to
  return {
    startsAt: wallClockIn(from, timeZone),
    endsAt: wallClockIn(end, timeZone),
    wholeDay,
    timeZone,
    place,
    link: link ?? '',
    seats: seats === null ? '' : String(seats),
  }
}

/** As the server takes it; fields that are empty are refused by it. */
export function eventDraft({ startsAt, endsAt, wholeDay, timeZone, place, link, seats }: EventWriting): EventDraft {
  const instant = (field: string) => {
    const wall = wholeDay ? `${field.slice(0, 10)}T12:00` : field
    return /T/.test(field) ? instantIn(wall, timeZone) : field
  }
  return {
    starts_at: instant(startsAt),
    ends_at: instant(endsAt),
    time_zone: timeZone,
    whole_day: wholeDay,
    place: place.trim(),
    link: link.trim() || null,
    seats: seats === '' ? null : Number(seats),
  }
}

/** With another beginning; an end that would come before it follows an hour later. */
export function beginningAt(event: EventWriting, startsAt: string): EventWriting {
  if (startsAt === '' || event.endsAt > startsAt) return { ...event, startsAt }
  const later = new Date(Date.parse(`${startsAt}Z`) + HOUR).toISOString().slice(0, 16)
  return { ...event, startsAt, endsAt: later }
}
