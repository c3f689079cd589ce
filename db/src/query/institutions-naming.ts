import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'

/** Every institution of which anything was ever said of a drug, under any kind of evidence, in ascending order. */
export async function institutionsNaming(db: Database, drugId: number): Promise<number[]> {
  const rows = await rowsOf<{ institution: number }>(db, sql`select distinct institution_id as institution from pair_span where drug_id = ${drugId} order by 1`)
  return rows.map((row) => row.institution)
}
