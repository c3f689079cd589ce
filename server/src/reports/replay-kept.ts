import { findList } from '@lastmile/db/query/lists'
import { findReport } from '@lastmile/db/query/reports'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { submitReport } from './submit-report.js'

/**
 * Accepts again every kept report that the database lacks (it was lost in a power cut, or the database is new), in the
 * order and at the instants at which they were accepted. Answers how many.
 */
export async function replayKept(services: Services): Promise<number> {
  let replayed = 0
  for await (const entry of services.files.journal()) {
    const list = await findList(services.db, entry.list, services.clock.now())
    if (!list) {
      services.log.warn({ report: entry.report, list: entry.list }, 'a kept report waits: its list is not loaded')
      continue
    }
    if (await findReport(services.db, { listId: list.id, code: entry.report })) continue
    const { source, filename, period, asOf, mode, scope, channel, corrects, acceptedAt } = entry
    try {
      const bytes = await services.files.read(entry.sha256)
      const { status, receipt } = await submitReport(services, {
        list: entry.list, source, filename, bytes, period, asOf: period === null ? asOf : null, mode, scope, channel, corrects, idempotencyKey: null, dryRun: false, acceptedAt, upload: null,
      })
      if (status === 201) replayed += 1
      else services.log.error({ report: entry.report, receipt }, 'a kept report is not accepted any more')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      services.log.error({ report: entry.report, err: error }, 'a kept report is not accepted any more')
    }
  }
  return replayed
}
