import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * What was done, by whom. `body` is the entry as canonical JSON, `hash` the SHA-256 (hexadecimal) of the number, the hash
 * before and the body: whoever changes, takes out or moves an entry breaks the chain there. The other columns are made
 * of the body by the database and cannot differ from it. Migration 0012 holds what is not said here: triggers that refuse
 * to change or take out entries, and `audit_let_go`, the one way in which they leave.
 */
export const auditEntry = pgTable('audit_entry', {
  /** From 1, without gaps. */
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  body: text('body').notNull(),
  hash: text('hash').notNull(),
  at: text('at').generatedAlwaysAs(sql`body::jsonb ->> 'at'`),
  actor: text('actor').generatedAlwaysAs(sql`body::jsonb ->> 'actor'`),
  action: text('action').generatedAlwaysAs(sql`body::jsonb ->> 'action'`),
  outcome: text('outcome').generatedAlwaysAs(sql`body::jsonb ->> 'outcome'`),
  list: text('list').generatedAlwaysAs(sql`body::jsonb ->> 'list'`),
  object: text('object').generatedAlwaysAs(sql`body::jsonb ->> 'object'`),
  requestId: text('request_id').generatedAlwaysAs(sql`body::jsonb ->> 'requestId'`),
}, (table) => [
  index('audit_entry_at').on(table.at), index('audit_entry_actor').on(table.actor, table.seq), index('audit_entry_action').on(table.action, table.seq),
  index('audit_entry_outcome').on(table.outcome, table.seq), index('audit_entry_list').on(table.list, table.seq), index('audit_entry_request').on(table.requestId),
  index('audit_entry_object').on(table.object, table.seq),
])

/** Where the chain begins (later than 1 where old entries were let go) and ends. One row, of id 1. */
export const auditHead = pgTable('audit_head', {
  id: integer('id').primaryKey(),
  firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  /** The hash of the entry before the first. */
  firstPrevious: text('first_previous').notNull(),
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  lastHash: text('last_hash').notNull(),
})
