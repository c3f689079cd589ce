import { sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, serial, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { SnapshotCounts } from '@lastmile/shared/break'
import type { ReadWarning } from '@lastmile/shared/reading'
import type { Approval, ReportState } from '@lastmile/shared/report'
import type { Channel, ReportMode, Scope } from '@lastmile/shared/source'
import { instant } from './instant.js'
import { list } from './list.js'
import { source } from './source.js'

/** A file that was sent: a draft with its errors, waiting for the end of its embargo, accepted, or superseded by a correction or a later snapshot of its day. */
export const report = pgTable('report', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  listId: integer('list_id').notNull().references(() => list.id),
  sourceId: integer('source_id').notNull().references(() => source.id),
  evidence: smallint('evidence').notNull(),
  mode: text('mode').$type<ReportMode>().notNull(),
  scope: jsonb('scope').$type<Scope>().notNull(),
  period: text('period'),
  asOf: date('as_of', { mode: 'string' }).notNull(),
  /** Period (or as-of day) and scope: at most one accepted report of a source fills a slot. */
  slot: text('slot').notNull(),
  state: text('state').$type<ReportState>().notNull(),
  version: integer('version').notNull(),
  filename: text('filename').notNull(),
  sha256: text('sha256').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  channel: text('channel').$type<Channel>().notNull(),
  /** Nothing to report: accepted with no line, it moves no number and counts as sent. */
  nil: boolean('nil').notNull().default(false),
  rowsTotal: integer('rows_total').notNull(),
  storedCount: integer('stored_count').notNull(),
  storedSha256: text('stored_sha256'),
  errorsTotal: integer('errors_total').notNull(),
  warnings: jsonb('warnings').$type<ReadWarning[]>().notNull(),
  /** It has a price column, or columns or sheets that nobody reads, or errors: whoever opens its file may look at prices. */
  mayHoldPrices: boolean('may_hold_prices').notNull().default(false),
  parsed: jsonb('parsed').$type<SnapshotCounts>(),
  effect: jsonb('effect').$type<{ institutionsBefore: number; institutionsAfter: number; pairsEntered: number; pairsLeft: number }>(),
  receivedAt: instant('received_at').notNull(),
  acceptedAt: instant('accepted_at'),
  supersededAt: instant('superseded_at'),
  correctsId: integer('corrects_id'),
  supersededById: integer('superseded_by_id'),
  idempotencyKey: text('idempotency_key'),
  /** Who sent it: an account or a key, as the audit names them. Null for a command, and for what was sent before there were accounts. */
  sentBy: text('sent_by'),
  /** Until when it waits, under embargo; it is accepted then. */
  publishAt: instant('publish_at'),
  approvedAt: instant('approved_at'),
  approvedBy: text('approved_by'),
  /** `own`: by the office that sent it. `second`: by a national operator, where that office has nobody else. */
  approval: text('approval').$type<Approval>(),
}, (table) => [
  uniqueIndex('report_one_accepted').on(table.sourceId, table.slot).where(sql`state = 'accepted'`),
  uniqueIndex('report_key').on(table.sourceId, table.idempotencyKey),
  index('report_accepted_at').on(table.listId, table.acceptedAt),
])

/** One error of a draft, in the order of the file. */
export const reportError = pgTable('report_error', {
  reportId: integer('report_id').notNull().references(() => report.id, { onDelete: 'cascade' }),
  ord: integer('ord').notNull(),
  row: integer('row').notNull(),
  field: text('field'),
  code: text('code').notNull(),
  value: text('value'),
}, (table) => [primaryKey({ columns: [table.reportId, table.ord] })])
