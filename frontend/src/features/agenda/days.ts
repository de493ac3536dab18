import { dayHere, type Timed } from '@/entities/gathering/when'

/** Days are written `2026-12-03`; noon is used so that summer time cannot move one. */
const noon = (day: string) => new Date(`${day}T12:00`)

export function addDays(day: string, count: number): string {
  const at = noon(day)
  at.setDate(at.getDate() + count)
  return dayHere(at)
}

export function addMonths(day: string, count: number): string {
  const at = noon(`${day.slice(0, 8)}01`)
  at.setMonth(at.getMonth() + count)
  return dayHere(at)
}

/** The Monday of its week. */
export const mondayOf = (day: string) => addDays(day, -((noon(day).getDay() + 6) % 7))

/** The days of its week, from Monday on. */
export const weekOf = (day: string) => Array.from({ length: 7 }, (_, index) => addDays(mondayOf(day), index))

/** The weeks that its month touches. */
export function weeksOf(day: string): string[][] {
  const month = day.slice(0, 7)
  const first = mondayOf(`${month}-01`)
  return Array.from({ length: 6 }, (_, index) => weekOf(addDays(first, 7 * index))).filter((week) =>
    week.some((one) => one.startsWith(month)),
  )
}

/** Midnight of a day, on the reader's own clock. */
export const startOf = (day: string) => new Date(`${day}T00:00`).toISOString()

/** Whether it takes place on this day: of whole days, those of its place; of hours, those of the reader. */
export function isOn(event: Timed, day: string): boolean {
  if (event.whole_day) return event.first_day <= day && day <= event.last_day
  const last = dayHere(new Date(event.ends_at).getTime() - 1)
  return dayHere(event.starts_at) <= day && day <= last
}
