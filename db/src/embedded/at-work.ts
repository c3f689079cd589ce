import type { Database } from '../database.js'
import { EmbeddedClient } from './client.js'

/** Longer than any one statement of a report takes. */
const statementMs = 30_000

/**
 * Whether the embedded database lets others wait because it carries a transaction, a long report for instance, and gets
 * on with it. False for one that idles or hangs on one statement, and for a PostgreSQL server, where nobody waits for that.
 */
export function isAtWork(db: Database): boolean {
  const client = (db as Database & { $client?: unknown }).$client
  return client instanceof EmbeddedClient && client.isAtWork(statementMs)
}
