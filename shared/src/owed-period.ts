import { addDays, dayNumber, daysBetween, periodDays, type Day } from './day.js'
import type { Source } from './source.js'

/*
 * The one rule of who owes which report by when, and of what became of it. A period answered is one in which the as-of
 * day of an accepted report lies; whether it came in time goes by the day on which it was sent, so that a reviewer's
 * pace is not the sender's lateness.
 */

/** A stretch of time of which a source speaks: a month `2026-02`, a week `2026-W07` (Monday to Sunday, ISO 8601), or a day. */
export interface OwedPeriod {
  period: string
  first: Day
  last: Day
  /** The last day on which its report comes in time; null: none is owed, whatever comes. */
  dueOn: Day | null
}

/** What of a source decides what it owes. */
export type Owing = Pick<Source, 'rhythm' | 'graceDays' | 'owesFrom'>

/** When a list is in force. */
export interface InForce {
  inForce: Day
  validTo: Day | null
}

/** The period of a rhythm in which a day lies. Without a rhythm things are told by months. */
export function periodAt(rhythm: Source['rhythm'], day: Day): Pick<OwedPeriod, 'period' | 'first' | 'last'> {
  if (rhythm === 'daily') return { period: day, first: day, last: day }
  if (rhythm === 'weekly') {
    const first = addDays(day, -((dayNumber(day) + 3) % 7))
    return { period: weekName(first), first, last: addDays(first, 6) }
  }
  const month = day.slice(0, 7)
  return { period: month, ...periodDays(month) }
}

/** A week belongs to the year of its Thursday. */
function weekName(monday: Day): string {
  const thursday = addDays(monday, 3)
  const week = 1 + Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7)
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`
}

/**
 * The last `count` periods of a source that have begun by `today`, the earliest first. None is owed that began before
 * the list came into force or before the source owes anything, or after the list ended; those are left out. Of a source
 * without a rhythm they are months, and none is owed.
 */
export function owedPeriods(source: Owing, { inForce, validTo }: InForce, today: Day, count: number): OwedPeriod[] {
  const from = source.owesFrom != null && source.owesFrom > inForce ? source.owesFrom : inForce
  const isOwed = source.rhythm !== 'irregular'
  const periods: OwedPeriod[] = []
  for (let day = validTo !== null && validTo < today ? validTo : today; periods.length < count; ) {
    const { period, first, last } = periodAt(source.rhythm, day)
    if (isOwed ? first < from : last < from) break
    periods.unshift({ period, first, last, dueOn: isOwed ? addDays(last, source.graceDays) : null })
    day = addDays(first, -1)
  }
  return periods
}

/**
 * `on_time`, `late`: a report of it was accepted; late if it was sent after the due day. `held`: sent, not accepted.
 * `missing`: nothing was sent, and the due day is past. `expected`: nothing was sent, and it is not past.
 * `sent`, `none`: where none is owed, one was accepted or nothing was.
 */
export const periodStates = ['on_time', 'late', 'held', 'missing', 'expected', 'sent', 'none'] as const
export type PeriodState = (typeof periodStates)[number]

/** A report as far as the rule asks: when it was sent, and what became of it. */
export interface SentReport {
  asOf: Day
  sentOn: Day
  /** Null while it is not accepted. */
  acceptedOn: Day | null
  /** Of one that is not accepted: who has to do something. A draft and one that was returned wait for their sender. */
  waitsFor: 'sender' | 'reviewer'
  /** False for a snapshot that speaks of less than its source does: a part. */
  isWhole: boolean
  /** It says that there is nothing to report, which is an answer too. */
  isNil: boolean
}

/** What became of a period by a day. */
export interface PeriodStanding {
  state: PeriodState
  /** When the first accepted report of it was sent (a whole one before a part); of one that is held, when that was. */
  sentOn: Day | null
  /** Days after the due day: of a late one until it was sent, of a missing one until now, of a held one until it was sent. Else 0. */
  daysLate: number
  /** Only parts of what the source speaks of were accepted. */
  isPart: boolean
  isNil: boolean
  /** Of a held one. */
  waitsFor: 'sender' | 'reviewer' | null
}

/** What became of a period by the end of `today`. `reports` are all that its source ever sent, or those of the period. */
export function periodStanding(period: OwedPeriod, reports: readonly SentReport[], today: Day): PeriodStanding {
  const own = reports.filter((one) => one.asOf >= period.first && one.asOf <= period.last && one.sentOn <= today)
  const accepted = own.filter((one) => one.acceptedOn !== null && one.acceptedOn <= today)
  // Where anything was reported after all, a nil report makes no whole of it.
  const isNil = accepted.every((one) => one.isNil)
  const whole = accepted.filter((one) => one.isWhole && (isNil || !one.isNil))
  const counted = whole.length > 0 ? whole : accepted.length > 0 ? accepted : own
  const sentOn = counted.reduce<Day | null>((first, one) => (first === null || one.sentOn < first ? one.sentOn : first), null)
  const late = period.dueOn === null ? 0 : Math.max(0, daysBetween(period.dueOn, sentOn ?? today))
  if (accepted.length > 0) {
    // Parts are not yet what is owed.
    const state = period.dueOn === null ? 'sent' : whole.length === 0 ? (period.dueOn < today ? 'missing' : 'expected') : late > 0 ? 'late' : 'on_time'
    return { state, sentOn, daysLate: late, isPart: whole.length === 0, isNil, waitsFor: null }
  }
  if (own.length > 0) {
    const waitsFor = own.some((one) => one.waitsFor === 'reviewer') ? 'reviewer' : 'sender'
    return { state: 'held', sentOn, daysLate: late, isPart: false, isNil: false, waitsFor }
  }
  const state = period.dueOn === null ? 'none' : late > 0 ? 'missing' : 'expected'
  return { state, sentOn: null, daysLate: late, isPart: false, isNil: false, waitsFor: null }
}

/** True when the due day of a period is past: from then on it counts in rates. */
export function isPastDue({ dueOn }: Pick<OwedPeriod, 'dueOn'>, today: Day): boolean {
  return dueOn !== null && dueOn < today
}

/**
 * Whether a source has reported, as its last word and the last period whose due day is past say: `late` if nothing came
 * of that or any later one, `never` if nothing ever came. Older periods that were left out stand in the calendar.
 */
export function reportingStatus(source: Owing, list: InForce, lastAsOf: Day | null, today: Day): { reporting: 'on_time' | 'late' | 'never' | 'not_due'; dueOn: Day | null; daysLate: number } {
  const wanted = lastDue(source, list, today)
  const isLate = wanted !== null && (lastAsOf === null || lastAsOf < wanted.first)
  return {
    reporting: isLate ? (lastAsOf === null ? 'never' : 'late') : lastAsOf === null || source.rhythm === 'irregular' ? 'not_due' : 'on_time',
    dueOn: wanted?.dueOn ?? null, daysLate: isLate ? daysBetween(wanted.dueOn!, today) : 0,
  }
}

/** The last period of a source whose due day is past. */
function lastDue(source: Owing, list: InForce, today: Day): OwedPeriod | null {
  // A period's due day may lie many periods after it, of a daily report with weeks of grace.
  const [period] = owedPeriods(source, list, addDays(today, -source.graceDays - 1), 2).filter((one) => isPastDue(one, today)).slice(-1)
  return period ?? null
}
