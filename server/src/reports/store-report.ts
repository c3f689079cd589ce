import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { acceptLines } from '@lastmile/db/load/accept-lines'
import { namedAgain } from '@lastmile/db/load/named-again'
import { storePrices } from '@lastmile/db/load/store-prices'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpNeighbours, bumpVersion, institutionsStockedOn, noteEffect } from '@lastmile/db/query/acceptance'
import { dayReceived, numberFor } from '@lastmile/db/query/receipts'
import { afterSettled } from '@lastmile/db/query/settled'
import { insertReport, linkSuperseded, moveToReopened, moveToSuperseded } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Instant } from '@lastmile/shared/day'
import type { Report } from '@lastmile/shared/report'
import type { Scope } from '@lastmile/shared/source'
import type { Suspicion } from '@lastmile/shared/suspicion'
import { eventBy } from '../audit/event-of.js'
import { Refusal } from '../lib/refusal.js'
import { tellAccepted } from '../messages/report-messages.js'
import type { AcceptedReading } from '../reading/read-report.js'
import { unchangedSince } from './check-unchanged.js'
import { withInstitutionIds } from './packed-report.js'
import { saveProviders } from './providers.js'
import { answeredBefore, formerReport } from './receipts.js'
import { decidedEvents, decisionColumns, factsOf } from './report-facts.js'
import type { SubmissionContext, Submitted } from './submission.js'
import { takeHeld } from './take-held.js'

/** A report that read well, and what it will be called. Plain data: it can be handed to another thread. */
export interface StoreOrder {
  context: SubmissionContext
  scope: Scope
  reading: AcceptedReading
  /** Why it does not look right, though it counts. */
  suspicions: Suspicion[]
  slot: string
  code: string
  /** It is only to be told what it would do. */
  isTrial?: boolean
}

/** What storing came to: the report's version and that of its list, the number of its receipt, and when it was accepted; or the answer that the same submission got before. */
export type Stored = { version: number; listVersion: number; number: number; at: Instant; effect: ReportEffect | null } | { again: Submitted }

/** What a report does to the totals of its kind of evidence, on its as-of day; null where it does not count. */
export type ReportEffect = NonNullable<Report['effect']>

/** Carries what storing came to out of a transaction that is given up. */
class Tried extends Error {
  constructor(readonly stored: Stored) {
    super('only tried')
  }
}

/**
 * Stores a report in one transaction: writes its statements, takes the place of the report it corrects, and brings spans
 * and counts up to date. `onLines` is told the lines done. One that is only tried is stored, looked at, and given up.
 * @throws Refusal where the report has a rival that was quicker
 */
export async function storeReport(db: Database, order: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
  try {
    return await db.transaction(async (tx) => {
      const stored = await store(tx as Database, order, onLines)
      if (order.isTrial) throw new Tried(stored)
      return stored
    })
  } catch (error) {
    if (error instanceof Tried) return error.stored
    throw error
  }
}

async function store(db: Database, { context: meant, scope, reading, suspicions, slot, code }: StoreOrder, onLines: (lines: number) => void): Promise<Stored> {
  await lockCounts(db)
  const context = { ...meant, at: await acceptedAt(db, meant) }
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  const again = await answeredBefore(db, context)
  if (again) return { again }
  if (submission.holds) await unchangedSince(db, list, source, submission.holds, asOf)
  const former = await formerReport(db, context, slot)
  const number = await numberFor(db, source.id, dayReceived(list, at), { held: submission.held?.code ?? null, had: submission.number ?? null })
  await takeHeld(db, submission)
  const brought = reading.providers.length > 0 ? await saveProviders(db, list.regionSetId, reading.providers, at) : null
  const packed = brought ? withInstitutionIds(reading, brought) : reading
  if (brought) await bumpNeighbours(db, list.id)
  if (former?.approval && submission.code !== null) await moveToReopened(db, former.id_)
  const evidence = evidenceCodes.code(source.data.evidence)
  const institutionsBefore = await institutionsStockedOn(db, list.id, evidence, asOf)
  const version = former ? former.version + 1 : 1
  // A feed's earlier snapshot of a day that arrives after the later one: kept, known until then, and counted no more.
  const late = former !== null && submission.corrects === null && former.acceptedAt !== null && former.acceptedAt > at
  if (former && !late && !(await moveToSuperseded(db, { id: former.id_, from: 'accepted', at }))) {
    throw new Refusal(409, 'report.moved', `Report ${former.id} was corrected meanwhile. Look at it again.`, { report: former.id }, 'VERSION_MISMATCH')
  }
  const id = await insertReport(db, {
    code, number, listId: list.id, sourceId: source.id, evidence, mode, scope, period: submission.period, asOf, slot, nil: submission.nil ?? false, state: late ? 'superseded' : 'accepted', version,
    filename: submission.filename, sha256, bytes, channel: submission.channel, ...factsOf(reading, suspicions), ...(await namedAgain(db, { source, mode, scope, asOf }, packed.parts)), ...decisionColumns(submission), errorsTotal: 0, mayHoldPrices: mayHoldPrices(reading),
    receivedAt: submission.held?.receivedAt ?? at, acceptedAt: at, ...(late ? { supersededAt: former.acceptedAt, supersededById: former.id_ } : { correctsId: former?.id_ ?? null }), idempotencyKey: submission.idempotencyKey, sentBy: submission.sentBy,
    publishAt: submission.publishAt,
  })
  if (former && !late) await linkSuperseded(db, former.id_, id)
  const replaces = former && !late ? { id: former.id_, mode: former.mode, scope: former.scope } : null
  const pairs = await acceptLines(db, { id, listId: list.id, source: source.id, evidence, mode, scope, asOf, former: replaces, counts: !late }, packed.parts, onLines)
  if (packed.prices) await storePrices(db, id, packed.prices)
  const effect = late ? null : { ...pairs, institutionsBefore, institutionsAfter: await institutionsStockedOn(db, list.id, evidence, asOf) }
  if (effect) await noteEffect(db, id, effect)
  await tellAccepted(db, context, scope, code, former !== null && submission.corrects !== null)
  const listVersion = await bumpVersion(db, list.id, code)
  // No digest of a file that may hold prices: with it they could be tried out.
  // Last: from here on others wait to note anything, until this is committed.
  const before = former && !late ? { report: former.id, version: former.version } : null
  const after = { source: source.data.code, period: submission.period, asOf, mode, channel: submission.channel, version, late, ...(mayHoldPrices(reading) ? {} : { sha256 }), rowsTotal: reading.rowsTotal, storedCount: reading.storedCount, acceptedAt: at }
  await appendAudit(db, context.now, [...decidedEvents(context), eventBy(submission.by, { action: submission.nil ? 'report.nil' : 'report.accept', outcome: 'done', list: list.code, object: code, before, after })])
  return { version, listVersion, number, at, effect }
}

/** When a report is accepted: of one whose instant is not history's (or its own embargo's) to say, after whatever bulletins rest on. */
async function acceptedAt(db: Database, { submission: { acceptedAt, held }, list, at }: SubmissionContext): Promise<Instant> {
  return acceptedAt === null || held?.state === 'embargoed' ? afterSettled(db, list.id, at) : at
}

/** Whether a file may hold prices: in a column for them, or in columns and sheets that nobody reads. */
function mayHoldPrices(reading: AcceptedReading): boolean {
  return reading.hasPriceColumn || reading.warnings.some((warning) => warning.code === 'EXTRA_COLUMN' || warning.code === 'HIDDEN_SHEET_IGNORED')
}
