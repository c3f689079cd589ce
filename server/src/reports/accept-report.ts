import { tidyUp } from '@lastmile/db/query/upkeep'
import { receiptNumber } from '@lastmile/shared/receipt'
import type { Scope } from '@lastmile/shared/source'
import type { Suspicion } from '@lastmile/shared/suspicion'
import { listChanged } from '../lib/list-changed.js'
import type { Services } from '../lib/services.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { journalEntryOf } from './journal-entry.js'
import { blankReceipt, formerReport } from './receipts.js'
import { reportCodeOf } from './report-code.js'
import { slotFor, type SubmissionContext, type Submitted } from './submission.js'

/** How many changes of a list the embedded database takes until it is tidied up. */
const tidyEvery = 40

/**
 * Accepts a report that read well: keeps its file, then has it stored ({@link storeReport}); then tells open windows, and
 * records how it was sent. A dry run goes the same way and writes nothing. `reading` is handed over: its lines are gone
 * afterwards. `onLines` is told the lines stored so far.
 */
export async function acceptReport(services: Services, context: SubmissionContext, scope: Scope, reading: AcceptedReading, suspicions: Suspicion[], onLines: (lines: number) => void): Promise<Submitted> {
  const { submission, list, source } = context
  const code = reportCodeOf(submission)
  const slot = slotFor(context, scope, code)
  const figures = { rowsTotal: reading.rowsTotal, storedCount: reading.storedCount, storedSha256: reading.storedSha256, warnings: reading.warnings, suspicions }
  if (submission.dryRun) {
    const former = await formerReport(services.db, context, slot)
    return { status: 200, receipt: { ...blankReceipt(true), outcome: 'accepted', version: (former?.version ?? 0) + 1, ...figures } }
  }
  await services.files.keep(submission.file)
  const stored = await services.storing.store({ context, scope, reading, suspicions, slot, code }, onLines)
  if ('again' in stored) return stored.again
  services.audit.appended()
  listChanged(services, { list: list.code, version: stored.listVersion, report: code })
  await services.files.record(journalEntryOf({ ...context, at: stored.at }, code, stored.number))
  if (services.home === 'embedded' && stored.listVersion % tidyEvery === 0) await tidyUp(services.db).catch((err: unknown) => services.log.warn({ err }, 'the database was not tidied up'))
  return { status: 201, receipt: { ...blankReceipt(false), id: code, number: receiptNumber(source.data.code, stored.number), outcome: 'accepted', version: stored.version, ...figures } }
}
