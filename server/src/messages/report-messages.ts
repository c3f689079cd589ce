import type { NewMessage } from '@lastmile/db/load/notify'
import type { SourceRow } from '@lastmile/db/query/sources'
import type { Day, Instant } from '@lastmile/shared/day'
import { officeOf, reviewersOf, type Address, type MessageKind } from '@lastmile/shared/message'
import type { SubmissionContext } from '../reports/submission.js'

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
export function reportTold({ submission, list, source, asOf }: SubmissionContext, report: string): ReportTold {
  return { listId: list.id, source, report, period: submission.period, asOf, sentBy: submission.sentBy }
}

/** Who is told that a report counts: those that waited for the end of its embargo; and, of a correction, those whose report it takes the place of. */
export function acceptanceTold(context: SubmissionContext, report: string, isCorrection: boolean): NewMessage[] {
  const { submission, at } = context
  const of = reportTold(context, report)
  return [
    ...(submission.held === null ? [] : [toSender(of, { kind: 'report_published', by: null, at })]),
    ...(isCorrection ? [messageAbout(of, { kind: 'report_corrected', by: submission.sentBy, at }, [...officeOf(of.source.data), ...(of.source.data.unit === null ? [] : reviewersOf(of.source.data))])] : []),
  ]
}

/** Who is told of a draft: nobody where its sender has seen the answer. A machine shows its to nobody, and one whose embargo has ended is asked for by none. */
export function draftTold(context: SubmissionContext, report: string): NewMessage[] {
  const { submission, at } = context
  const of = reportTold(context, report)
  if (submission.held !== null) return [toSender(of, { kind: 'report_not_published', by: null, at })]
  return submission.by.role === 'machine' ? [toSender(of, { kind: 'draft_has_errors', by: null, at })] : []
}
