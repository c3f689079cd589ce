import { sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, serial, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { SnapshotCounts } from '@lastmile/shared/break'
import type { ReadWarning } from '@lastmile/shared/reading'
import type { Approval, ReportState, ReviewDecision } from '@lastmile/shared/report'
import type { Channel, ReportMode, Scope } from '@lastmile/shared/source'
import type { Suspicion } from '@lastmile/shared/suspicion'
import { instant } from './instant.js'
import { list } from './list.js'
import { source } from './source.js'

/** A file that was sent, and what became of it (see `reportStates`). */
export const report = pgTable('report', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  /** The number of its receipt: year × 10,000,000 + its place among what the source sent that year (`receipt.ts` in shared). None is given twice. Its migration numbers what was received before. */
  number: bigint('number', { mode: 'number' }),
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
  /** Distinct institutions that its lines name. Null for a draft, and for what was sent before they were counted. */
  institutions: integer('institutions'),
  /** Codes of the drugs that its lines name, in the order of their ids. Null as `institutions` is. */
  drugsNamed: jsonb('drugs_named').$type<string[]>(),
  /** The last snapshot of the same scope of an earlier period, and how many institutions of it this one names again. Null as `institutions` is, or where there is none. */
  namedBeforeId: integer('named_before_id'),
  namedAgain: integer('named_again'),
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
  /** Why it does not look right: it is, or was, in quarantine for it, or it counts all the same. */
  suspicions: jsonb('suspicions').$type<Suspicion[]>().notNull().default([]),
  /** What was decided of it when it waited. */
  review: text('review').$type<ReviewDecision>(),
  reviewedAt: instant('reviewed_at'),
  reviewedBy: text('reviewed_by'),
  reviewReason: text('review_reason'),
  /** Distinct institutions at which a line says in stock. Null as `institutions` is. */
  stockedAt: integer('stocked_at'),
  /** The latest day that a row gives; null where none gives one. */
  latestDay: date('latest_day', { mode: 'string' }),
  /** Fingerprint of what its rows say, days apart. */
  content: text('content'),
}, (table) => [
  uniqueIndex('report_one_accepted').on(table.sourceId, table.slot).where(sql`state = 'accepted'`),
  uniqueIndex('report_key').on(table.sourceId, table.idempotencyKey),
  uniqueIndex('report_number').on(table.sourceId, table.number),
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
