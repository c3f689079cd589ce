import { receiptNumber } from '@lastmile/shared/receipt'
import type { WaitingState } from '@lastmile/shared/report'
import type { Scope } from '@lastmile/shared/source'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import { journalEntryOf } from './journal-entry.js'
import { blankReceipt, formerReport } from './receipts.js'
import type { ReportFacts } from './report-facts.js'
import { reportCodeOf } from './report-code.js'
import { slotFor, type SubmissionContext, type Submitted } from './submission.js'

/**
 * Keeps a report that was read and waits: its file and what it is. It moves no number and holds its place until somebody
 * has decided, or its time has come; until then its sender and who decides alone see it.
 */
export async function holdReport(services: Services, context: SubmissionContext, scope: Scope, state: WaitingState, facts: ReportFacts): Promise<Submitted> {
  const { submission, list, source } = context
  const code = reportCodeOf(submission)
  const slot = slotFor(context, scope, code)
  const { rowsTotal, storedCount, storedSha256, warnings, suspicions } = facts
  const answer = (id: string | null, version: number, number: number | null): Submitted => ({
    status: submission.dryRun ? 200 : 202, receipt: { ...blankReceipt(submission.dryRun), id, number: number === null ? null : receiptNumber(source.data.code, number), outcome: state, version, rowsTotal, storedCount, storedSha256, warnings, suspicions },
  })
  const version = ((await formerReport(services.db, context, slot))?.version ?? 0) + 1
  if (submission.dryRun) return answer(null, version, null)
  await services.files.keep(submission.file)
  const kept = await services.storing.keepDraft({ context, scope, slot, code, state, facts: { ...facts, errorsTotal: 0, errors: [] } })
  if ('again' in kept) return kept.again
  services.audit.appended()
  listChanged(services, { list: list.code, version: kept.listVersion, report: null })
  await services.files.record(journalEntryOf(context, code, kept.number, state === 'embargoed' ? null : { state, suspicions }))
  return answer(code, version, kept.number)
}
