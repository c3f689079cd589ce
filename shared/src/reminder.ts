import { daysBetween, type Day } from './day.js'
import { isPastDue, type OwedPeriod, type PeriodStanding } from './owed-period.js'
import { usualRemindDays, type Source } from './source.js'

/** One reminder of a report that is owed. */
export interface Reminder {
  when: 'before' | 'due' | 'after'
  period: string
  dueOn: Day
  /** Days until it is due, or since it was. */
  days: number
  /** Earlier periods of the source that are missing too, the earliest first: one reminder tells of all. */
  alsoMissing: string[]
}

/**
 * The reminders that a source is owed on a day: some days before a report is due, on the day, and after it, as its
 * `remindDays` say. A period of which something is accepted, or waits for a reviewer, needs none; a draft with errors
 * still does. Of several that are missing only the last whose due day is past is told again and again, and names the others.
 * What a day was skipped for is not made up: who misses a day asks for that day too, and whoever sends keeps what was sent.
 * @param periods as they stand on that day, the earliest first
 */
export function remindersOn(source: Pick<Source, 'remindDays'>, periods: readonly (OwedPeriod & PeriodStanding)[], day: Day): Reminder[] {
  const { before, after, every } = source.remindDays ?? usualRemindDays
  const owed = periods.filter((one): one is typeof one & { dueOn: Day } => one.dueOn !== null)
  const lastPast = owed.filter((one) => isPastDue(one, day)).at(-1)
  return owed.flatMap((one): Reminder[] => {
    if (!isOpen(one)) return []
    const days = daysBetween(one.dueOn, day)
    const when = days < 0 ? (-days === before ? 'before' : null) : days === 0 ? 'due' : one === lastPast && isDayAfter(days, after, every) ? 'after' : null
    if (when === null) return []
    const alsoMissing = owed.filter((other) => other.last < one.first && isPastDue(other, day) && isOpen(other)).map((other) => other.period)
    return [{ when, period: one.period, dueOn: one.dueOn, days: Math.abs(days), alsoMissing }]
  })
}

function isOpen({ state, waitsFor }: PeriodStanding): boolean {
  return state === 'missing' || state === 'expected' || (state === 'held' && waitsFor === 'sender')
}

function isDayAfter(days: number, after: number | null, every: number | null): boolean {
  if (after === null || days < after) return false
  return days === after || (every !== null && (days - after) % every === 0)
}
