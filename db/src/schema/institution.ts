import { sql } from 'drizzle-orm'
import { boolean, date, doublePrecision, index, integer, pgTable, primaryKey, serial, smallint, text, unique } from 'drizzle-orm/pg-core'
import { instant } from './instant.js'
import { region, regionSet, unit } from './region.js'

/** The narrow identity of an institution; its code is unique within a region set. */
export const institution = pgTable('institution', {
  id: serial('id').primaryKey(),
  regionSetId: integer('region_set_id').notNull().references(() => regionSet.id),
  code: text('code').notNull(),
}, (table) => [unique().on(table.regionSetId, table.code)])

/** What the master said of an institution, from the instant it was loaded until the next load that said otherwise. */
export const institutionVersion = pgTable('institution_version', {
  institutionId: integer('institution_id').notNull().references(() => institution.id),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
  name: text('name').notNull(),
  kind: smallint('kind').notNull(),
  level: text('level'),
  /** Null where a report that brings its institutions along does not say where one lies: it counts in the whole, and in no unit. */
  unitId: integer('unit_id').references(() => unit.id),
  place: text('place'),
  cityId: integer('city_id').references(() => region.id),
  address: text('address'),
  latitude: doublePrecision('latitude'),
  longitude: doublePrecision('longitude'),
  datum: text('datum'),
  telephone: text('telephone'),
  dualChannel: boolean('dual_channel').notNull().default(false),
  openedOn: date('opened_on', { mode: 'string' }),
  closedOn: date('closed_on', { mode: 'string' }),
  qualifications: text('qualifications').array().notNull().default([]),
}, (table) => [
  primaryKey({ columns: [table.institutionId, table.knownFrom] }),
  index('institution_version_unit').on(table.unitId),
  // What lies in a box of degrees, of what is known now.
  index('institution_version_position').using('gist', sql`point(${table.longitude}, ${table.latitude})`).where(sql`${table.knownTo} is null and ${table.latitude} is not null`),
  // Those without one, which are few or all.
  index('institution_version_unplaced').on(table.institutionId).where(sql`${table.knownTo} is null and ${table.latitude} is null`),
])
