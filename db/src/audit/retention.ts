import { sql } from 'drizzle-orm'
import type { AuditBy } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'
import { appendAudit, lockAudit } from './append.js'

/**
 * Lets go of the entries at the beginning of the audit that are older than an instant, and notes that it did: what is left
 * begins with an entry that the chain itself names. Answers how many went.
 * @throws Error from the database for an instant within the last six months
 */
export async function letAuditGo(db: Database, at: Instant, before: Instant, by: AuditBy): Promise<number> {
  return db.transaction(async (tx) => {
    await lockAudit(tx as Database)
    const [gone] = await rowsOf<{ letGo: number; firstSeq: number; firstPrevious: string }>(tx as Database, sql`
      select let_go::float8 as "letGo", first_seq::float8 as "firstSeq", first_previous as "firstPrevious" from audit_let_go(${before})`)
    if (!gone) return 0
    await appendAudit(tx as Database, at, [{ ...by, action: 'audit.retention', outcome: 'done', list: null, object: null, before: null, after: { olderThan: before, ...gone } }])
    return gone.letGo
  })
}
