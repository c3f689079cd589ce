import type { Database } from '@lastmile/db/database'
import { lastSnapshot } from '@lastmile/db/query/last-snapshot'
import { institutionsAmong } from '@lastmile/db/query/masters'
import { institutionsNamed } from '@lastmile/shared/report-lines'
import type { WaitingState } from '@lastmile/shared/report'
import type { Scope } from '@lastmile/shared/source'
import { holdsBack, Suspecting, suspicionsOf, type Suspicion, type ToJudge } from '@lastmile/shared/suspicion'
import type { ReadOutcome } from '../reading/read-report.js'
import { slotOf, type SubmissionContext } from './submission.js'

/** A report that was read, whatever its rows are like. */
type Reading = Exclude<ReadOutcome, { outcome: 'rejected' }>

/** Why a report that was read does not look right; of one that waited what was found then, since somebody has looked at it. */
export async function judgeReport(db: Database, context: SubmissionContext, scope: Scope, reading: Reading): Promise<Suspicion[]> {
  const { submission, source, list, asOf, mode } = context
  if (submission.held) return [...submission.held.suspicions]
  if (submission.waits) return [...submission.waits.suspicions]
  // What somebody states line by line is no file that broke off.
  if (submission.nil || (submission.channel === 'form' && mode === 'changes')) return []
  const slot = slotOf(submission.period, asOf, scope)
  const former = source.data.evidence === 'supplied' ? null : await lastSnapshot(db, { source: source.id, slot, scope, whole: source.data.scope, asOf, correction: submission.corrects !== null })
  const now = { mode, rowsTotal: reading.rowsTotal, shifted: reading.shifted, counts: reading.parsed, ...(await said(db, list.regionSetId, reading)) }
  const found = suspicionsOf(now, former, Suspecting.parse(source.data.suspicion ?? {}))
  // A kept report that is accepted again was released, or did not look so then.
  return submission.code === null ? found : found.filter((one) => !holdsBack(one))
}

/** As what a report waits that was read, or null where it counts at once. */
export function waitOf({ submission, source, at }: SubmissionContext, suspicions: readonly Suspicion[]): WaitingState | null {
  const { held, code, waits, publishAt } = submission
  if (waits) return waits.state
  if (code === null && held === null && suspicions.some(holdsBack)) return 'quarantined'
  if (code === null && source.data.approveFirst && !held?.approval) return 'submitted'
  return publishAt !== null && publishAt > at ? 'embargoed' : null
}

async function said(db: Database, regionSetId: number, reading: Reading): Promise<Pick<ToJudge, 'institutions' | 'stockedAt' | 'latestDay' | 'content' | 'newInstitutions'>> {
  if (reading.outcome !== 'accept') return { institutions: 0, stockedAt: null, latestDay: null, content: null, newInstitutions: null }
  const { parts, providers, stockedAt, latestDay, content } = reading
  const known = providers.length === 0 ? null : await institutionsAmong(db, regionSetId, providers.map((one) => one.code))
  return { institutions: institutionsNamed(parts), stockedAt, latestDay, content, newInstitutions: known && providers.length - known.size }
}
