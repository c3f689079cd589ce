import { fileURLToPath } from 'node:url'
import { markDemonstration } from '@lastmile/db/query/demonstration'
import { findList } from '@lastmile/db/query/lists'
import { tidyUp } from '@lastmile/db/query/upkeep'
import { findReport } from '@lastmile/db/query/reports'
import type { Services } from '../lib/services.js'
import { loadEditionFolder, loadMaster } from '../load/load-files.js'
import { readEdition } from '../load/read-edition.js'
import { submitReport } from '../reports/submit-report.js'
import { demonstrationToday } from './calendar.js'
import { demonstrationMaster, demonstrationReports } from './demonstration.js'

const folder = fileURLToPath(new URL('../../../db/editions/commercial-2025', import.meta.url))

/** When the demonstration's masters were loaded: before anything was reported. */
const loadedAt = '2025-12-31T16:00:00.000Z'

/**
 * Loads the demonstration into an empty database: the edition, synthetic institutions, and every report through the same
 * path that an officer's upload takes, each accepted at an instant of its own. Tells `progress` how far it is.
 */
export async function loadDemonstration(services: Services, progress: (done: number, total: number) => void): Promise<void> {
  const edition = await readEdition(folder)
  const list = await loadEditionFolder(services.db, folder, loadedAt)
  await loadMaster(services.db, list, new TextEncoder().encode(demonstrationMaster(edition.regions)), 'demonstration master', loadedAt)
  await markDemonstration(services.db, list, demonstrationToday)
  await tidyUp(services.db)
  const reports = demonstrationReports(edition, edition.regions)
  for (const [i, report] of reports.entries()) {
    const { source, filename, bytes, period, asOf, mode, acceptedAt } = report
    const corrects = report.corrects === null ? null : await versionOf(services, list, reports[report.corrects]!)
    const { status, receipt } = await submitReport(services, {
      list, source, filename, bytes, period, asOf: period === null ? asOf : null, mode, scope: null, channel: 'command', corrects,
      idempotencyKey: null, dryRun: false, acceptedAt, upload: null,
    })
    if (status !== 201) throw new Error(`The demonstration's report ${filename} was not accepted: ${JSON.stringify({ ...receipt, errors: receipt.errors.slice(0, 5) })}`)
    progress(i + 1, reports.length)
  }
}

async function versionOf(services: Services, listCode: string, corrected: { source: string; period: string | null; asOf: string }): Promise<number> {
  const list = await findList(services.db, listCode, services.clock.now())
  const slot = `${corrected.period ?? corrected.asOf}|`
  const rows = await findReport(services.db, { listId: list!.id, source: corrected.source, state: 'accepted', slotStart: slot })
  if (!rows) throw new Error(`The demonstration corrects a report of ${corrected.source} that is not there`)
  return rows.version
}
