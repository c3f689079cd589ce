import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { DayBasis, Reason, Status } from '@lastmile/shared/status'
import { arrayOf, textArray, type Database } from '../database.js'
import { dayBasisCodes, reasonCodes, statusCodes } from '../schema/codes.js'

/** A checked row of a report, by codes. `day` null takes the report's as-of day. */
export interface StoredRow {
  line: number
  institution: string
  drug: string
  status: Status
  day: Day | null
  dayBasis: DayBasis
  price: string | null
  reason: Reason | null
  leadDays: number | null
  quantity: number | null
}

/** Where the rows go and what they hang on. */
export interface RowTarget {
  reportId: number
  listId: number
  regionSetId: number
  asOf: Day
  supplied: boolean
}

const rowsAtOnce = 20_000

/**
 * Writes the rows of a report: statements, or supplies, and prices apart. Codes become ids in the statement itself.
 * @throws if a row names a drug or institution that is not there: the caller has checked, so somebody removed it meanwhile
 */
export async function storeRows(db: Database, target: RowTarget, rows: readonly StoredRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    const stored = target.supplied ? await storeSupplies(db, target, some) : await storeStatements(db, target, some)
    if (stored !== some.length) throw new Error(`${some.length - stored} rows name a drug or institution that is no longer there`)
    const priced = some.filter((row) => row.price !== null)
    if (priced.length > 0) await storePrices(db, target, priced)
  }
}

async function storeStatements(db: Database, target: RowTarget, rows: readonly StoredRow[]): Promise<number> {
  const result = await db.execute(sql`
    insert into statement (institution_id, drug_id, report_id, line, status, day, day_basis, reason, lead_days, quantity)
    select i.id, d.id, ${target.reportId}::int, n.line, n.status, n.day, n.basis, n.reason, n.lead, n.quantity
    from unnest(${textArray(rows.map((row) => row.institution))}, ${textArray(rows.map((row) => row.drug))}, ${arrayOf('int', rows.map((row) => row.line))},
      ${arrayOf('smallint', rows.map((row) => statusCodes.code(row.status)))}, ${arrayOf('date', rows.map((row) => row.day ?? target.asOf))},
      ${arrayOf('smallint', rows.map((row) => dayBasisCodes.code(row.day === null ? 'as_of' : row.dayBasis)))},
      ${arrayOf('smallint', rows.map((row) => (row.reason === null ? null : reasonCodes.code(row.reason))))},
      ${arrayOf('int', rows.map((row) => row.leadDays))}, ${arrayOf('float8', rows.map((row) => row.quantity))}) as n(institution, drug, line, status, day, basis, reason, lead, quantity)
    join institution i on i.region_set_id = ${target.regionSetId} and i.code = n.institution
    join drug d on d.list_id = ${target.listId} and d.code = n.drug`)
  return affected(result)
}

async function storeSupplies(db: Database, target: RowTarget, rows: readonly StoredRow[]): Promise<number> {
  const result = await db.execute(sql`
    insert into supply (institution_id, drug_id, report_id, line, day, quantity)
    select i.id, d.id, ${target.reportId}::int, n.line, n.day, n.quantity
    from unnest(${textArray(rows.map((row) => row.institution))}, ${textArray(rows.map((row) => row.drug))}, ${arrayOf('int', rows.map((row) => row.line))},
      ${arrayOf('date', rows.map((row) => row.day ?? target.asOf))}, ${arrayOf('float8', rows.map((row) => row.quantity))}) as n(institution, drug, line, day, quantity)
    join institution i on i.region_set_id = ${target.regionSetId} and i.code = n.institution
    join drug d on d.list_id = ${target.listId} and d.code = n.drug`)
  return affected(result)
}

async function storePrices(db: Database, target: RowTarget, rows: readonly StoredRow[]): Promise<void> {
  await db.execute(sql`
    insert into price (institution_id, drug_id, report_id, line, amount)
    select i.id, d.id, ${target.reportId}::int, n.line, n.amount
    from unnest(${textArray(rows.map((row) => row.institution))}, ${textArray(rows.map((row) => row.drug))}, ${arrayOf('int', rows.map((row) => row.line))},
      ${arrayOf('numeric', rows.map((row) => row.price))}) as n(institution, drug, line, amount)
    join institution i on i.region_set_id = ${target.regionSetId} and i.code = n.institution
    join drug d on d.list_id = ${target.listId} and d.code = n.drug`)
}

/** Rows that a statement touched: the two drivers name the figure differently. */
function affected(result: unknown): number {
  const { affectedRows, rowCount } = result as { affectedRows?: number; rowCount?: number }
  return affectedRows ?? rowCount ?? 0
}
