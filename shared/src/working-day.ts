import { z } from 'zod'
import { addDays, Day, dayNumber, daysBetween } from './day.js'
import { Text } from './text.js'

/*
 * Working days. Which days are worked is decided anew each year and published: a calendar holds the years that were, each
 * with its source. Of other years nobody knows yet: there Monday to Friday count, and whoever shows such a day says so
 * ({@link coversDays}).
 */

/** One year of a calendar: days off (from the first to the last of each holiday), and days at a weekend that are worked instead. */
export const CalendarYear = z.strictObject({
  year: z.int().min(1900).max(2999),
  source: Text,
  published: Day,
  holidays: z.array(z.strictObject({ name: Text, from: Day, to: Day })),
  workdays: z.array(Day),
}).superRefine(({ year, holidays, workdays }, wrong) => {
  const say = (message: string) => wrong.addIssue({ code: 'custom', message })
  // What is decided of a year reaches into the last days of the one before, and the first of the next.
  const isNear = (day: Day) => day >= `${year - 1}-12-01` && day <= `${year + 1}-01-31`
  for (const { from, to } of holidays) if (from > to || !isNear(from) || !isNear(to)) say(`${from} to ${to} are no days off of ${year}`)
  for (const day of workdays) {
    if (!isNear(day) || isWeekday(day)) say(`${day} is no weekend of ${year} that is worked`)
    if (holidays.some(({ from, to }) => from <= day && day <= to)) say(`${day} is worked and off`)
  }
})
export type CalendarYear = z.infer<typeof CalendarYear>

/** The file of a calendar: `db/calendars/<code>.json`. */
export const WorkingCalendar = z.strictObject({ code: z.string().regex(/^[a-z0-9-]+$/), name: Text, years: z.array(CalendarYear) })
export type WorkingCalendar = z.infer<typeof WorkingCalendar>

/** Whether a day is worked. Without a calendar, and in years that it does not hold: Monday to Friday. */
export function isWorkingDay(calendar: WorkingCalendar | null, day: Day): boolean {
  if (calendar?.years.some(({ workdays }) => workdays.includes(day))) return true
  return isWeekday(day) && !calendar?.years.some(({ holidays }) => holidays.some(({ from, to }) => from <= day && day <= to))
}

/** The day that lies a number of working days after `day`, which does not count itself: of 1, the next day that is worked. Of 0, the day itself or, where that is not worked, the next that is. */
export function addWorkingDays(calendar: WorkingCalendar | null, day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  while (!isWorkingDay(calendar, at)) at = addDays(at, 1)
  return at
}

/** The last day from which on at least so many working days have passed by `day`, which counts itself. */
export function backWorkingDays(calendar: WorkingCalendar | null, day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; at = addDays(at, -1)) if (isWorkingDay(calendar, at)) left -= 1
  return at
}

/** Working days after `from` up to and with `to`; negative where `to` is the earlier. Counted by weeks and what differs from them, however far apart the two lie. */
export function workingDaysBetween(calendar: WorkingCalendar | null, from: Day, to: Day): number {
  if (to < from) return 0 - workingDaysBetween(calendar, to, from)
  const years = calendar?.years ?? []
  const worked = new Set(years.flatMap(({ workdays }) => workdays.filter((day) => from < day && day <= to)))
  const off = new Set<Day>()
  for (const { holidays } of years) {
    for (const one of holidays) {
      for (let day = one.from > from ? one.from : addDays(from, 1); day <= one.to && day <= to; day = addDays(day, 1)) if (isWeekday(day)) off.add(day)
    }
  }
  return weekdaysUntil(dayNumber(to)) - weekdaysUntil(dayNumber(from)) + worked.size - off.size
}

/** Days from Monday to Friday up to a day and with it, counted from a Monday long ago. */
function weekdaysUntil(day: number): number {
  const since = day + 3 + 7 * 1_000_000
  return Math.floor(since / 7) * 5 + Math.min((since % 7) + 1, 5)
}

/** Whether a calendar holds every year from one day to another: else weekdays stood in for what was not published. */
export function coversDays(calendar: WorkingCalendar | null, from: Day, to: Day): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) if (!calendar?.years.some((one) => one.year === year)) return false
  return daysBetween(from, to) >= 0
}

/** Monday to Friday. 1970-01-01 was a Thursday. */
function isWeekday(day: Day): boolean {
  return (((dayNumber(day) + 3) % 7) + 7) % 7 < 5
}
