import { sql, type SQL } from 'drizzle-orm'
import type { AuditAction, AuditEntry } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import type { Link } from '../audit/chain.js'
import { rowsOf, type Database } from '../database.js'

/** Which entries are asked for. `from` and `to` are both within. */
export interface AuditFilter {
  from?: Instant | undefined
  to?: Instant | undefined
  actor?: string | undefined
  action?: AuditAction | undefined
  outcome?: 'done' | 'refused' | undefined
  list?: string | undefined
  requestId?: string | undefined
}

/** Entries of the audit, a page of them, the latest first; how many there are in all, and with which number they begin. */
export async function auditOf(db: Database, filter: AuditFilter, page: { offset: number; limit: number }): Promise<{ entries: AuditEntry[]; total: number; firstSeq: number }> {
  const where = conditions(filter)
  const [head] = await rowsOf<{ first: number; last: number }>(db, sql`select first_seq::float8 as first, last_seq::float8 as last from audit_head where id = 1`)
  if (!head) return { entries: [], total: 0, firstSeq: 1 }
  // Of all of them it need not be counted: their numbers have no gaps.
  const total = where === null ? head.last - head.first + 1 : (await rowsOf<{ n: number }>(db, sql`select count(*)::float8 as n from audit_entry e where ${where}`))[0]!.n
  const rows = await rowsOf<{ seq: number; body: string; hash: string }>(db, sql`
    select e.seq::float8 as seq, e.body, e.hash from audit_entry e where ${where ?? sql`true`} order by e.seq desc limit ${page.limit} offset ${page.offset}`)
  return { entries: rows.map(({ seq, body, hash }) => ({ ...(JSON.parse(body) as Omit<AuditEntry, 'seq' | 'hash'>), seq, hash })), total, firstSeq: head.first }
}

function conditions({ from, to, actor, action, outcome, list, requestId }: AuditFilter): SQL | null {
  const parts: SQL[] = []
  if (from !== undefined) parts.push(sql`e.at >= ${from}`)
  if (to !== undefined) parts.push(sql`e.at <= ${to}`)
  if (actor !== undefined) parts.push(sql`e.actor = ${actor}`)
  if (action !== undefined) parts.push(sql`e.action = ${action}`)
  if (outcome !== undefined) parts.push(sql`e.outcome = ${outcome}`)
  if (list !== undefined) parts.push(sql`e.list = ${list}`)
  if (requestId !== undefined) parts.push(sql`e.request_id = ${requestId}`)
  return parts.length === 0 ? null : sql.join(parts, sql` and `)
}

/** The last entry of the audit; null where there is none. */
export async function lastOfAudit(db: Database): Promise<Link | null> {
  const [head] = await rowsOf<Link>(db, sql`select last_seq::float8 as seq, last_hash as hash from audit_head where id = 1`)
  return head ?? null
}

/** Whether the audit has an entry with its hash, or had it and let it go since. */
export async function holdsEntry(db: Database, { seq, hash }: Link): Promise<boolean> {
  const [row] = await rowsOf<{ holds: boolean }>(db, sql`
    select exists (select from audit_entry where seq = ${seq} and hash = ${hash}) or exists (select from audit_head where id = 1 and first_seq > ${seq}) as holds`)
  return row!.holds
}
