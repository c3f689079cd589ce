import { fileURLToPath } from 'node:url'
import type { Database } from '@lastmile/db/database'
import { loadEdition } from '@lastmile/db/load/load-edition'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { markDemonstration } from '@lastmile/db/query/demonstration'
import { findList, listLists } from '@lastmile/db/query/lists'
import { tidyUp } from '@lastmile/db/query/upkeep'
import { findReport } from '@lastmile/db/query/reports'
import { everything } from '@lastmile/shared/purview'
import { byItself } from '../audit/event-of.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { loadMaster } from '../load/load-files.js'
import { readEdition } from '../load/read-edition.js'
import { blankReceipt } from '../reports/receipts.js'
import { slotTime, type Submitted } from '../reports/submission.js'
import { submitReport } from '../reports/submit-report.js'
import { keepDemonstrationBulletins } from './bulletins.js'
import { demonstrationToday } from './calendar.js'
import { demonstrationMaster, demonstrationReports } from './demonstration.js'
import { answerDemonstrationDuties } from './duties.js'
import { enterDemonstrationLadder } from './ladder.js'
import { enterDemonstrationPlans } from './plans.js'
import { enterDemonstrationPrices } from './settlement.js'
import { decideDemonstrationStandards } from './standards.js'

const folder = fileURLToPath(new URL('../../../db/editions/commercial-2025', import.meta.url))

/** When the demonstration's masters were loaded: before anything was reported. */
const loadedAt = '2025-12-31T16:00:00.000Z'

/** True if there is no list yet, or a demonstration whose loading was interrupted. */
export async function wantsDemonstration(services: Services): Promise<boolean> {
  const lists = await listLists(services.db, services.clock.now())
  return lists.length === 0 || lists.some((list) => list.demonstration && list.clock !== 'demonstration')
}

/**
 * Loads the demonstration: the edition, synthetic institutions, and every report through the same path that an officer's
 * upload takes, each accepted at an instant of its own. What an interrupted start has loaded already is left as it is.
 * Tells `progress` how far it is.
 */
export async function loadDemonstration(services: Services, progress: (done: number, total: number) => void): Promise<void> {
  const edition = await readEdition(folder)
  const list = edition.list.code
  await services.db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    await loadEdition(tx as Database, edition, loadedAt)
    // Marked with its first row: what is synthetic never stands there unmarked.
    await markDemonstration(tx as Database, list, null)
  })
  await loadMaster(services.db, list, new TextEncoder().encode(demonstrationMaster(edition.regions)), 'demonstration master', loadedAt)
  await tidyUp(services.db)
  const reports = demonstrationReports(edition, edition.regions)
  for (const [i, report] of reports.entries()) {
    const { source, filename, bytes, period, asOf, mode, acceptedAt } = report
    const corrects = report.corrects === null ? null : await versionOf(services, list, reports[report.corrects]!)
    const file = await services.files.receive(bytes)
    const submission = {
      list, source, filename, file, period, asOf: period === null ? asOf : null, mode, scope: null, channel: 'command' as const, corrects,
      idempotencyKey: null, dryRun: false, acceptedAt, sentBy: null, by: byItself, purview: everything, publishAt: null, held: null, code: null, upload: null,
    }
    const { status, receipt } = await submitReport(services, submission).catch((error: unknown) => acceptedBefore(error, report.waits)).finally(() => services.files.discard(file))
    if (status !== (report.waits ? 202 : 201)) throw new Error(`The demonstration's report ${filename} was not accepted: ${JSON.stringify({ ...receipt, errors: receipt.errors.slice(0, 5) })}`)
    progress(i + 1, reports.length)
  }
  const loaded = (await findList(services.db, list, services.clock.now()))!
  await enterDemonstrationPrices(services.db, loaded)
  await enterDemonstrationPlans(services.db, loaded)
  await enterDemonstrationLadder(services.db, loaded)
  await decideDemonstrationStandards(services.db, loaded)
  await answerDemonstrationDuties(services.db, loaded)
  await keepDemonstrationBulletins(services, loaded)
  await markDemonstration(services.db, list, demonstrationToday)
  services.lists.forget()
}

/** A report that an interrupted start had sent: accepted then, and good. */
function acceptedBefore(error: unknown, waits: boolean): Submitted {
  if (error instanceof Refusal && error.code === 'report.duplicate') return { status: waits ? 202 : 201, receipt: blankReceipt(false) }
  throw error
}

async function versionOf(services: Services, listCode: string, corrected: { source: string; period: string | null; asOf: string }): Promise<number> {
  const list = await findList(services.db, listCode, services.clock.now())
  const slot = `${slotTime(corrected.period, corrected.asOf)}|`
  const rows = await findReport(services.db, { listId: list!.id, purview: everything, source: corrected.source, state: 'accepted', slotStart: slot })
  if (!rows) throw new Error(`The demonstration corrects a report of ${corrected.source} that is not there`)
  return rows.version
}
