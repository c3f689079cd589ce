import type { Day, Instant, Period } from '@lastmile/shared/day'
import { addDays, periodDays } from '@lastmile/shared/day'
import type { Random } from './random.js'

/** The demonstration's own today: lateness, staleness and age count from it. */
export const demonstrationToday: Day = '2026-06-30'

/** Days on which companies declare: the day of the first bulletin, then the ends of months. */
export const declarationDays: readonly Day[] = ['2026-01-11', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']

/** Months that provinces report. Month `n` ends on declaration day `n + 1`. */
export const periods: readonly Period[] = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']

/** As-of days of the settlement feed, about every fortnight; the second is the day of the bulletin on sales. */
export const feedDays: readonly Day[] = [
  '2026-01-10', '2026-01-20', '2026-01-31', '2026-02-14', '2026-02-28', '2026-03-14', '2026-03-31',
  '2026-04-15', '2026-04-30', '2026-05-15', '2026-05-31', '2026-06-14', '2026-06-28',
]

/**
 * Days on which institutions close: well after a month's end, when the reports of the month are in, and never on a day
 * of a bulletin, so that no figure depends on how the closing day itself is counted.
 */
export const closingDays: readonly Day[] = ['2026-02-17', '2026-03-18', '2026-04-21', '2026-05-19', '2026-06-16']
export const openingDays: readonly Day[] = ['2026-02-06', '2026-03-10', '2026-04-08']

/** An instant on a day in China (UTC+8, no summer time). */
export function instantAt(day: Day, hour: number, minute = 0): Instant {
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return new Date(`${day}T${clock}:00+08:00`).toISOString()
}

/** Some time in office hours, `days` after `day`; on the demonstration's own today, its evening. */
export function officeHour(random: Random, day: Day, days: number): Instant {
  const on = addDays(day, days)
  if (on >= demonstrationToday) return instantAt(demonstrationToday, 17 + random.below(5), random.below(60))
  return instantAt(on, 9 + random.below(9), random.below(60))
}

export function lastDay(period: Period): Day {
  return periodDays(period).last
}
