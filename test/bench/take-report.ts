import { createHash } from 'node:crypto'
import { refreshCoverage } from '@lastmile/db/coverage/refresh'
import type { Database } from '@lastmile/db/database'
import { storeRows, type StoredRow } from '@lastmile/db/load/store-rows'
import { bumpVersion, institutionsStockedOn, lockCounts, noteEffect } from '@lastmile/db/query/acceptance'
import { insertReport } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import { dayOfNumber, type Day, type Period } from '@lastmile/shared/day'
import { unpackLines, type PackedLines } from '@lastmile/shared/report-lines'
import type { ReportMode, Scope } from '@lastmile/shared/source'
import { statuses } from '@lastmile/shared/status'

/** A report that stands before the database: read and checked, as `acceptReport` has it in its hands. */
export interface ReadReport {
  listId: number
  regionSetId: number
  sourceId: number
  code: string
  mode: ReportMode
  scope: Scope
  period: Period | null
  asOf: Day
  parts: Iterable<PackedLines>
}

/** Codes by the ids that the database gave, for a storage that wants codes. */
export interface CodesById {
  institutions: ReadonlyMap<number, string>
  drugs: ReadonlyMap<number, string>
}

/** Stores a report and carries it into the counts in one transaction, as the server does after reading. Answers its lines. */
export async function takeReport(db: Database, report: ReadReport, codes: CodesById): Promise<number> {
  return db.transaction(async (tx) => {
    const inside = tx as Database
    await lockCounts(inside)
    const { listId, regionSetId, sourceId, code, mode, scope, period, asOf } = report
    const evidence = evidenceCodes.code('confirmed')
    const at = `${asOf}T10:00:00.000Z`
    const rows = [...report.parts].flatMap((part) => rowsOf(part, codes))
    const institutionsBefore = await institutionsStockedOn(inside, listId, evidence, asOf)
    const id = await insertReport(inside, {
      code, listId, sourceId, evidence, mode, scope, period, asOf, slot: `${period ?? asOf}|${code}`, state: 'accepted', version: 1, filename: `${code}.csv`,
      sha256: createHash('sha256').update(code).digest('hex'), bytes: 0, channel: 'command', rowsTotal: rows.length, storedCount: rows.length, storedSha256: null, errorsTotal: 0,
      warnings: [], mayHoldPrices: false, parsed: null, receivedAt: at, acceptedAt: at, correctsId: null, idempotencyKey: null,
    })
    await storeRows(inside, { reportId: id, listId, regionSetId, asOf, supplied: false }, rows)
    const effect = await refreshCoverage(inside, { listId, evidence, source: sourceId, reports: [id], asOf })
    await noteEffect(inside, id, { ...effect, institutionsBefore, institutionsAfter: await institutionsStockedOn(inside, listId, evidence, asOf) })
    await bumpVersion(inside, listId)
    return rows.length
  })
}

function rowsOf(part: PackedLines, codes: CodesById): StoredRow[] {
  return [...part.institutions].flatMap((institution, i) => {
    const bytes = part.bytes.subarray(i === 0 ? 0 : part.ends[i - 1]!, part.ends[i])
    return unpackLines(bytes).map(({ drug, line, status, day }): StoredRow => ({
      line, institution: codes.institutions.get(institution)!, drug: codes.drugs.get(drug)!, status: statuses[status]!, day: dayOfNumber(day), dayBasis: 'observed',
      price: null, reason: null, leadDays: null, quantity: null,
    }))
  })
}
