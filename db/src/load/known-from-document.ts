import { sql } from 'drizzle-orm'
import { startOfDocument, type Instant, type PartialDay } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'

/**
 * From when on something is known that a document states, for one load as of an instant: from the day of the document on (of a month or a
 * year its first: `startOfDocument`), by the list's own clock, and not before the load. A document without a day: from the load on.
 * @throws Error if there is no such list
 */
export async function knownFromDocument(db: Database, listId: number, at: Instant): Promise<(dated: PartialDay | null) => Instant> {
  const [list] = await rowsOf<{ timeZone: string }>(db, sql`select time_zone as "timeZone" from list where id = ${listId}`)
  if (!list) throw new Error(`no list ${listId}`)
  return (dated) => {
    const day = dated === null ? at : startOfDocument(list.timeZone, dated)
    return day > at ? day : at
  }
}
