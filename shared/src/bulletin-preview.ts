import { addDays, type Day } from './day.js'

/** Whether people work on a day. */
export type IsWorkingDay = (day: Day) => boolean

/** For so many working days before it is published, those whom a bulletin names see their own lines of it. */
export const previewWorkingDays = 2

/** The day from which on those named see their lines of what is published on a day: as many working days lie from it on and before that one. */
export function previewDay(publishedOn: Day, isWorkingDay: IsWorkingDay): Day {
  let [day, left] = [publishedOn, previewWorkingDays]
  while (left > 0) {
    day = addDays(day, -1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** The first day on which something can be published of which those named begin to see their lines today. */
export function earliestPublication(today: Day, isWorkingDay: IsWorkingDay): Day {
  let day = today
  while (previewDay(day, isWorkingDay) < today) day = addDays(day, 1)
  return day
}
