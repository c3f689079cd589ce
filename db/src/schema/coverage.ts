import { integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import { bytes } from './bytes.js'

/* Days are numbers here, since 1970-01-01: packed rows hold them so. */

/**
 * What holds at an institution of the drugs of a list, from the last event of each pair on: one packed row
 * (`coverage/shelf.ts`). A report reads and writes as many rows as it names institutions, not as it has lines, and
 * however long the history is.
 */
export const shelf = pgTable('shelf', {
  institutionId: integer('institution_id').notNull(),
  listId: integer('list_id').notNull(),
  /** Packed pairs: the last words of each source, the first supply. */
  pairs: bytes('pairs').notNull(),
  /** Packed days on which eligibility files name it, by drug. */
  eligible: bytes('eligible').notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.listId] })])

/**
 * Spans of an institution's pairs that are past: what held before the last event, packed by the report that ended them
 * (`coverage/past.ts`). `fromDay` and `toDay` bound the days of which the row speaks.
 */
export const pastSpans = pgTable('past_spans', {
  institutionId: integer('institution_id').notNull(),
  listId: integer('list_id').notNull(),
  reportId: integer('report_id').notNull(),
  fromDay: integer('from_day').notNull(),
  toDay: integer('to_day').notNull(),
  spans: bytes('spans').notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.listId, table.reportId] })])

/** Where a drug was ever named: institutions in blocks of 4,096 ids, packed. Nothing is ever taken out. */
export const drugNamed = pgTable('drug_named', {
  drugId: integer('drug_id').notNull(),
  block: integer('block').notNull(),
  institutions: bytes('institutions').notNull(),
}, (table) => [primaryKey({ columns: [table.drugId, table.block] })])

/**
 * Maintained counts of a unit (by slot; 0: the whole) over all drugs, packed by `coverage/carry.ts`: from a day on, the
 * counts that held before and every change since, until the next row's day. One answers for a headline, one a unit for a
 * matrix, whatever the day. Drugs stand by their slots (`ListFacts.drugSlots`).
 */
export const coverageByUnit = pgTable('coverage_by_unit', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  unitSlot: smallint('unit_slot').notNull(),
  fromDay: integer('from_day').notNull(),
  counts: bytes('counts').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.lens, table.unitSlot, table.fromDay] })])

/** The same of one drug (0: any drug, counting institutions) in one unit: what a trend is read from. */
export const coverageByDrug = pgTable('coverage_by_drug', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  drugId: integer('drug_id').notNull(),
  unitSlot: smallint('unit_slot').notNull(),
  fromDay: integer('from_day').notNull(),
  counts: bytes('counts').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.lens, table.drugId, table.unitSlot, table.fromDay] })])

/** The same of one drug in the cities of one area (a province as it lies on the map), by the slots of `city_slot`. */
export const coverageByCity = pgTable('coverage_by_city', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  drugId: integer('drug_id').notNull(),
  areaId: integer('area_id').notNull(),
  fromDay: integer('from_day').notNull(),
  counts: bytes('counts').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.lens, table.drugId, table.areaId, table.fromDay] })])

/**
 * Changes of counters on days that are far ahead, as reports made them, by buckets of days (`coverage/far-ahead.ts`).
 * They join the timelines when their days come near: `list.countedTo`.
 */
export const coverageAhead = pgTable('coverage_ahead', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  bucket: integer('bucket').notNull(),
  /** The report that made them, or the negative number of a step that counted anew. */
  run: integer('run').notNull(),
  changes: bytes('changes').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.bucket, table.lens, table.run] })])
