import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { acceptLines } from '@lastmile/db/load/accept-lines'
import { storePrices } from '@lastmile/db/load/store-prices'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpNeighbours, bumpVersion, institutionsStockedOn, noteEffect } from '@lastmile/db/query/acceptance'
import { insertReport, linkSuperseded, moveToSuperseded } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Scope } from '@lastmile/shared/source'
import { eventBy } from '../audit/event-of.js'
import { Refusal } from '../lib/refusal.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { unchangedSince } from './check-unchanged.js'
import { withInstitutionIds } from './packed-report.js'
import { saveProviders } from './providers.js'
import { answeredBefore, formerReport } from './receipts.js'
import type { SubmissionContext, Submitted } from './submission.js'
import { takeHeld } from './take-held.js'

/** A report that read well, and what it will be called. Plain data: it can be handed to another thread. */
export interface StoreOrder {
  context: SubmissionContext
  scope: Scope
  reading: AcceptedReading
  slot: string
  code: string
}

/** What storing came to: the report's version and that of its list; or the answer that the same submission got before. */
export type Stored = { version: number; listVersion: number } | { again: Submitted }

/**
 * Stores a report in one transaction: writes its statements, takes the place of the report it corrects, and brings spans
 * and counts up to date. `onLines` is told the lines done.
 * @throws Refusal where the report has a rival that was quicker
 */
export async function storeReport(db: Database, order: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
  return db.transaction(async (tx) => store(tx as Database, order, onLines))
}

async function store(db: Database, { context, scope, reading, slot, code }: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  await lockCounts(db)
  const again = await answeredBefore(db, context)
  if (again) return { again }
  if (submission.holds) await unchangedSince(db, list, source, submission.holds, asOf)
  const former = await formerReport(db, context, slot)
  await takeHeld(db, submission)
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
    code, listId: list.id, sourceId: source.id, evidence, mode, scope, period: submission.period, asOf, slot, nil: submission.nil ?? false, state: late ? 'superseded' : 'accepted', version,
    filename: submission.filename, sha256, bytes, channel: submission.channel, rowsTotal: reading.rowsTotal,
    storedCount: reading.storedCount, storedSha256: reading.storedSha256, errorsTotal: 0, warnings: reading.warnings, mayHoldPrices: mayHoldPrices(reading),
    parsed: reading.parsed, receivedAt: at, acceptedAt: at, ...(late ? { supersededAt: former.acceptedAt, supersededById: former.id_ } : { correctsId: former?.id_ ?? null }), idempotencyKey: submission.idempotencyKey, sentBy: submission.sentBy,
    publishAt: submission.publishAt,
  })
  if (former && !late) await linkSuperseded(db, former.id_, id)
  const replaces = former && !late ? { id: former.id_, mode: former.mode, scope: former.scope } : null
  const effect = await acceptLines(db, { id, listId: list.id, source: source.id, evidence, mode, scope, asOf, former: replaces, counts: !late }, packed.parts, onLines)
  if (packed.prices) await storePrices(db, id, packed.prices)
  if (!late) await noteEffect(db, id, { ...effect, institutionsBefore, institutionsAfter: await institutionsStockedOn(db, list.id, evidence, asOf) })
  const listVersion = await bumpVersion(db, list.id, code)
  // No digest of a file that may hold prices: with it they could be tried out.
  // Last: from here on others wait to note anything, until this is committed.
  const before = former && !late ? { report: former.id, version: former.version } : null
  const after = { source: source.data.code, period: submission.period, asOf, mode, channel: submission.channel, version, late, ...(mayHoldPrices(reading) ? {} : { sha256 }), rowsTotal: reading.rowsTotal, storedCount: reading.storedCount, acceptedAt: at }
  await appendAudit(db, context.now, [eventBy(submission.by, { action: submission.nil ? 'report.nil' : 'report.accept', outcome: 'done', list: list.code, object: code, before, after })])
  return { version, listVersion }
}

/** Whether a file may hold prices: in a column for them, or in columns and sheets that nobody reads. */
function mayHoldPrices(reading: AcceptedReading): boolean {
  return reading.hasPriceColumn || reading.warnings.some((warning) => warning.code === 'EXTRA_COLUMN' || warning.code === 'HIDDEN_SHEET_IGNORED')
}
