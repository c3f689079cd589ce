import type { Scope } from '@lastmile/shared/source'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { journalEntryOf } from './journal-entry.js'
import { blankReceipt, formerReport } from './receipts.js'
import { reportCodeOf } from './report-code.js'
import { slotFor, type SubmissionContext, type Submitted } from './submission.js'

/**
 * Keeps a report that read well and is under embargo: its file and what it is. It moves no number and holds its place
 * until `publishReports` accepts it; until then its sender and the regulator alone see it.
 */
export async function holdReport(services: Services, context: SubmissionContext, scope: Scope, reading: AcceptedReading): Promise<Submitted> {
  const { submission, list } = context
  const code = reportCodeOf(submission)
  const slot = slotFor(context, scope, code)
  const { rowsTotal, storedCount, storedSha256, warnings, parsed } = reading
  const answer = (id: string | null, version: number): Submitted => ({
    status: submission.dryRun ? 200 : 202, receipt: { ...blankReceipt(submission.dryRun), id, outcome: 'embargoed', version, rowsTotal, storedCount, storedSha256, warnings },
  })
  const version = ((await formerReport(services.db, context, slot))?.version ?? 0) + 1
  if (submission.dryRun) return answer(null, version)
  await services.files.keep(submission.file)
  const kept = await services.storing.keepDraft({ context, scope, slot, code, state: 'embargoed', facts: { rowsTotal, storedCount, storedSha256, warnings, parsed, errorsTotal: 0, errors: [] } })
  if ('again' in kept) return kept.again
  services.audit.appended()
  listChanged(services, { list: list.code, version: kept.listVersion, report: null })
  await services.files.record(journalEntryOf(context, code))
  return answer(code, version)
}
