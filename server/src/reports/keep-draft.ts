import type { Database } from '@lastmile/db/database'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { insertErrors, insertReport } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Scope } from '@lastmile/shared/source'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import type { ReadOutcome } from '../reading/read-report.js'
import { answeredBefore, blankReceipt } from './receipts.js'
import { reportCode } from './report-code.js'
import { slotOf, type SubmissionContext, type Submitted } from './submission.js'

/**
 * Answers a report that has errors with all of them, and keeps it: its facts and its errors by row and column. None of
 * its rows is stored. Where the same submission was quicker, it gets the same answer.
 */
export async function keepDraft(services: Services, context: SubmissionContext, scope: Scope, outcome: Extract<ReadOutcome, { outcome: 'row_errors' }>): Promise<Submitted> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  const { rowsTotal, warnings, errors, errorsTotal } = outcome
  const answer = (id: string | null): Submitted => ({ status: 422, receipt: { ...blankReceipt(submission.dryRun), id, outcome: 'row_errors', rowsTotal, warnings, errors, errorsTotal } })
  if (submission.dryRun || submission.keepsDraft === false) return answer(null)
  await services.files.keep(submission.file)
  const slot = slotOf(submission.period, asOf, scope)
  const code = await reportCode(services.db, { list: list.code, source: source.data.code, slot, sha256, at, draft: true })
  const kept = await services.db.transaction(async (tx) => {
    const db = tx as Database
    await lockCounts(db)
    const again = await answeredBefore(db, context)
    if (again) return { again }
    const id = await insertReport(db, {
      code, listId: list.id, sourceId: source.id, evidence: evidenceCodes.code(source.data.evidence), mode, scope, period: submission.period, asOf, slot,
      state: 'draft', version: 0, filename: submission.filename, sha256, bytes, channel: submission.channel, rowsTotal: outcome.rowsTotal,
      storedCount: 0, errorsTotal: outcome.errorsTotal, warnings: outcome.warnings, mayHoldPrices: true, parsed: outcome.parsed, receivedAt: at, idempotencyKey: submission.idempotencyKey,
    })
    await insertErrors(db, id, outcome.errors)
    return { listVersion: await bumpVersion(db, list.id, null) }
  })
  if ('again' in kept) return kept.again
  listChanged(services, { list: list.code, version: kept.listVersion, report: null })
  return answer(code)
}
