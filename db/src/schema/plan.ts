import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Text } from '@lastmile/shared/text'
import { drug } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { region, unit } from './region.js'

/** A customised insurance plan that names drugs of a list. Its code is its insurer's for ever: what was said under it stays. */
export const plan = pgTable('plan', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  insurer: text('insurer').notNull(),
}, (table) => [unique().on(table.listId, table.code)])

/** What its insurer said of a plan, from the instant it was said until the next change or the plan's end. */
export const planVersion = pgTable('plan_version', {
  id: serial('id').primaryKey(),
  planId: integer('plan_id').notNull().references(() => plan.id),
  version: integer('version').notNull(),
  name: jsonb('name').$type<Text>().notNull(),
  /** Null: sold in the whole country. */
  unitId: integer('unit_id').references(() => unit.id),
  cityId: integer('city_id').references(() => region.id),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  /** The last day. */
  validTo: date('valid_to', { mode: 'string' }),
  source: jsonb('source').$type<Text>().notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
  enteredBy: text('entered_by').notNull(),
}, (table) => [unique().on(table.planId, table.version), uniqueIndex('plan_version_known').on(table.planId).where(sql`known_to is null`)])

/** A drug that a version of a plan names. */
export const planDrug = pgTable('plan_drug', {
  planVersionId: integer('plan_version_id').notNull().references(() => planVersion.id),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  /** What it pays, in words; null where its guide does not say. */
  pays: jsonb('pays').$type<Text>(),
}, (table) => [primaryKey({ columns: [table.planVersionId, table.drugId] }), index('plan_drug_drug').on(table.drugId)])
