import { sql } from 'drizzle-orm'
import { rowsOf, textArray, type Database } from '../database.js'

/** Narrow ids of institutions of a region set by code, in the order of the codes. @throws Error for a code that is none of its institutions */
export async function institutionIds(db: Database, regionSetId: number, codes: readonly string[]): Promise<Int32Array> {
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where region_set_id = ${regionSetId} and code = any(${textArray(codes)})`)
  const byCode = new Map(rows.map(({ id, code }) => [code, id]))
  return Int32Array.from(codes, (code) => {
    const id = byCode.get(code)
    if (id === undefined) throw new Error(`there is no institution ${code}`)
    return id
  })
}
