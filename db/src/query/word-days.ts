import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import { pairsOn } from './rows-on.js'

/** The day of which the word speaks that holds of a drug at each of some institutions; for supplies the day of the first that was seen. */
export async function wordDays(db: Database, list: ListRow, when: When & { evidence: Evidence }, institutions: readonly number[], drug: number): Promise<Map<number, Day>> {
  if (institutions.length === 0) return new Map()
  const said = when.evidence === 'supplied'
    ? sql`supply s on s.institution_id = p.institution_id and s.drug_id = p.drug_id and s.report_id = p.report_id and s.line = p.line`
    : sql`statement s on s.institution_id = p.institution_id and s.drug_id = p.drug_id and s.report_id = p.report_id`
  const rows = await rowsOf<{ institution: number; day: Day }>(db, sql`
    select p.institution_id as institution, s.day::text as day from ${await pairsOn(db, list, when, when.evidence)} p join ${said}
    where p.institution_id = any(${arrayOf('int', institutions)}) and p.drug_id = ${drug}`)
  return new Map(rows.map((row) => [row.institution, row.day]))
}
