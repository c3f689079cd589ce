import { addDays, type Day } from './day.js'
import { backWorkingDays, type WorkingCalendar } from './working-day.js'

/** For so many working days before it is published, those whom a bulletin names see their own lines of it. */
export const previewWorkingDays = 2

/** The day from which on those named see their lines of what is published on a day: as many working days lie from it on and before that one. */
export function previewDay(publishedOn: Day, calendar: WorkingCalendar | null): Day {
  return addDays(backWorkingDays(calendar, addDays(publishedOn, -1), previewWorkingDays), 1)
}

/** The first day on which something can be published of which those named begin to see their lines today. */
export function earliestPublication(today: Day, calendar: WorkingCalendar | null): Day {
  let day = today
  while (previewDay(day, calendar) < today) day = addDays(day, 1)
  return day
}
