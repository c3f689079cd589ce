import { boolean, date, integer, jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core'
import type { Alerting } from '@lastmile/shared/alerting'
import type { SelfReports as Edition } from '@lastmile/shared/edition'
import type { FinderFile } from '@lastmile/shared/finder-words'
import type { Profile } from '@lastmile/shared/source'
import type { Supervision } from '@lastmile/shared/supervision'
import type { Text } from '@lastmile/shared/text'
import type { WorkingCalendar } from '@lastmile/shared/working-day'
import { instant } from './instant.js'
import { regionSet } from './region.js'

/** What an edition says of it, with the profile itself. */
export type SelfReports = Omit<Edition, 'profile'> & { profile: Profile }

/** A list edition. `fixedToday` is set for the demonstration alone; `version` moves with every change of its data. */
export const list = pgTable('list', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  regionSetId: integer('region_set_id').notNull().references(() => regionSet.id),
  name: jsonb('name').$type<Text>().notNull(),
  document: jsonb('document').$type<Text>(),
  timeZone: text('time_zone').notNull(),
  inForce: date('in_force', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }),
  clock: text('clock').$type<'living' | 'closed'>().notNull(),
  fixedToday: date('fixed_today', { mode: 'string' }),
  demonstration: boolean('demonstration').notNull().default(false),
  version: integer('version').notNull().default(1),
  /** A count of its own, of the changes that anybody may see: drafts, embargoes and approvals move `version` alone, so that the public cannot tell by this that there was one. */
  publicVersion: integer('public_version').notNull().default(1),
  /** How institutions report of themselves, where they do. */
  selfReports: jsonb('self_reports').$type<SelfReports>(),
  /** When a change is worth telling, where the edition says so. */
  alerting: jsonb('alerting').$type<Alerting>(),
  /** The calendar by which working days are counted; null: Monday to Friday. */
  calendar: jsonb('calendar').$type<WorkingCalendar>(),
  /** How gaps are followed up; null: the edition does not say, and no case is opened. */
  supervision: jsonb('supervision').$type<Supervision>(),
  /** By which words people look for its drugs, and how long a demand stands; null: the edition does not say. */
  finder: jsonb('finder').$type<FinderFile>(),
  /** Last day (since 1970-01-01) up to which changes of counts are in their timelines; later ones wait in `coverage_ahead`. */
  countedTo: integer('counted_to').notNull().default(0),
  /** A bulletin rests on what was known then: what is accepted from now on is known later. Null: none does. */
  settledTo: instant('settled_to'),
})
