import type { Database } from '@lastmile/db/database'
import { errorsOf, findReport, reportsFound, type ReportRow } from '@lastmile/db/query/reports'
import { confirmsPairs } from '@lastmile/shared/reporting'
import { mayOverlap } from '@lastmile/shared/scope'
import { waitingStates, type ReportReceipt, type ReportState, type WaitingState } from '@lastmile/shared/report'
import { everything } from '@lastmile/shared/purview'
import { Refusal } from '../lib/refusal.js'
import type { ReadOutcome } from '../reading/read-report.js'
import { opensTo } from './opens-file.js'
import { slotFor, type Submission, type SubmissionContext, type Submitted } from './submission.js'

/** What a waiting report waits for, in words. */
const waitsFor: Record<WaitingState, string> = { quarantined: 'in quarantine', submitted: 'for its approval', embargoed: 'under embargo' }

/** Whether a report in this state was read and kept, and moves no number yet. */
function isWaiting(state: ReportState): state is WaitingState {
  return (waitingStates as readonly ReportState[]).includes(state)
}

/** A receipt of nothing yet. */
export function blankReceipt(dryRun: boolean): ReportReceipt {
  return { id: null, outcome: 'rejected', dryRun, version: null, number: null, rowsTotal: 0, storedCount: 0, storedSha256: null, warnings: [], suspicions: [], errors: [], errorsTotal: 0 }
}

/** The receipt of a file that cannot be taken as a whole, whatever its rows say. */
export function refusedFile(dryRun: boolean, outcome: Extract<ReadOutcome, { outcome: 'rejected' }>): ReportReceipt {
  const { reason, detail, rowsTotal, warnings } = outcome
  return { ...blankReceipt(dryRun), reason, detail, rowsTotal: rowsTotal ?? 0, warnings, error: { code: `file.${reason.toLowerCase()}`, message: detail, field: 'file' } }
}

/**
 * The answer that a submission with the same Idempotency-Key got, if there was one: the same report gets it again.
 * @throws Refusal (422) if the key came with other bytes before, or with the same for another time, scope or mode; (409) if that report was taken back since
 */
export async function answeredBefore(db: Database, context: SubmissionContext): Promise<Submitted | null> {
  const { submission, source, list } = context
  if (submission.idempotencyKey === null || submission.dryRun || submission.held !== null) return null
  const earlier = await findReport(db, { listId: list.id, purview: everything, sourceId: source.id, idempotencyKey: submission.idempotencyKey })
  if (!earlier) return null
  if (earlier.sha256 !== submission.file.sha256 || !knows(submission, earlier)) {
    throw new Refusal(422, 'report.key_reused', 'This Idempotency-Key was used for another file. Give each report a key of its own.', { report: earlier.id }, 'IDEMPOTENCY_KEY_REUSED')
  }
  if (earlier.slot !== slotAs(earlier, context) || earlier.mode !== context.mode) {
    throw new Refusal(422, 'report.key_reused', `This Idempotency-Key was used for the same file with another time, scope or mode (report ${earlier.id}). Give each report a key of its own.`, { report: earlier.id }, 'IDEMPOTENCY_KEY_REUSED')
  }
  if (earlier.state === 'withdrawn') throw new Refusal(409, 'report.withdrawn', `Report ${earlier.id}, which came with this Idempotency-Key, was taken back. To send it again, give it another key.`, { report: earlier.id })
  if (earlier.state === 'returned') throw new Refusal(409, 'report.returned', `Report ${earlier.id}, which came with this Idempotency-Key, was returned. Mend it, and send it with another key.`, { report: earlier.id })
  return { status: earlier.state === 'draft' ? 422 : isWaiting(earlier.state) ? 202 : 201, receipt: await receiptOf(db, earlier) }
}

/** Whether whoever sends may be told that an earlier file is the one he sends: by that, prices in it could be tried out. */
function knows({ by }: Submission, earlier: ReportRow): boolean {
  return opensTo({ role: by.role, id: by.actor }, earlier)
}

/** The place that a submission would take, for its comparison with an earlier one: which drugs the rows of a file name is the same where the file is. */
function slotAs(earlier: ReportRow, context: SubmissionContext): string {
  const { submission, source, scope } = context
  const named = source.data.snapshotOf === 'drugs_named' && !submission.scope?.drugs
  return slotFor(context, named ? { ...scope, drugs: earlier.scope.drugs } : scope, earlier.id)
}

async function receiptOf(db: Database, report: ReportRow): Promise<ReportReceipt> {
  const errors = report.state === 'draft' ? (await errorsOf(db, report.id_, everything, { offset: 0, limit: 500 })).rows : []
  return {
    id: report.id, outcome: report.state === 'draft' ? 'row_errors' : isWaiting(report.state) ? report.state : 'accepted', dryRun: false, version: report.state === 'draft' ? null : report.version, number: report.number,
    rowsTotal: report.rowsTotal, storedCount: report.storedCount, storedSha256: report.storedSha256, warnings: report.warnings, suspicions: report.suspicions, errors, errorsTotal: report.errorsTotal,
  }
}

/**
 * The accepted report whose place a submission takes: the version that it says it corrects, or, for a feed, the earlier
 * snapshot of the day. Null where the slot is free.
 * @throws Refusal 409 for the same bytes again or a second file that names no version, 412 for a version that is not the last
 */
export async function formerReport(db: Database, context: SubmissionContext, slot: string): Promise<ReportRow | null> {
  const { submission, source, list } = context
  const { sha256 } = submission.file
  const at = { listId: list.id, purview: everything, sourceId: source.id, slot }
  const same = await findReport(db, { ...at, sha256 })
  if (same && same.id !== submission.held?.code && knows(submission, same)) throw new Refusal(409, 'report.duplicate', `This file was sent before, as report ${same.id}.`, { report: same.id, version: same.version }, 'DUPLICATE_SUBMISSION')
  if (submission.nil) {
    // Whatever part of the period it speaks of, and whether it counts yet or not.
    const ofPeriod = await reportsFound(db, { listId: list.id, purview: everything, sourceId: source.id, slotStart: slot.slice(0, slot.indexOf('|') + 1), state: ['accepted', ...waitingStates] })
    const spoke = ofPeriod.find((one) => !one.nil && !confirmsPairs({ channel: one.channel, mode: one.mode, isNil: one.nil, period: one.period }, source.data) && mayOverlap(one.scope, context.scope, source.data.scope))
    if (spoke) throw new Refusal(409, 'report.nil_after', `Report ${spoke.id} speaks of this time and scope already: there was something to report.`, { report: spoke.id, version: spoke.version })
  }
  // What was taken at its time was not locked then: the journal does not know what was opened again.
  const locked = submission.code === null ? await lockedBy(db, context) : null
  if (locked && locked.id !== submission.held?.code) throw new Refusal(409, 'report.approved', `Report ${locked.id} (version ${locked.version}) is approved, and its period locked until it is opened again.`, { report: locked.id, version: locked.version }, 'PERIOD_LOCKED')
  // A feed's next snapshot of a day does not wait for one in quarantine.
  const inTheWay = waitingStates.filter((state) => state !== 'quarantined' || source.data.sameDay === 'conflict')
  const waiting = await reportsFound(db, { ...at, state: inTheWay })
  const other = waiting.find((one) => one.id !== submission.held?.code)
  if (other) throw new Refusal(409, 'report.waits', `Report ${other.id} waits ${waitsFor[other.state as WaitingState]} for this source, time and scope. Withdraw it, or wait until it is decided.`, { report: other.id }, 'ANOTHER_WAITS')
  const former = await findReport(db, { ...at, state: 'accepted' })
  if (former && former.id === submission.held?.code) throw new Refusal(409, 'report.not_waiting', `Report ${former.id} does not wait any more: somebody was quicker.`, { report: former.id })
  if (former?.approval && submission.code === null) throw new Refusal(409, 'report.approved', `Report ${former.id} (version ${former.version}) is approved, and locked until it is opened again.`, { report: former.id, version: former.version }, 'PERIOD_LOCKED')
  if (submission.corrects !== null) {
    if (former?.version === submission.corrects) return former
    const last = former ? `the last version is ${former.version} (report ${former.id})` : 'there is no report to correct'
    throw new Refusal(412, 'report.version', `Version ${submission.corrects} cannot be corrected: ${last}.`, former ? { report: former.id, version: former.version } : {}, 'VERSION_MISMATCH')
  }
  // In quarantine a snapshot can be overtaken: what came after it counts.
  if (former && submission.held?.state === 'quarantined' && former.receivedAt > submission.held.receivedAt) {
    throw new Refusal(409, 'report.overtaken', `Report ${former.id}, a later snapshot of this day, counts already. Return this one.`, { report: former.id, version: former.version })
  }
  if (former && source.data.sameDay === 'conflict') {
    throw new Refusal(409, 'report.exists', `Report ${former.id} (version ${former.version}) already speaks for this source, time and scope. To correct it, send with If-Match: "${former.version}".`,
      { report: former.id, version: former.version }, 'CORRECTION_NAMES_NO_VERSION')
  }
  return former
}

/** The approved report that locks the period of a submission: whatever touches what it speaks of waits until it is opened again. */
async function lockedBy(db: Database, { submission, list, source, asOf, scope }: SubmissionContext): Promise<ReportRow | null> {
  const { period } = submission
  const month = period ?? asOf.slice(0, 7)
  const rows = await reportsFound(db, { listId: list.id, purview: everything, sourceId: source.id, slotStart: `${month}|`, state: 'accepted' })
  return rows.find((one) => one.approval !== null && (period !== null || one.period !== null) && mayOverlap(one.scope, scope, source.data.scope) && !(submission.nil ?? false)) ?? null
}
