import { addDays, dayIn, startOfDay, type Day, type Instant } from './day.js'
import { addWorkingDays, backWorkingDays, isWorkingDay, type WorkingCalendar } from './working-day.js'

/** For so many working days before it is published, those whom a bulletin names see their own lines of it. */
export const previewWorkingDays = 2

/** Where and by which calendar days are counted. */
export interface CountedIn {
  timeZone: string
  calendar: WorkingCalendar | null
}

/** The day from which on those named see their lines of what is published on a day: as many working days lie from it on and before that one. */
export function previewDay(publishedOn: Day, calendar: WorkingCalendar | null): Day {
  return addDays(backWorkingDays(calendar, addDays(publishedOn, -1), previewWorkingDays), 1)
}

/** The instant from which on those named see their lines of what is published at an instant, and of which that is said `now`: never one that has passed. */
export function previewStart(publishAt: Instant, now: Instant, { timeZone, calendar }: CountedIn): Instant {
  const start = startOfDay(timeZone, previewDay(dayIn(timeZone, publishAt), calendar))
  return start < now ? now : start
}

/**
 * The first instant at which something can be published if that is said `now`: those named have their working days whole
 * from now on. What is left of a day that is worked is made up for at the end: said on a Friday at seven in the evening, it
 * is Tuesday at seven in the evening; said at a weekend, the end of Tuesday.
 */
export function earliestPublication(now: Instant, { timeZone, calendar }: CountedIn): Instant {
  const today = dayIn(timeZone, now)
  const passed = isWorkingDay(calendar, today) ? Date.parse(now) - Date.parse(startOfDay(timeZone, today)) : 0
  if (passed === 0) return startOfDay(timeZone, addDays(addWorkingDays(calendar, addDays(today, -1), previewWorkingDays), 1))
  return new Date(Date.parse(startOfDay(timeZone, addWorkingDays(calendar, today, previewWorkingDays))) + passed).toISOString()
}
