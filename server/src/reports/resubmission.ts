import type { ReportRow } from '@lastmile/db/query/reports'
import type { Instant } from '@lastmile/shared/day'
import { everything } from '@lastmile/shared/purview'
import { waitingStates } from '@lastmile/shared/report'
import { byItself } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'
import type { Held, Submission } from './submission.js'

/** What somebody decided of a waiting report, as far as it is sent again differently for it. */
export type Decided = Partial<Omit<Submission, 'held'>> & { held?: Partial<Held> }

/**
 * A waiting report as it is sent again, on the one path of every report, from its kept file: its time has come, or somebody
 * has decided. It is read again, since masters may have changed.
 * @param acceptedAt when it counts from; null: from now on
 * @throws Error (ENOENT) if its file is gone
 */
export async function resubmission(services: Services, list: string, report: ReportRow, acceptedAt: Instant | null, changes: Decided = {}): Promise<Submission> {
  const { id, source, filename, sha256, period, asOf, mode, scope, channel, version, corrects, idempotencyKey, sentBy, publishAt, nil } = report
  const held = heldOf(report)
  if (!held) throw new Error(`report ${id} does not wait: it is ${report.state}`)
  return {
    list, source, filename, file: await services.files.kept(sha256), period, asOf: period === null ? asOf : null, mode, scope, channel, corrects: corrects === null ? null : version - 1,
    idempotencyKey, dryRun: false, acceptedAt, upload: null, sentBy, by: byItself, purview: everything, publishAt, nil, keptAsOf: asOf, code: null,
    ...changes, held: { ...held, ...changes.held },
  }
}

/** A report that waits, as it goes on; null where it does not wait. */
export function heldOf(report: ReportRow): Held | null {
  const { id, state, receivedAt, suspicions } = report
  const waited = waitingStates.find((one) => one === state)
  return waited === undefined ? null : {
    code: id, state: waited, receivedAt, suspicions,
    ...decidedOf(report),
  }
}

/** Who let a report out of quarantine, and who approved it: by account. */
export function decidedOf({ review, reviewedById, approval, approvedById }: ReportRow): Pick<Held, 'release' | 'approval'> {
  return {
    release: review?.decision === 'released' ? { by: reviewedById ?? '', at: review.at, reason: review.reason } : null,
    approval: approval && { kind: approval.kind, by: approvedById ?? '', at: approval.at },
  }
}
