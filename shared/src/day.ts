import { z } from 'zod'

/** A calendar day, `2026-01-11`, in the time zone of the list that it belongs to. Days compare as strings. */
export const Day = z.string().refine(isDay, { message: 'a day is written 2026-01-31' })
export type Day = string

/** A point in time, ISO 8601 in UTC with milliseconds: `2026-01-12T02:00:00.000Z`. Instants compare as strings. */
export const Instant = z.iso.datetime().transform((text) => new Date(text).toISOString())
export type Instant = string

/** A reporting period: a calendar month, `2026-02`. */
export const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'a period is written 2026-02' })
export type Period = string

/** The day after every other: open ends of spans. Never shown. */
export const endOfTime: Day = '9999-12-31'

/** True if `text` is a day that exists in the calendar (2026-02-30 does not). */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** `day` moved by a number of days (may be negative). The end of time stays where it is. */
export function addDays(day: Day, days: number): Day {
  if (day === endOfTime) return day
  return dayOfNumber(dayNumber(day) + days)
}

/** Days since 1970-01-01, for arithmetic. */
export function dayNumber(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

/** The inverse of {@link dayNumber}. */
export function dayOfNumber(number: number): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10)
}

/** Days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** The calendar day of an instant in an IANA time zone. */
export function dayIn(timeZone: string, instant: Instant): Day {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant))
}

/** The first and last day of a period. */
export function periodDays(period: Period): { first: Day; last: Day } {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return { first: `${period}-01`, last: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) }
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b
}

/** The earlier of two days. */
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b
}
