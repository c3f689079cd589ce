import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import { rowsOf, textArray, type Database } from '../database.js'
import { beforeTheFirst, bodyOf, hashOf, type Link } from './chain.js'

/** Waits for whoever adds to the audit, until the transaction ends. */
export async function lockAudit(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7412)`)
}

/**
 * Adds events to the audit, inside the transaction of what they tell of: both are kept, or neither. It waits for
 * whoever else is adding until his transaction ends, and lets others wait until this one does; so it stands last in a
 * transaction, after every other lock. Answers the last entry; null where there was nothing to add.
 */
export async function appendAudit(tx: Database, at: Instant, events: readonly AuditEvent[]): Promise<Link | null> {
  if (events.length === 0) return null
  await lockAudit(tx)
  // A statement of its own: it must see what was committed while this one waited.
  const [head] = await rowsOf<{ seq: string; hash: string }>(tx, sql`select last_seq::text as seq, last_hash as hash from audit_head where id = 1`)
  const before: Link = head ? { seq: Number(head.seq), hash: head.hash } : { seq: 0, hash: beforeTheFirst }
  const bodies = events.map((event) => bodyOf(event, at))
  const hashes: string[] = []
  for (const [i, body] of bodies.entries()) hashes.push(hashOf(before.seq + i + 1, hashes[i - 1] ?? before.hash, body))
  const last: Link = { seq: before.seq + bodies.length, hash: hashes.at(-1)! }
  await tx.execute(sql`
    with added as (
      insert into audit_entry (seq, body, hash)
      select ${before.seq}::bigint + i, body, hash from unnest(${textArray(bodies)}, ${textArray(hashes)}) with ordinality as e(body, hash, i))
    insert into audit_head (id, first_seq, first_previous, last_seq, last_hash) values (1, ${before.seq + 1}, ${before.hash}, ${last.seq}, ${last.hash})
    on conflict (id) do update set last_seq = excluded.last_seq, last_hash = excluded.last_hash`)
  return last
}
