import { sql } from 'drizzle-orm'
import { LineReader } from '@lastmile/shared/report-lines'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/**
 * The last day within some (numbers since 1970-01-01; `from` null: from the beginning) on which a supply of some drugs was seen at some
 * institutions, by institution and drug: shelves hold the first alone. Reads their statements, so ask of few; of reports, those alone
 * that speak of one of the drugs on such a day.
 */
export async function lastSupplies(db: Database, list: ListRow, institutions: readonly number[], drugs: ReadonlySet<number>, { from, to }: { from: number | null; to: number }): Promise<Map<number, Map<number, number>>> {
  const last = new Map<number, Map<number, number>>()
  if (institutions.length === 0) return last
  // Days of a report stand in their order: it speaks of one since `from` if its last is.
  const rows = await rowsOf<{ institution: number; lines: Uint8Array }>(db, sql`
    select l.institution_id as institution, l.lines from report_lines l join report r on r.id = l.report_id
    where l.institution_id = any(${arrayOf('int', institutions)}) and r.list_id = ${list.id} and r.state = 'accepted' and r.evidence = ${evidenceCodes.code('supplied')}
      and r.id in (select d.report_id from report_drug d where d.drug_id = any(${arrayOf('int', [...drugs])}) and (${from}::int is null or d.days[cardinality(d.days)] >= ${from}))`)
  const reader = new LineReader()
  for (const { institution, lines } of rows) {
    reader.open(lines)
    while (reader.next()) {
      if (!drugs.has(reader.drug) || reader.day > to || (from !== null && reader.day < from)) continue
      const own = last.get(institution) ?? new Map<number, number>()
      last.set(institution, own.set(reader.drug, Math.max(reader.day, own.get(reader.drug) ?? -Infinity)))
    }
  }
  return last
}
