import type { StoredPrices } from '@lastmile/db/load/store-prices'
import { institutionIds } from '@lastmile/db/query/masters'
import { drugsOf } from '@lastmile/db/query/drugs'
import type { Database } from '@lastmile/db/database'
import type { ListRow } from '@lastmile/db/query/lists'
import { dayNumber, type Day } from '@lastmile/shared/day'
import { packLines, type PackedLines } from '@lastmile/shared/report-lines'
import { dayBases, reasons, statuses } from '@lastmile/shared/status'
import type { CheckedRow } from '../reading/checked-row.js'

/** Packs checked rows by the narrow ids of their institutions and drugs. */
export async function packRows(db: Database, list: ListRow, asOf: Day, rows: readonly CheckedRow[]): Promise<PackedLines> {
  const institutions = await institutionIds(db, list.regionSetId, [...new Set(rows.map((row) => row.institution))])
  const drugs = new Map((await drugsOf(db, list.id)).map((drug) => [drug.data.code, drug.id]))
  return packLines(rows.map((row) => ({
    institution: institutions.get(row.institution)!, drug: drugs.get(row.drug)!, line: row.line, status: statuses.indexOf(row.status), day: dayNumber(row.day ?? asOf),
    dayBasis: dayBases.indexOf(row.day === null ? 'as_of' : row.dayBasis), reason: row.reason === null ? null : reasons.indexOf(row.reason), leadDays: row.leadDays, quantity: row.quantity,
  })))
}

/** The prices that ride on checked rows, or null where there are none. */
export async function pricesOf(db: Database, list: ListRow, rows: readonly CheckedRow[]): Promise<StoredPrices | null> {
  const priced = rows.filter((row) => row.price !== null)
  if (priced.length === 0) return null
  const institutions = await institutionIds(db, list.regionSetId, [...new Set(priced.map((row) => row.institution))])
  const drugs = new Map((await drugsOf(db, list.id)).map((drug) => [drug.data.code, drug.id]))
  return {
    institution: Int32Array.from(priced, (row) => institutions.get(row.institution)!), drug: Int32Array.from(priced, (row) => drugs.get(row.drug)!),
    line: Int32Array.from(priced, (row) => row.line), hundredths: Float64Array.from(priced, (row) => Number(row.price!.replace('.', ''))),
  }
}
