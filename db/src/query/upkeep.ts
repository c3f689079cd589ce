import { sql } from 'drizzle-orm'
import type { Database } from '../database.js'

/**
 * What a server does by itself and the embedded database never does: gives the room of replaced rows back and gathers
 * statistics, since plans for empty tables do not fit full ones. Not inside a transaction.
 */
export async function tidyUp(db: Database): Promise<void> {
  await db.execute(sql`vacuum analyze`)
}
