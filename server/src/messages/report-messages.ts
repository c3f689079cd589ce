import { notify, settle, type NewMessage } from '@lastmile/db/load/notify'
import type { Database } from '@lastmile/db/database'
import { otherOfficers } from '@lastmile/db/query/accounts'
import { unsettledReports } from '@lastmile/db/query/messages'
import type { ReportRow } from '@lastmile/db/query/reports'
import { findSource, type SourceRow } from '@lastmile/db/query/sources'
import type { Day, Instant } from '@lastmile/shared/day'
import { type Address, type MessageKind } from '@lastmile/shared/message'
import { officeOf, reviewersOf } from '@lastmile/shared/message-office'
import { periodAt } from '@lastmile/shared/owed-period'
import { everything } from '@lastmile/shared/purview'
import type { WaitingState } from '@lastmile/shared/report'
import { confirmsPairs, isWhole } from '@lastmile/shared/reporting'
import { speaksOfAll } from '@lastmile/shared/scope'
import type { Scope } from '@lastmile/shared/source'
import { tellSubscribers } from '../alerts/report-alerts.js'
import { slotTime, type SubmissionContext } from '../reports/submission.js'

/** A report, as far as messages about it say. */
export interface ReportTold {
  listId: number
  source: Pick<SourceRow, 'id' | 'data'>
  report: string
  period: string | null
  asOf: Day
  /** Who sent it, as the audit names him. */
  sentBy: string | null
}

/** What of a report is told, by whom it was done and when. `again`: what tells it from the last time, where the same can happen to a report again. */
interface Told {
  kind: MessageKind
  by: string | null
  at: Instant
  again?: string
}

/** What is to be done about a report that waits. */
const ofWaiting = ['subscribed_quarantine', 'report_quarantined', 'report_waits_review', 'report_waits_approval', 'report_not_published'] as const
/** What is to be done by sending something for a day. */
const ofSending = ['report_returned', 'report_reopened', 'draft_has_errors', 'report_not_published'] as const
const reminders = ['subscribed_overdue', 'reminder_before_due', 'reminder_overdue', 'source_overdue'] as const

/** A message to who sends the reports of a source: its office, and whoever sent this one in its place. */
export function toSender(of: ReportTold, told: Told): NewMessage {
  return messageAbout(of, told, [...officeOf(of.source.data), ...(of.sentBy === null ? [] : [{ account: of.sentBy }])])
}

/** A message to who looks after the reports of a source: its unit's officers and the regulator's operators. */
export function toReviewers(of: ReportTold, told: Told): NewMessage {
  return messageAbout(of, told, reviewersOf(of.source.data))
}

/** A message about a report to anybody. Who may not see its source does not see it. */
export function messageAbout({ listId, source, report, period, asOf }: ReportTold, { kind, by, at, again }: Told, to: readonly Address[]): NewMessage {
  return { kind, listId, sourceId: source.id, subject: { report, asOf, ...(period === null ? {} : { period }) }, to, by, key: again === undefined ? report : `${report} ${again}`, at }
}

/** A report that is just being stored, as messages about it say. */
function reportTold({ submission, list, source, asOf }: SubmissionContext, report: string): ReportTold {
  return { listId: list.id, source, report, period: submission.period, asOf, sentBy: submission.sentBy }
}

/** The same of one that stands in the database. */
export async function storedReportTold(tx: Database, listId: number, { id, source: code, period, asOf, sentBy }: ReportRow): Promise<ReportTold> {
  return { listId, source: (await findSource(tx, listId, code, everything))!, report: id, period, asOf, sentBy }
}

/**
 * A report counts from now on. Told of it are those who waited for somebody's decision, or for the end of its embargo; and, of
 * a correction, those whose report it takes the place of. `scope` is stored with it. What was to be done so that it came is done.
 */
export async function tellAccepted(tx: Database, context: SubmissionContext, scope: Scope, report: string, isCorrection: boolean): Promise<void> {
  const { submission: { held, sentBy }, at } = context
  const of = reportTold(context, report)
  await settleSent(tx, context, scope, report)
  const messages: NewMessage[] = []
  if (held?.state === 'embargoed') messages.push(toSender(of, { kind: 'report_published', by: null, at }))
  if (held?.state === 'quarantined') messages.push(toSender(of, { kind: 'report_accepted', by: held.release?.by ?? null, at }))
  if (held?.state === 'submitted') messages.push(toSender(of, { kind: 'report_approved', by: held.approval?.by ?? null, at, again: at }))
  if (isCorrection) messages.push(messageAbout(of, { kind: 'report_corrected', by: sentBy, at }, [...officeOf(of.source.data), ...(of.source.data.unit === null ? [] : reviewersOf(of.source.data))]))
  await notify(tx, messages)
}

/**
 * A report was kept, with this scope, that moves no number. Of one that waits are told who decides, and, where it is not what its sender was
 * answered, its sender. Of a draft nobody is, where its sender has seen the answer: a machine shows its to nobody, and of one that
 * had waited nobody asks.
 */
export async function tellKept(tx: Database, context: SubmissionContext, scope: Scope, report: string, state: 'draft' | WaitingState): Promise<void> {
  const { submission: { held, by, sentBy }, at } = context
  const of = reportTold(context, report)
  if (state === 'draft') {
    if (held !== null) await settle(tx, { sourceId: of.source.id, kinds: ofWaiting, about: { report }, at })
    const kind = held?.state === 'embargoed' ? 'report_not_published' : 'draft_has_errors'
    if (held !== null || by.role === 'machine') await notify(tx, [toSender(of, { kind, by: null, at })])
    return
  }
  await settleSent(tx, context, scope, report)
  const messages: NewMessage[] = []
  if (held?.state === 'quarantined') messages.push(toSender(of, { kind: 'report_released', by: held.release?.by ?? null, at }))
  if (state === 'quarantined') messages.push(toSender(of, { kind: 'report_quarantined', by: sentBy, at }), toReviewers(of, { kind: 'report_waits_review', by: sentBy, at }))
  if (state === 'quarantined') messages.push(...await tellSubscribers(tx, of.source.data, 'report_quarantined', messageAbout(of, { kind: 'subscribed_quarantine', by: sentBy, at }, [])))
  if (state === 'submitted') messages.push(messageAbout(of, { kind: 'report_waits_approval', by: sentBy, at }, await approversOf(tx, context)))
  await notify(tx, messages)
}

/** Somebody has decided of a report, and its sender is told. What was to be done about it is done. `again`: it can be decided so again. */
export async function tellDecided(tx: Database, of: ReportTold, told: Told): Promise<void> {
  await settleWaiting(tx, of, told.at)
  await notify(tx, [toSender(of, told)])
}

/** A report waits for nobody any more: it was decided of, or taken back. */
export async function settleWaiting(tx: Database, { source, report }: Pick<ReportTold, 'source' | 'report'>, at: Instant): Promise<void> {
  await settle(tx, { sourceId: source.id, kinds: [...ofWaiting, 'report_reopened'], about: { report }, at })
}

/**
 * Whoever was to send a report has sent it. `scope`: of what it speaks, as it is stored. What was to be sent for the same time is
 * settled where this speaks of all that that one did; the period is owed no more where it speaks of all that its source does.
 */
async function settleSent(tx: Database, { submission: { channel, nil, period }, source, asOf, at, mode, scope: said }: SubmissionContext, scope: Scope, report: string): Promise<void> {
  const [sourceId, sent] = [source.id, { channel, mode, isNil: nil ?? false, period, scope: said }]
  await settle(tx, { sourceId, kinds: ofWaiting, about: { report }, at })
  if (confirmsPairs(sent, source.data)) return
  const isAll = speaksOfAll(scope, source.data.scope)
  for (const { report: one, scope: its } of await unsettledReports(tx, { sourceId, kinds: ofSending, period: slotTime(period, asOf), asOf })) {
    // A draft is stored with what its sender said it speaks of: which drugs a file names is known of one without errors alone.
    const isDone = isAll || its === null || speaksOfAll(scope, its) || (speaksOfAll(said, its) && speaksOfAll(its, said))
    if (isDone) await settle(tx, { sourceId, kinds: ofSending, about: { report: one }, at })
  }
  if (isWhole(sent, source.data)) await settle(tx, { sourceId, kinds: reminders, about: { period: periodAt(source.data.rhythm, asOf).period }, at })
}

/** Who can approve a report: other officers of its unit, where there are any, else a national operator. */
async function approversOf(tx: Database, { list, source: { data: { unit } }, submission: { sentBy } }: SubmissionContext): Promise<Address[]> {
  const others = unit === null ? 0 : await otherOfficers(tx, list.code, unit, sentBy)
  return unit === null || others === 0 ? [{ role: 'operator' }] : [{ role: 'province_officer', unit }]
}
