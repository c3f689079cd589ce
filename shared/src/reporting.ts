import { z } from 'zod'
import { Format } from './basis.js'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { isPastDue, periodStates, type OwedPeriod, type PeriodStanding } from './owed-period.js'
import { Page } from './page.js'
import { ReportState } from './report.js'
import { speaksOfAll } from './scope.js'
import { reportingOrders, sortBy } from './sort.js'
import { Source, type Channel, type ReportMode, type Scope } from './source.js'
import { Text } from './text.js'

/** Periods by what became of them: all that are past due, those of which a report came, and each by itself; beside them those that are not due yet. */
export const periodSets = { owed: ['onTime', 'late', 'held', 'missing'], came: ['onTime', 'late'], onTime: ['onTime'], late: ['late'], held: ['held'], missing: ['missing'], notDue: ['notDue'] } as const
export type PeriodSet = keyof typeof periodSets

/** Of each source its last `periods` by its own rhythm; `region` is a unit or a city, or those of no unit, as companies are. `state`: of these periods those of a set alone; they are then what is paged. Totals stay those of all. */
export const ReportingQuestion = z.object({
  asOf: Day.optional(), periods: z.coerce.number().int().min(1).max(60).default(12), evidence: Evidence.optional(), region: z.string().optional(), company: z.string().optional(), source: z.string().optional(),
  state: z.enum(Object.keys(periodSets) as [PeriodSet, ...PeriodSet[]]).optional(), sort: sortBy(reportingOrders).optional(), offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(200), format: Format.default('json'),
})
export type ReportingQuestion = z.infer<typeof ReportingQuestion>

/** Periods whose due day is past, by what became of them; `notDue` are those whose is not, whatever came. The first four add up to `owed`. */
export const ReportingCounts = z.strictObject({ owed: z.int(), onTime: z.int(), late: z.int(), held: z.int(), missing: z.int(), notDue: z.int() })
export type ReportingCounts = z.infer<typeof ReportingCounts>

/** What became of one period of a source, and how complete what came is. */
export const ReportingCell = z.strictObject({
  period: z.string(),
  first: Day,
  last: Day,
  dueOn: Day.nullable(),
  state: z.enum(periodStates),
  sentOn: Day.nullable(),
  daysLate: z.int(),
  /** Only parts of what the source speaks of were accepted. */
  isPart: z.boolean(),
  /** "Nothing to report". */
  isNil: z.boolean(),
  waitsFor: z.enum(['sender', 'reviewer']).nullable(),
  /** Of the drugs expected (those of the source's scope that were listed then) how many it names. `named` null: nothing was accepted, or they were not counted then. */
  drugs: z.strictObject({ named: z.int().nullable(), expected: z.int() }),
  /** How many institutions it names; of those that the last snapshot of an earlier period named (`before`), how many it names again. Null: nothing tells. */
  institutions: z.strictObject({ named: z.int().nullable(), again: z.int().nullable(), before: z.int().nullable() }),
  /** Those that stand, or wait; for whom they open, else none. */
  reports: z.array(z.strictObject({ id: z.string(), state: ReportState, asOf: Day, version: z.int() })),
})
export type ReportingCell = z.infer<typeof ReportingCell>

/** One source over its last periods, the earliest first. */
export const ReportingRow = z.strictObject({
  code: z.string(),
  name: Text,
  evidence: Evidence,
  company: z.string().nullable(),
  unit: z.string().nullable(),
  rhythm: Source.shape.rhythm,
  graceDays: z.int(),
  lastAsOf: Day.nullable(),
  lastSentOn: Day.nullable(),
  /** Days since anything that was accepted was sent, or since it owes anything; null for one that owes nothing. */
  silentDays: z.int().nullable(),
  /** Institutions of its scope that are eligible on the as-of day for the one of its drugs for which most are; for any of them at least so many are. A yardstick, not what it must name. Null: nothing tells. */
  eligibleAtLeast: z.int().nullable(),
  counts: ReportingCounts,
  cells: z.array(ReportingCell),
})
export type ReportingRow = z.infer<typeof ReportingRow>

/** Who has reported which periods, and who has not. Totals are over all sources asked about; `rows` is a page of them, or where a `state` is asked for of its periods, each in the row of its source. */
export const ReportingAnswer = z.strictObject({
  asOf: Day,
  /** Sources, and what became of their periods. */
  total: ReportingCounts.extend({ sources: z.int() }),
  /** By the unit whose office reports; null: of none, as companies are. In the order of the units. */
  byUnit: z.array(ReportingCounts.extend({ unit: z.string().nullable(), sources: z.int() })),
  byPeriod: z.array(ReportingCounts.extend({ rhythm: Source.shape.rhythm, period: z.string() })),
  rows: z.array(ReportingRow),
  page: Page,
})
export type ReportingAnswer = z.infer<typeof ReportingAnswer>

/** As what a period counts by a day: as not due, or as what became of it; null where none is owed. */
export function countedAs({ dueOn, state }: Pick<OwedPeriod, 'dueOn'> & Pick<PeriodStanding, 'state'>, today: Day): Exclude<keyof ReportingCounts, 'owed'> | null {
  if (dueOn === null) return null
  if (!isPastDue({ dueOn }, today)) return 'notDue'
  return state === 'on_time' ? 'onTime' : state === 'late' || state === 'held' ? state : 'missing'
}

/** Whether a period is in a set by a day. */
export function isInSet(set: PeriodSet, period: Pick<OwedPeriod, 'dueOn'> & Pick<PeriodStanding, 'state'>, today: Day): boolean {
  return (periodSets[set] as readonly (string | null)[]).includes(countedAs(period, today))
}

/** Counts periods by what became of them by a day. */
export function countPeriods(periods: readonly (Pick<OwedPeriod, 'dueOn'> & Pick<PeriodStanding, 'state'>)[], today: Day): ReportingCounts {
  const counts = { owed: 0, onTime: 0, late: 0, held: 0, missing: 0, notDue: 0 }
  for (const period of periods) {
    const as = countedAs(period, today)
    if (as === null) continue
    counts[as] += 1
    if (as !== 'notDue') counts.owed += 1
  }
  return counts
}

/** How many of the periods counted are in a set. */
export function countOfSet(set: PeriodSet, counts: ReportingCounts): number {
  return periodSets[set].reduce((sum, as) => sum + counts[as], 0)
}

/** Counts of several sources together. */
export function addCounts(all: readonly ReportingCounts[]): ReportingCounts {
  const sum = { owed: 0, onTime: 0, late: 0, held: 0, missing: 0, notDue: 0 }
  for (const one of all) for (const key of Object.keys(sum) as (keyof ReportingCounts)[]) sum[key] += one[key]
  return sum
}

/** The reporting rate, from 0 to 1: of the periods whose due day is past, those reported in time; late ones stand beside it. Null where none was owed. */
export function reportingRate({ owed, onTime }: ReportingCounts): number | null {
  return owed === 0 ? null : onTime / owed
}

/** A report as far as its form decides of which part of a period it speaks. */
export interface Spoken {
  channel: Channel
  mode: ReportMode
  isNil: boolean
  period: string | null
  scope: Scope
}

/** True for pairs confirmed on screen where the source owes all that holds: no report of a period. */
export function confirmsPairs({ channel, mode, isNil, period }: Omit<Spoken, 'scope'>, source: Pick<Source, 'mode'>): boolean {
  return source.mode === 'snapshot' && channel === 'form' && mode === 'changes' && period === null && !isNil
}

/** True where a report is all that its source owes of a period: all that changed, or all that holds in the source's scope. */
export function isWhole({ channel, mode, isNil, scope }: Omit<Spoken, 'period'>, source: Pick<Source, 'mode' | 'scope'>): boolean {
  if (mode === 'snapshot' || isNil) return speaksOfAll(scope, source.scope)
  return channel !== 'form' || source.mode !== 'snapshot'
}

/** Reports that wait for their sender; what else is not accepted waits for somebody else, or its time. */
const sendersTurn: readonly ReportState[] = ['draft', 'returned']

/** For whom a report waits that is not accepted. */
export function waitsFor(state: ReportState): 'sender' | 'reviewer' {
  return sendersTurn.includes(state) ? 'sender' : 'reviewer'
}
