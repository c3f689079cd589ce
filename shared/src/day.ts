import { z } from 'zod'

/** A calendar day, `2026-01-11`, in the time zone of the list that it belongs to. Days compare as strings. */
export const Day = z.string().refine(isDay, { message: 'a day is written 2026-01-31, of a year from 1900 to 2999' })
export type Day = string

/** A point in time, ISO 8601 in UTC with milliseconds: `2026-01-12T02:00:00.000Z`. Instants compare as strings. */
export const Instant = z.iso.datetime().refine((text) => isDay(text.slice(0, 10)), { message: 'an instant is of a year from 1900 to 2999' })
  .transform((text) => new Date(text).toISOString())
export type Instant = string

/** A day, or as much of it as is known: `2013`, `2025-12`, `2026-02-20`. */
export const PartialDay = z.string().refine((text) => isDay(text) || /^(19|2\d)\d{2}(-(0[1-9]|1[0-2]))?$/.test(text), { message: 'a year, a month or a day: 2025, 2025-12 or 2025-12-07' })
export type PartialDay = string

/** A reporting period: a calendar month, `2026-02`. */
export const Period = z.string().regex(/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/, { message: 'a period is written 2026-02' })
export type Period = string

/**
 * The IANA name of a time zone. Checked where it comes in: every question about a list computes its today, so one
 * misspelt zone would fail them all. Offsets (`+08:00`) are refused: PostgreSQL reads them the other way round.
 */
export const TimeZone = z.string().refine(isTimeZone, { message: 'a time zone is an IANA name, as in Asia/Shanghai' })

/** The day after every other: open ends of spans. Never shown. */
export const endOfTime: Day = '9999-12-31'

/** {@link endOfTime} as a number of days since 1970-01-01. */
export const endOfDays = 2_932_896

/**
 * True if `text` is a day that exists in the calendar (2026-02-30 does not), of a year from 1900 to 2999: nothing here
 * speaks of others, and databases and JavaScript do not agree on the year 0.
 */
export function isDay(text: string): boolean {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false
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

/** The inverse of {@link dayNumber}, for years of four digits. By arithmetic: a series names a day a point. Years begin in March here, so that a leap day is the last of its year. */
export function dayOfNumber(number: number): Day {
  const days = number + 719_468
  const cycle = Math.floor(days / 146_097)
  const inCycle = days - cycle * 146_097
  const yearInCycle = Math.floor((inCycle - Math.floor(inCycle / 1_460) + Math.floor(inCycle / 36_524) - Math.floor(inCycle / 146_096)) / 365)
  const inYear = inCycle - (365 * yearInCycle + Math.floor(yearInCycle / 4) - Math.floor(yearInCycle / 100))
  const monthFromMarch = Math.floor((5 * inYear + 2) / 153)
  const day = inYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearInCycle + cycle * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** An instant as the clocks of an IANA time zone show it: `2026-03-01T10:00:00`. Put together from numbers: of the machine it asks where zones have their clocks, and nothing of how a language writes. */
export function clockIn(timeZone: string, instant: Instant): string {
  let clock = clocks.get(timeZone)
  if (!clock) clocks.set(timeZone, (clock = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' })))
  const { year, month, day, hour, minute, second } = Object.fromEntries(clock.formatToParts(new Date(instant)).map(({ type, value }) => [type, value.padStart(2, '0')]))
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

/** The calendar day of an instant in an IANA time zone. */
export function dayIn(timeZone: string, instant: Instant): Day {
  return clockIn(timeZone, instant).slice(0, 10)
}

/** The instant at which a day begins in an IANA time zone. */
export function startOfDay(timeZone: string, day: Day): Instant {
  const wanted = Date.parse(`${day}T00:00:00Z`)
  let at = wanted
  // The offset is that of the place at the instant found, which the first guess may miss by a change of clocks.
  for (let turn = 0; turn < 2; turn++) at = wanted - (Date.parse(`${clockIn(timeZone, new Date(at).toISOString())}Z`) - at)
  return new Date(at).toISOString()
}

function isTimeZone(name: string): boolean {
  try {
    // Answers the name it goes by (another for UTC); what has no zone throws.
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && /^[a-z]/i.test(name)
  } catch {
    return false
  }
}

/** The first and last day of a period. */
export function periodDays(period: Period): { first: Day; last: Day } {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return { first: `${period}-01`, last: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) }
}

/** The first and last day that a day, a month or a year can mean. */
export function daysOfPartial(day: PartialDay): { first: Day; last: Day } {
  if (day.length === 4) return { first: `${day}-01-01`, last: `${day}-12-31` }
  return day.length > 7 ? { first: day, last: day } : periodDays(day)
}

/**
 * From when on it counts that there is a document of a day, a month or a year, by the clock of a place: from the first day on that it can
 * be of. Of a month or a year alone nobody states a later one. Its last day would say of who held it within that time that it was not
 * there yet, and would refuse it to who has it in hand; its first one may be early by days of that time, and never by more.
 */
export function startOfDocument(timeZone: string, dated: PartialDay): Instant {
  return startOfDay(timeZone, daysOfPartial(dated).first)
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b
}

/** The earlier of two days. */
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b
}
