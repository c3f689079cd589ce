import { date, doublePrecision, index, integer, numeric, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'

/*
 * The big tables. Keyed by institution first: a distributed PostgreSQL wants its distribution column in every key, and
 * a province's institutions lie together. Narrow integers, and no foreign keys: rows are only ever written by the
 * transaction that has just looked the ids up.
 */

/** One line of an accepted report: what the source says of a drug at an institution. Never changed, never deleted. */
export const statement = pgTable('statement', {
  institutionId: integer('institution_id').notNull(),
  drugId: integer('drug_id').notNull(),
  reportId: integer('report_id').notNull(),
  line: integer('line').notNull(),
  status: smallint('status').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  dayBasis: smallint('day_basis').notNull(),
  reason: smallint('reason'),
  leadDays: integer('lead_days'),
  quantity: doublePrecision('quantity'),
}, (table) => [
  primaryKey({ columns: [table.institutionId, table.drugId, table.reportId] }),
  // Reports are appended one after the other, so a block-range index finds a report's rows at next to no cost.
  index('statement_report').using('brin', table.reportId),
])

/** One event: a sale or settlement was seen. */
export const supply = pgTable('supply', {
  institutionId: integer('institution_id').notNull(),
  drugId: integer('drug_id').notNull(),
  reportId: integer('report_id').notNull(),
  line: integer('line').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  quantity: doublePrecision('quantity'),
}, (table) => [
  primaryKey({ columns: [table.institutionId, table.drugId, table.reportId, table.line] }),
  index('supply_report').using('brin', table.reportId),
])

/** A retail price that rode on a report. In a table of its own, read by no query until there are accounts. */
export const price = pgTable('price', {
  institutionId: integer('institution_id').notNull(),
  drugId: integer('drug_id').notNull(),
  reportId: integer('report_id').notNull(),
  line: integer('line').notNull(),
  amount: numeric('amount', { precision: 10, scale: 2 }).notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.drugId, table.reportId, table.line] })])
