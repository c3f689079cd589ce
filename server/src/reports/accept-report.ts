import type { Database } from '@lastmile/db/database'
import { acceptLines } from '@lastmile/db/load/accept-lines'
import { storePrices } from '@lastmile/db/load/store-prices'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpNeighbours, bumpVersion, institutionsStockedOn, noteEffect } from '@lastmile/db/query/acceptance'
import { insertReport, linkSuperseded, moveToSuperseded } from '@lastmile/db/query/reports'
import { tidyUp } from '@lastmile/db/query/upkeep'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Scope } from '@lastmile/shared/source'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { withInstitutionIds } from './packed-report.js'
import { saveProviders } from './providers.js'
import { answeredBefore, blankReceipt, formerReport } from './receipts.js'
import { reportCode } from './report-code.js'
import { slotOf, type SubmissionContext, type Submitted } from './submission.js'

/** How many changes of a list the embedded database takes until it is tidied up. */
const tidyEvery = 40

/**
 * Accepts a report that read well: keeps its file, then in one transaction writes its statements, takes the place of the
 * report it corrects, and brings spans and counts up to date; then tells open windows, and records how it was sent.
 * A dry run goes the same way and writes nothing.
 */
export async function acceptReport(services: Services, context: SubmissionContext, scope: Scope, reading: AcceptedReading): Promise<Submitted> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256 } = submission.file
  const slot = slotOf(submission.period, asOf, scope)
  const code = await reportCode(services.db, { list: list.code, source: source.data.code, slot, sha256, at, draft: false })
  const figures = { rowsTotal: reading.rowsTotal, storedCount: reading.storedCount, storedSha256: reading.storedSha256, warnings: reading.warnings }
  if (submission.dryRun) {
    const former = await formerReport(services.db, context, slot)
    return { status: 200, receipt: { ...blankReceipt(true), outcome: 'accepted', version: (former?.version ?? 0) + 1, ...figures } }
  }
  await services.files.keep(submission.file)
  const stored = await services.db.transaction(async (tx) => store(tx as Database, context, scope, reading, slot, code))
  if ('again' in stored) return stored.again
  listChanged(services, { list: list.code, version: stored.listVersion, report: code })
  await services.files.record({
    report: code, list: list.code, source: source.data.code, filename: submission.filename, sha256, period: submission.period,
    asOf, mode, scope: submission.scope, channel: submission.channel, corrects: submission.corrects, acceptedAt: at, demonstration: list.demonstration,
  })
  if (services.home === 'embedded' && stored.listVersion % tidyEvery === 0) await tidyUp(services.db).catch((err: unknown) => services.log.warn({ err }, 'the database was not tidied up'))
  return { status: 201, receipt: { ...blankReceipt(false), id: code, outcome: 'accepted', version: stored.version, ...figures } }
}

async function store(db: Database, context: SubmissionContext, scope: Scope, reading: AcceptedReading, slot: string, code: string): Promise<{ version: number; listVersion: number } | { again: Submitted }> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  await lockCounts(db)
  const again = await answeredBefore(db, context)
  if (again) return { again }
  const former = await formerReport(db, context, slot)
  const brought = reading.providers.length > 0 ? await saveProviders(db, list.regionSetId, reading.providers, at) : null
  const packed = brought ? withInstitutionIds(reading, brought) : reading
  if (brought) await bumpNeighbours(db, list.id)
  const evidence = evidenceCodes.code(source.data.evidence)
  const institutionsBefore = await institutionsStockedOn(db, list.id, evidence, asOf)
  const version = former ? former.version + 1 : 1
  // A feed's earlier snapshot of a day that arrives after the later one: kept, known until then, and counted no more.
  const late = former !== null && submission.corrects === null && former.acceptedAt !== null && former.acceptedAt > at
  if (former && !late && !(await moveToSuperseded(db, { id: former.id_, from: 'accepted', at }))) {
    throw new Refusal(409, 'report.moved', `Report ${former.id} was corrected meanwhile. Look at it again.`, { report: former.id }, 'VERSION_MISMATCH')
  }
  const id = await insertReport(db, {
    code, listId: list.id, sourceId: source.id, evidence, mode, scope, period: submission.period, asOf, slot, state: late ? 'superseded' : 'accepted', version,
    filename: submission.filename, sha256, bytes, channel: submission.channel, rowsTotal: reading.rowsTotal,
    storedCount: reading.storedCount, storedSha256: reading.storedSha256, errorsTotal: 0, warnings: reading.warnings, mayHoldPrices: mayHoldPrices(reading),
    parsed: reading.parsed, receivedAt: at, acceptedAt: at, ...(late ? { supersededAt: former.acceptedAt, supersededById: former.id_ } : { correctsId: former?.id_ ?? null }), idempotencyKey: submission.idempotencyKey,
  })
  if (former && !late) await linkSuperseded(db, former.id_, id)
  const replaces = former && !late ? { id: former.id_, mode: former.mode, scope: former.scope } : null
  const effect = await acceptLines(db, { id, listId: list.id, source: source.id, evidence, mode, scope, asOf, former: replaces, counts: !late }, packed.parts)
  if (packed.prices) await storePrices(db, id, packed.prices)
  if (late) return { version, listVersion: await bumpVersion(db, list.id, code) }
  await noteEffect(db, id, { ...effect, institutionsBefore, institutionsAfter: await institutionsStockedOn(db, list.id, evidence, asOf) })
  return { version, listVersion: await bumpVersion(db, list.id, code) }
}

/** Whether a file may hold prices: in a column for them, or in columns and sheets that nobody reads. */
function mayHoldPrices(reading: AcceptedReading): boolean {
  return reading.hasPriceColumn || reading.warnings.some((warning) => warning.code === 'EXTRA_COLUMN' || warning.code === 'HIDDEN_SHEET_IGNORED')
}
