import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Duty, DutyOutcome } from '@lastmile/shared/duty'
import type { Role } from '@lastmile/shared/permission'
import { institution } from './institution.js'
import { instant } from './instant.js'
import { list } from './list.js'

/** A dated duty of an edition. What it asks stands in its versions. */
export const duty = pgTable('duty', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
}, (table) => [unique().on(table.listId, table.code)])

/** What a duty asks, as it was known from an instant to an instant. One that the files no longer name has no version that is known now, and keeps what was answered. */
export const dutyVersion = pgTable('duty_version', {
  id: serial('id').primaryKey(),
  dutyId: integer('duty_id').notNull().references(() => duty.id),
  data: jsonb('data').$type<Duty>().notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
}, (table) => [uniqueIndex('duty_version_known').on(table.dutyId).where(sql`known_to is null`), index('duty_version_duty').on(table.dutyId)])

/** What was said of a duty at an institution, from the instant it was said until it was said otherwise or taken back. */
export const dutyEntry = pgTable('duty_entry', {
  id: serial('id').primaryKey(),
  dutyId: integer('duty_id').notNull().references(() => duty.id),
  institutionId: integer('institution_id').notNull().references(() => institution.id),
  version: integer('version').notNull(),
  convened: boolean('convened').notNull(),
  convenedOn: date('convened_on', { mode: 'string' }),
  outcomes: jsonb('outcomes').$type<DutyOutcome[]>().notNull(),
  note: text('note'),
  /** Who said it, as the audit names him, and his role. */
  saidBy: text('said_by').notNull(),
  role: text('role').$type<Role>().notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
}, (table) => [unique().on(table.dutyId, table.institutionId, table.version), uniqueIndex('duty_entry_known').on(table.dutyId, table.institutionId).where(sql`known_to is null`), index('duty_entry_institution').on(table.institutionId)])
