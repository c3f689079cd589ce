import { receiptNumber } from '@lastmile/shared/receipt'
import type { Scope } from '@lastmile/shared/source'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import type { ReadOutcome } from '../reading/read-report.js'
import { blankReceipt } from './receipts.js'
import { untakenFacts } from './report-facts.js'
import { reportCodeOf } from './report-code.js'
import { slotFor, type SubmissionContext, type Submitted } from './submission.js'

/**
 * Answers a report that has errors with all of them, and keeps it: its facts and its errors by row and column. None of
 * its rows is stored. Where the same submission was quicker, it gets the same answer.
 */
export async function keepDraft(services: Services, context: SubmissionContext, scope: Scope, outcome: Extract<ReadOutcome, { outcome: 'row_errors' }>): Promise<Submitted> {
  const { submission, list, source } = context
  const { rowsTotal, warnings, errors, errorsTotal } = outcome
  const answer = (id: string | null, number: number | null): Submitted => ({ status: 422, receipt: { ...blankReceipt(submission.dryRun), id, number: number === null ? null : receiptNumber(source.data.code, number), outcome: 'row_errors', rowsTotal, warnings, errors, errorsTotal } })
  if (submission.dryRun || submission.keepsDraft === false) return answer(null, null)
  await services.files.keep(submission.file)
  const code = reportCodeOf(submission)
  const slot = slotFor(context, scope, code)
  const kept = await services.storing.keepDraft({ context, scope, slot, code, state: 'draft', facts: { ...untakenFacts(outcome, []), errorsTotal, errors } })
  if ('again' in kept) return kept.again
  services.audit.appended()
  listChanged(services, { list: list.code, version: kept.listVersion, report: null })
  return answer(code, kept.number)
}
