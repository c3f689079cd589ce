import { sql } from 'drizzle-orm'
import type { Database } from '../database.js'

/**
 * Waits for whoever is changing counts, until the transaction ends. One at a time over all lists: lists share the
 * institutions and city slots of their region set. Taken before any row is written, so that no two wait in a circle.
 */
export async function lockCounts(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(7411)`)
}
