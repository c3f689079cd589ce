import { index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bytes } from './bytes.js'

/*
 * The big tables. Keyed by institution first: a distributed PostgreSQL wants its distribution column in every key, and
 * a province's institutions lie together. Narrow integers, and no foreign keys: rows are only ever written by the
 * transaction that has just looked the ids up.
 */

/**
 * What an accepted report says of an institution: all its lines, packed (`report-lines.ts` in shared). Statements, or
 * for a report of supplies, events. Never changed, never deleted.
 */
export const reportLines = pgTable('report_lines', {
  institutionId: integer('institution_id').notNull(),
  reportId: integer('report_id').notNull(),
  lines: bytes('lines').notNull(),
}, (table) => [
  primaryKey({ columns: [table.institutionId, table.reportId] }),
  // Reports are appended one after the other, so a block-range index finds a report's rows at next to no cost.
  index('report_lines_report').using('brin', table.reportId),
])

/** What an accepted report says of a drug: how many lines, and of which days (numbers since 1970-01-01, ascending). */
export const reportDrug = pgTable('report_drug', {
  drugId: integer('drug_id').notNull(),
  reportId: integer('report_id').notNull(),
  lines: integer('lines').notNull(),
  days: integer('days').array().notNull(),
}, (table) => [primaryKey({ columns: [table.drugId, table.reportId] })])
