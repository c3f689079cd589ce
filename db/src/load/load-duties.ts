import { sql } from 'drizzle-orm'
import type { Duty } from '@lastmile/shared/duty'
import { textArray, type Database } from '../database.js'
import { duty } from '../schema/duty.js'

/** Loads the dated duties of an edition, or brings them up to date. What its files no longer name is asked no more, and what was answered stays. */
export async function loadDuties(db: Database, listId: number, duties: readonly Duty[]): Promise<void> {
  for (const data of duties) {
    await db.insert(duty).values({ listId, code: data.code, data }).onConflictDoUpdate({ target: [duty.listId, duty.code], set: { data, asked: true } })
  }
  await db.execute(sql`update duty set asked = false where list_id = ${listId} and asked and code <> all(${textArray(duties.map(({ code }) => code))})`)
}
