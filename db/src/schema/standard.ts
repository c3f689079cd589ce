import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Role } from '@lastmile/shared/permission'
import type { StandardOrigin, StandardRule } from '@lastmile/shared/standard'
import { drug } from './drug.js'
import { instant } from './instant.js'

/** What counts as covered, per drug: all its rules, as they were known from an instant to an instant. */
export const standardVersion = pgTable('standard_version', {
  id: serial('id').primaryKey(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  version: integer('version').notNull(),
  origin: text('origin').$type<StandardOrigin>().notNull(),
  /** Who says so, by name; `account` and `role` where that is an officer. */
  author: text('author').notNull(),
  account: text('account'),
  role: text('role').$type<Role>(),
  why: text('why'),
  rules: jsonb('rules').$type<StandardRule[]>().notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
}, (table) => [unique().on(table.drugId, table.version), uniqueIndex('standard_version_known').on(table.drugId).where(sql`known_to is null`)])

/** What the files of the edition said last, whether or not it holds: an officer may have decided otherwise. */
export const standardFiled = pgTable('standard_filed', {
  drugId: integer('drug_id').primaryKey().references(() => drug.id),
  author: text('author').notNull(),
  rules: jsonb('rules').$type<StandardRule[]>().notNull(),
})
