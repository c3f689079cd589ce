import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'

/** The narrow id of an institution of a list's region set; null where there is none with the code. */
export async function institutionIdOf(db: Database, list: ListRow, code: string): Promise<number | null> {
  const [row] = await rowsOf<{ id: number }>(db, sql`select id from institution where region_set_id = ${list.regionSetId} and code = ${code}`)
  return row?.id ?? null
}
