import { createHash } from 'node:crypto'
import type { Database } from '@lastmile/db/database'
import { acceptLines } from '@lastmile/db/load/accept-lines'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion, institutionsStockedOn, noteEffect } from '@lastmile/db/query/acceptance'
import { numberFor } from '@lastmile/db/query/receipts'
import { insertReport } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Day, Period } from '@lastmile/shared/day'
import type { PackedLines } from '@lastmile/shared/report-lines'
import type { ReportMode, Scope } from '@lastmile/shared/source'

/** A report that stands before the database: read and checked, as `acceptReport` has it in its hands. */
export interface ReadReport {
  listId: number
  sourceId: number
  code: string
  mode: ReportMode
  scope: Scope
  period: Period | null
  asOf: Day
  parts: Iterable<PackedLines>
}

/** Stores a report and carries it into the counts in one transaction, as the server does after reading. Answers its lines. */
export async function takeReport(db: Database, report: ReadReport): Promise<number> {
  return db.transaction(async (tx) => {
    const inside = tx as Database
    await lockCounts(inside)
    const { listId, sourceId, code, mode, scope, period, asOf } = report
    const evidence = evidenceCodes.code('confirmed')
    const at = `${asOf}T10:00:00.000Z`
    const parts = [...report.parts]
    const lines = parts.reduce((sum, part) => sum + part.count, 0)
    const institutionsBefore = await institutionsStockedOn(inside, listId, evidence, asOf)
    const id = await insertReport(inside, {
      code, number: await numberFor(inside, sourceId, asOf, { held: null, had: null }), listId, sourceId, evidence, mode, scope, period, asOf, slot: `${period ?? asOf}|${code}`, state: 'accepted', version: 1, filename: `${code}.csv`,
      sha256: createHash('sha256').update(code).digest('hex'), bytes: 0, channel: 'command', rowsTotal: lines, storedCount: lines, storedSha256: null, errorsTotal: 0,
      warnings: [], mayHoldPrices: false, parsed: null, receivedAt: at, acceptedAt: at, correctsId: null, idempotencyKey: null,
    })
    const effect = await acceptLines(inside, { id, listId, source: sourceId, evidence, mode, scope, asOf, former: null, counts: true }, parts)
    await noteEffect(inside, id, { ...effect, institutionsBefore, institutionsAfter: await institutionsStockedOn(inside, listId, evidence, asOf) })
    await bumpVersion(inside, listId)
    return lines
  })
}
