import { customType, date, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/**
 * What holds of a pair, maintained: a state (or, through the lens "standing", a standing) from a day to a day
 * (exclusive), with the report and line it rests on. Days ahead are written too: the day on which a statement will
 * stop to count is known when it is accepted.
 */
export const pairSpan = pgTable('pair_span', {
  institutionId: integer('institution_id').notNull(),
  drugId: integer('drug_id').notNull(),
  lens: smallint('lens').notNull(),
  fromDay: date('from_day', { mode: 'string' }).notNull(),
  toDay: date('to_day', { mode: 'string' }).notNull(),
  state: smallint('state').notNull(),
  reportId: integer('report_id').notNull(),
  line: integer('line'),
}, (table) => [primaryKey({ columns: [table.institutionId, table.drugId, table.lens, table.fromDay] })])

/** The state of an institution over all drugs of a list: what distinct institutions are counted from. */
export const institutionSpan = pgTable('institution_span', {
  institutionId: integer('institution_id').notNull(),
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  fromDay: date('from_day', { mode: 'string' }).notNull(),
  toDay: date('to_day', { mode: 'string' }).notNull(),
  state: smallint('state').notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.listId, table.lens, table.fromDay] })])

/**
 * Maintained counts of a drug (0: any drug, counting institutions) over all units, from a day until the next row's:
 * the last row on or before a day answers for that day. `counts` is packed by `coverage/counts.ts`.
 */
export const coverageByUnit = pgTable('coverage_by_unit', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  drugId: integer('drug_id').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  counts: bytes('counts').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.lens, table.drugId, table.day] })])

/** The same for the cities of one area (a province as it lies on the map). */
export const coverageByCity = pgTable('coverage_by_city', {
  listId: integer('list_id').notNull(),
  lens: smallint('lens').notNull(),
  drugId: integer('drug_id').notNull(),
  areaId: integer('area_id').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  counts: bytes('counts').notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.lens, table.drugId, table.areaId, table.day] })])
