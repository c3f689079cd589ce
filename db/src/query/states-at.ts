import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { State } from '@lastmile/shared/state'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import { institutionsOn, pairsOn } from './rows-on.js'

/**
 * The states of some institutions on a day under one kind of evidence: of one drug, or (null) over all drugs of the
 * list. An institution of which nobody ever said anything is not among them.
 */
export async function statesAt(db: Database, list: ListRow, when: When & { evidence: Evidence }, institutions: readonly number[], drug: number | null): Promise<Map<number, State>> {
  if (institutions.length === 0) return new Map()
  const from = drug === null ? await institutionsOn(db, list, when, when.evidence) : await pairsOn(db, list, when, when.evidence)
  const rows = await rowsOf<{ institution: number; state: number }>(db, sql`
    select p.institution_id as institution, p.state from ${from} p
    where p.institution_id = any(${arrayOf('int', institutions)}) and ${drug === null ? sql`true` : sql`p.drug_id = ${drug}`}`)
  return new Map(rows.map((row) => [row.institution, stateCodes.word(row.state)]))
}
