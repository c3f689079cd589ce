import { sql } from 'drizzle-orm'
import type { Purview } from '@lastmile/shared/purview'
import type { Database } from './database.js'

/**
 * Reads what not everybody may see, in a transaction that knows for whom. The clauses of its queries keep it within the
 * purview; on a PostgreSQL server that is asked as a user who owns nothing, the tables themselves show no other row
 * (migration 0013), whatever a clause forgot, and none at all outside of this. It is a question, and has a question's time.
 */
export function asViewer<Result>(db: Database, purview: Purview, work: (db: Database) => Promise<Result>): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout to default`)
    await seeAs(tx as Database, purview)
    return work(tx as Database)
  })
}

/** For what is left of a transaction, rows within a purview can be seen. */
export async function seeAs(tx: Database, purview: Purview): Promise<void> {
  await tx.execute(sql`select set_config('lastmile.purview', ${JSON.stringify(purview)}, true)`)
}
