import { z } from 'zod'
import { TimeZone } from './day.js'
import { Text } from './text.js'

/** A division of a region set. A city is what the set counts as one: in China a prefecture, a municipality, or a county governed by its province. */
export const RegionLevel = z.enum(['province', 'city', 'county'])
export type RegionLevel = z.infer<typeof RegionLevel>

/** A region of a region set as its file gives it. Population only where a sourced figure is loaded; centroid is [latitude, longitude] in WGS84. */
export const RegionRow = z.strictObject({
  code: z.string().min(1),
  level: RegionLevel,
  parent: z.string().nullable(),
  name: Text,
  population: z.int32().positive().optional(),
  centroid: z.tuple([z.number(), z.number()]).optional(),
})
export type RegionRow = z.infer<typeof RegionRow>

/** A reporting unit: a province or state, or a unit without a polygon such as the Corps. "Provinces" count units. */
export const Unit = z.strictObject({ code: z.string(), name: Text, fullName: Text, polygon: z.boolean() })
export type Unit = z.infer<typeof Unit>

/** Stands in a question where a unit's code would, and asks for what lies in none: institutions of which nobody says where they are. */
export const noUnit = 'none'

/** A division that the map draws and the scheme does not cover. Never zero. */
export const OutOfScope = z.strictObject({ code: z.string(), name: Text, fullName: Text.optional() })

/** The file of a region set: `db/regions/<code>.json`. */
export const RegionSetFile = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  name: Text,
  timeZone: TimeZone,
  regionThresholds: z.array(z.int32().positive()).length(3),
  geometrySource: Text,
  units: z.array(Unit).min(1),
  outOfScope: z.array(OutOfScope),
  regions: z.array(RegionRow).min(1),
  populationSource: Text.optional(),
})
export type RegionSetFile = z.infer<typeof RegionSetFile>

/** Answer of `/regions`: the set's units and what stands beside them. */
export const RegionsAnswer = z.strictObject({
  regionSet: z.string(),
  name: Text,
  thresholds: z.array(z.int()),
  geometrySource: Text,
  populationSource: Text.nullable(),
  units: z.array(Unit.extend({ population: z.int().nullable() })),
  outOfScope: z.array(OutOfScope),
})
export type RegionsAnswer = z.infer<typeof RegionsAnswer>

/** The middle of a region in WGS84 degrees; null where none is loaded. */
const Centroid = z.strictObject({ lat: z.number(), lng: z.number() }).nullable()

/** Answer of `/regions/{code}`: one unit or city with the cities below it. */
export const RegionAnswer = z.strictObject({
  code: z.string(),
  level: z.enum(['unit', 'city', 'county']),
  unit: z.string().nullable(),
  name: Text,
  polygon: z.boolean(),
  population: z.int().nullable(),
  parent: z.string().nullable(),
  centroid: Centroid,
  cities: z.array(z.strictObject({ code: z.string(), name: Text, centroid: Centroid })),
})
export type RegionAnswer = z.infer<typeof RegionAnswer>
