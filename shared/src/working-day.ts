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
  for (const { from, to } of holidays) if (from > to || !from.startsWith(String(year)) || !to.startsWith(String(year))) say(`${from} to ${to} are no days off of ${year}`)
  for (const day of workdays) {
    if (!day.startsWith(String(year)) || isWeekday(day)) say(`${day} is no weekend of ${year} that is worked`)
    if (holidays.some(({ from, to }) => from <= day && day <= to)) say(`${day} is worked and off`)
  }
})
export type CalendarYear = z.infer<typeof CalendarYear>

/** The file of a calendar: `db/calendars/<code>.json`. */
export const WorkingCalendar = z.strictObject({ code: z.string().regex(/^[a-z0-9-]+$/), name: Text, years: z.array(CalendarYear) })
export type WorkingCalendar = z.infer<typeof WorkingCalendar>

/** Whether a day is worked. Without a calendar, and in years that it does not hold: Monday to Friday. */
export function isWorkingDay(calendar: WorkingCalendar | null, day: Day): boolean {
  const year = yearOf(calendar, day)
  if (year?.workdays.includes(day)) return true
  return isWeekday(day) && !year?.holidays.some(({ from, to }) => from <= day && day <= to)
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

/** Working days after `from` up to and with `to`; negative where `to` is the earlier. */
export function workingDaysBetween(calendar: WorkingCalendar | null, from: Day, to: Day): number {
  if (to < from) return 0 - workingDaysBetween(calendar, to, from)
  let count = 0
  for (let day = from; day < to;) {
    day = addDays(day, 1)
    if (isWorkingDay(calendar, day)) count += 1
  }
  return count
}

/** Whether a calendar holds every year from one day to another: else weekdays stood in for what was not published. */
export function coversDays(calendar: WorkingCalendar | null, from: Day, to: Day): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) if (!calendar?.years.some((one) => one.year === year)) return false
  return daysBetween(from, to) >= 0
}

function yearOf(calendar: WorkingCalendar | null, day: Day): CalendarYear | undefined {
  return calendar?.years.find(({ year }) => day.startsWith(String(year)))
}

/** Monday to Friday. 1970-01-01 was a Thursday. */
function isWeekday(day: Day): boolean {
  return (((dayNumber(day) + 3) % 7) + 7) % 7 < 5
}
