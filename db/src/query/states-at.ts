import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { State } from '@lastmile/shared/state'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { stateCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import { institutionsOn, pairsOn } from './rows-on.js'

/**
 * The states of some institutions (by id): of their pair with a drug, or, for null, over all drugs of the list. An
 * institution of which nobody ever said anything is not in the answer.
 */
export async function statesAt(db: Database, list: ListRow, when: When & { evidence: Evidence }, institutions: readonly number[], drug: number | null): Promise<Map<number, State>> {
  if (institutions.length === 0) return new Map()
  const of = sql`p.institution_id = any(${arrayOf('int', institutions)})`
  const rows = await rowsOf<{ institution: number; state: number }>(db, drug === null
    ? sql`select p.institution_id as institution, p.state from ${await institutionsOn(db, list, when, when.evidence)} p where ${of}`
    : sql`select p.institution_id as institution, p.state from ${await pairsOn(db, list, when, when.evidence)} p where ${of} and p.drug_id = ${drug}`)
  return new Map(rows.map((row) => [row.institution, stateCodes.word(row.state)]))
}
