import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'

/** Which institutions: some by their ids, or those of a range of ids (inclusive). */
export type Institutions = readonly number[] | { first: number; last: number }

/** Ranges of ids that together hold every institution of a region set, so many in each. */
export async function institutionRanges(db: Database, regionSetId: number, atOnce: number): Promise<{ first: number; last: number }[]> {
  return rowsOf<{ first: number; last: number }>(db, sql`
    select min(id) as first, max(id) as last from (
      select id, (row_number() over (order by id) - 1) / ${atOnce}::int as batch from institution where region_set_id = ${regionSetId}) numbered
    group by batch order by batch`)
}
