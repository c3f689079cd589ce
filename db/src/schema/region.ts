import { boolean, doublePrecision, integer, jsonb, pgTable, serial, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { Text } from '@lastmile/shared/text'

/** A set of regions that lists share: China with the Corps, the U.S. states. */
export const regionSet = pgTable('region_set', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  name: jsonb('name').$type<Text>().notNull(),
  timeZone: text('time_zone').notNull(),
  thresholds: jsonb('thresholds').$type<number[]>().notNull(),
  geometrySource: jsonb('geometry_source').$type<Text>().notNull(),
  populationSource: jsonb('population_source').$type<Text>(),
  /** Moves with every change of the institutions, so that what was read of them can be kept until then. */
  mastersVersion: integer('masters_version').notNull().default(1),
  outOfScope: jsonb('out_of_scope').$type<{ code: string; name: Text; fullName?: Text | undefined }[]>().notNull(),
})

/** A reporting unit. `slot` is its place in the arrays of coverage rows, from 1; slot 0 is the whole set. Slots never move. */
export const unit = pgTable('unit', {
  id: serial('id').primaryKey(),
  regionSetId: integer('region_set_id').notNull().references(() => regionSet.id),
  code: text('code').notNull(),
  slot: smallint('slot').notNull(),
  name: jsonb('name').$type<Text>().notNull(),
  fullName: jsonb('full_name').$type<Text>().notNull(),
  polygon: boolean('polygon').notNull(),
}, (table) => [unique().on(table.regionSetId, table.code), unique().on(table.regionSetId, table.slot)])

/** A division: province, city, county. */
export const region = pgTable('region', {
  id: serial('id').primaryKey(),
  regionSetId: integer('region_set_id').notNull().references(() => regionSet.id),
  code: text('code').notNull(),
  level: text('level').$type<'province' | 'city' | 'county'>().notNull(),
  parent: text('parent'),
  name: jsonb('name').$type<Text>().notNull(),
  population: integer('population'),
  latitude: doublePrecision('latitude'),
  longitude: doublePrecision('longitude'),
}, (table) => [unique().on(table.regionSetId, table.code)])

/**
 * Where a city's counts stand in the arrays of `coverage_by_city`: one slot per (city, unit) in the area (the
 * province that the city lies in), since a city of Xinjiang can hold institutions of Xinjiang and of the Corps.
 * Given out as institutions appear; moved only where regions themselves change, when everything is counted anew.
 */
export const citySlot = pgTable('city_slot', {
  areaId: integer('area_id').notNull().references(() => region.id),
  slot: smallint('slot').notNull(),
  cityId: integer('city_id').notNull().references(() => region.id),
  unitId: integer('unit_id').notNull().references(() => unit.id),
}, (table) => [unique().on(table.areaId, table.slot), unique().on(table.cityId, table.unitId)])
