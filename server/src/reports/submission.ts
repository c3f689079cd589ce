import type { ListRow } from '@lastmile/db/query/lists'
import type { SourceRow } from '@lastmile/db/query/sources'
import { dayIn, earlierDay, periodDays, type Day, type Instant, type Period } from '@lastmile/shared/day'
import { feedLimits, uploadLimits, type Channel, type Limits, type ReportMode, type Scope } from '@lastmile/shared/source'
import type { Unchanged } from '@lastmile/shared/entry'
import type { AuditBy } from '@lastmile/shared/audit'
import type { Purview } from '@lastmile/shared/purview'
import type { Approval, ReportReceipt, WaitingState } from '@lastmile/shared/report'
import type { Suspicion } from '@lastmile/shared/suspicion'
import type { Deed } from '../audit/event-of.js'
import type { ReceivedFile } from '../lib/kept-files.js'
import { Refusal } from '../lib/refusal.js'

/** A report as it is sent, from whichever door. */
export interface Submission {
  list: string
  source: string
  filename: string
  /** As it came in. It belongs to whoever submits it: {@link submitReport} keeps it or not, and never discards it. */
  file: ReceivedFile
  /** Period or as-of day: exactly one. */
  period: Period | null
  asOf: Day | null
  /** Null: as the source usually reports. */
  mode: ReportMode | null
  /** Narrows the source's scope; null is all of it. */
  scope: Scope | null
  channel: Channel
  /** Version that this report corrects (`If-Match`). */
  corrects: number | null
  /** The sender's own key, with the sender before it. */
  idempotencyKey: string | null
  dryRun: boolean
  /** When it was accepted, for a report of the past; null is now. */
  acceptedAt: Instant | null
  /** Until when it waits under embargo; null: not at all. */
  publishAt: Instant | null
  /** The waiting report that this is, now that its time has come or somebody has decided; null: it is none. */
  held: Held | null
  /** The as-of day that it had when it came, for one that waited or was kept: of a period, it does not move with the day on which it is stored. */
  keptAsOf?: Day
  /** What was decided of it, to be noted with what comes of it. */
  decided?: Deed
  /** As what a kept report waits that is kept again; null: it was accepted, or is under embargo. */
  waits?: { state: 'quarantined' | 'submitted'; suspicions: readonly Suspicion[] } | null
  /** The code of a kept report that is accepted again; null: it is a new one. */
  code: string | null
  /** What was decided of a kept report that is accepted again. */
  decisions?: Pick<Held, 'release' | 'approval'>
  /** The number that the receipt of a kept report had, which is accepted again. */
  number?: number | null
  /** False for a kept file that is accepted again: it was no draft then and becomes none now. */
  keepsDraft?: boolean
  /** Who sends it, as the audit names him; null for a command. */
  sentBy: string | null
  /** The same with all that the audit says of him. */
  by: AuditBy
  /** Of whose sources he may send reports. */
  purview: Purview
  /** Named by the sender, to follow the progress. */
  upload: string | null
  /** Nothing to report: its file has a heading and no row, and is not read. */
  nil?: boolean
  /** What its source must have said last of these pairs when it is stored: it says that nothing has changed of them. */
  holds?: readonly Unchanged[]
}

/** A report that waited, as far as it goes on as what it was. */
export interface Held {
  code: string
  /** As what it waited. */
  state: WaitingState
  receivedAt: Instant
  suspicions: readonly Suspicion[]
  /** Who let it out of quarantine, when and why; null: it was in none. `by` is an account. */
  release: { by: string; at: Instant; reason: string } | null
  /** Who approved it before it counts; null: nobody. */
  approval: { kind: Approval; by: string; at: Instant } | null
}

/** What became of a submission, with the HTTP status that says so. */
export interface Submitted {
  status: 200 | 201 | 202 | 400 | 413 | 415 | 422
  receipt: ReportReceipt
}

/** A submission with what it refers to looked up. */
export interface SubmissionContext {
  submission: Submission
  list: ListRow
  source: SourceRow
  /** When it is accepted, and when that is: the same, but for a report of the past. */
  at: Instant
  now: Instant
  asOf: Day
  today: Day
  mode: ReportMode
  /** Of which the report speaks, as far as its sender says; a snapshot of the drugs its rows name speaks of those alone. */
  scope: Scope
}

/** Limits of a source's channel. @throws Refusal if the source takes no reports that way */
export function limitsOf(source: SourceRow, channel: Channel): Limits {
  const own = source.data.channels[channel]
  if (!own) throw new Refusal(403, 'source.channel_closed', `Source "${source.data.code}" takes no reports by ${channel}.`, { field: 'source' })
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return { ...(channel === 'feed' ? feedLimits : uploadLimits), ...given }
}

/** How many days a report may wait under embargo at most: one that nobody remembers would be published one day. */
const embargoDaysAtMost = 366

/** @throws Refusal for a new report whose embargo has ended already, or ends too far off: a year is mistyped easily */
export function checkEmbargo({ publishAt, held, code }: Submission, at: Instant): void {
  if (publishAt === null || held !== null || code !== null) return
  const ms = Date.parse(publishAt) - Date.parse(at)
  if (ms <= 0 || ms > embargoDaysAtMost * 86_400_000) throw new Refusal(400, 'report.publish_at', `An embargo ends later than now (${at}), and within ${embargoDaysAtMost} days.`, { field: 'publishAt' })
}

/** The as-of day of a submission and the today against which it is read. @throws Refusal for none, both, or a day to come */
export function daysOf(submission: Pick<Submission, 'period' | 'asOf'>, list: ListRow, at: Instant): { asOf: Day; today: Day } {
  const { period, asOf } = submission
  if ((period === null) === (asOf === null)) throw new Refusal(400, 'report.when', 'Give either "period" (2026-02) or "asOf" (2026-02-28).', { field: period === null ? 'asOf' : 'period' })
  const clockDay = dayIn(list.timeZone, at)
  const today = list.clock === 'demonstration' ? earlierDay(clockDay, list.today) : clockDay
  const day = asOf ?? earlierDay(periodDays(period!).last, today)
  if (day > today || (period !== null && periodDays(period).first > today)) {
    throw new Refusal(400, 'report.future', `A report cannot speak of a day to come: today is ${today}.`, { field: asOf ? 'asOf' : 'period' })
  }
  return { asOf: day, today }
}

/** What at most one accepted report of a source fills: its period (or day) and scope. */
export function slotOf(period: Period | null, asOf: Day, scope: Scope): string {
  const part = (values: readonly string[] | null) => (values === null ? '*' : [...values].sort().join(','))
  return `${slotTime(period, asOf)}|${part(scope.drugs)}|${part(scope.regions)}|${part(scope.kinds)}`
}

/**
 * The slot of a submission that would be called `code`. What is stated on screen as changes has one of its own: an office
 * confirms several times a day, each a report beside the others, of which the latest holds for a pair. A nil report has one
 * beside that of its period, so that whoever finds something to report after all needs to correct nothing.
 */
export function slotFor({ submission, asOf, mode }: Pick<SubmissionContext, 'submission' | 'asOf' | 'mode'>, scope: Scope, code: string): string {
  const slot = slotOf(submission.period, asOf, scope)
  if (submission.nil) return slot + nilSlot
  return submission.channel === 'form' && mode === 'changes' ? `${slot}|form ${code}` : slot
}

/** With what the slot of a nil report ends, behind that of its period and scope. */
export const nilSlot = '|nil'

/** What a report's slot says of time: its period, or its day; the last day of a month and that month are the same. */
export function slotTime(period: Period | null, asOf: Day): string {
  if (period !== null) return period
  const month = asOf.slice(0, 7)
  return periodDays(month).last === asOf ? month : asOf
}
