import type { AuditEvent } from '@lastmile/shared/audit'
import { institutionsNamed } from '@lastmile/shared/report-lines'
import type { Suspicion } from '@lastmile/shared/suspicion'
import { eventBy } from '../audit/event-of.js'
import type { AcceptedReading, ReadOutcome } from '../reading/read-report.js'
import type { Held, Submission, SubmissionContext } from './submission.js'

/** What is kept of a reading beside its lines, whatever became of it. What nobody counted is null. */
export type ReportFacts = Pick<AcceptedReading, 'rowsTotal' | 'storedCount' | 'storedSha256' | 'warnings' | 'latestDay' | 'content'>
  & { parsed: AcceptedReading['parsed'] | null; institutions: number | null; stockedAt: number | null; drugsNamed: string[] | null; suspicions: Suspicion[] }

/** The facts of a report that read well. */
export function factsOf({ rowsTotal, storedCount, storedSha256, warnings, parsed, parts, stockedAt, drugsNamed, latestDay, content }: AcceptedReading, suspicions: Suspicion[]): ReportFacts {
  return { rowsTotal, storedCount, storedSha256, warnings, parsed, institutions: institutionsNamed(parts), stockedAt, drugsNamed, latestDay, content, suspicions }
}

/** The facts of a report whose rows were not taken; of one whose values stand in the wrong columns its counts are not known. */
export function untakenFacts({ rowsTotal, warnings, parsed, shifted }: Extract<ReadOutcome, { outcome: 'row_errors' }>, suspicions: Suspicion[]): ReportFacts {
  return { rowsTotal, storedCount: 0, storedSha256: null, warnings, parsed: shifted === null ? parsed : null, institutions: null, stockedAt: null, drugsNamed: null, latestDay: null, content: null, suspicions }
}

/** What was decided of a report while it waited, now or when it was first accepted. */
export function decidedSoFar({ held, decisions }: Submission): Pick<Held, 'release' | 'approval'> {
  const { release, approval } = decisions ?? held ?? { release: null, approval: null }
  return { release, approval }
}

/** The same as its row keeps it. */
export function decisionColumns(submission: Submission) {
  const { release, approval } = decidedSoFar(submission)
  return {
    ...(release ? { review: 'released' as const, reviewedAt: release.at, reviewedBy: release.by, reviewReason: release.reason } : {}),
    ...(approval ? { approval: approval.kind, approvedAt: approval.at, approvedBy: approval.by } : {}),
  }
}

/** What is noted of the decision that a report is stored by. */
export function decidedEvents({ submission, list }: SubmissionContext): AuditEvent[] {
  return submission.decided ? [eventBy(submission.by, { ...submission.decided, list: list.code })] : []
}
