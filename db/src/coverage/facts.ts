import { sql, type SQL } from 'drizzle-orm'
import type { Saying } from '@lastmile/shared/chain'
import type { Day } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, statusCodes } from '../schema/codes.js'
import { pairKey, pairOfKey } from './pair.js'
import type { KnownReport } from './reports-known.js'

/** A supply seen, with the report and line that say so. */
export interface SupplyEvent {
  day: Day
  report: number
  line: number
}

/** What known reports say of pairs, by pair key. */
export interface Facts {
  sayings: Map<number, Saying[]>
  events: Map<number, SupplyEvent[]>
}

/** The facts of some pairs (or of all that the reports name) in the reports given, which are of one kind of evidence. */
export async function factsOf(db: Database, evidence: number, reports: readonly KnownReport[], pairs: readonly number[] | null): Promise<Facts> {
  const facts: Facts = { sayings: new Map(), events: new Map() }
  if (reports.length === 0 || pairs?.length === 0) return facts
  if (evidenceCodes.word(evidence) === 'supplied') {
    const rows = await rowsOf<{ institution: number; drug: number; report: number; line: number; day: Day }>(db, sql`
      select s.institution_id as institution, s.drug_id as drug, s.report_id as report, s.line, s.day::text as day
      from supply s ${only(pairs)} where s.report_id = any(${arrayOf('int', reports.map((report) => report.id))})`)
    for (const row of rows) push(facts.events, pairKey(row), { day: row.day, report: row.report, line: row.line })
    return facts
  }
  const byId = new Map(reports.map((report) => [report.id, report]))
  const rows = await rowsOf<{ institution: number; drug: number; report: number; line: number; status: number; day: Day }>(db, sql`
    select s.institution_id as institution, s.drug_id as drug, s.report_id as report, s.line, s.status, s.day::text as day
    from statement s ${only(pairs)} where s.report_id = any(${arrayOf('int', reports.map((report) => report.id))})`)
  for (const row of rows) {
    const report = byId.get(row.report)!
    push(facts.sayings, pairKey(row), {
      source: report.source, report: report.id, line: row.line, status: statusCodes.word(row.status), day: row.day, asOf: report.asOf, order: report.order,
    })
  }
  return facts
}

/** The pairs that reports name. */
export async function pairsNamed(db: Database, evidence: number, reports: readonly number[]): Promise<number[]> {
  if (reports.length === 0) return []
  const table = sql.raw(evidenceCodes.word(evidence) === 'supplied' ? 'supply' : 'statement')
  const rows = await rowsOf<{ institution: number; drug: number }>(db, sql`
    select distinct institution_id as institution, drug_id as drug from ${table} where report_id = any(${arrayOf('int', reports)})`)
  return rows.map(pairKey)
}

/** A join that keeps only some pairs, or nothing where all are wanted. */
export function only(pairs: readonly number[] | null): SQL {
  if (pairs === null) return sql``
  const ids = pairs.map(pairOfKey)
  return sql`join unnest(${arrayOf('int', ids.map((id) => id.institution))}, ${arrayOf('int', ids.map((id) => id.drug))}) as p(i, d)
    on s.institution_id = p.i and s.drug_id = p.d`
}

function push<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
