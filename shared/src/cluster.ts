import { z } from 'zod'
import { Basis } from './basis.js'
import { BoxText } from './box.js'
import { StateCounts } from './coverage.js'
import { Kind } from './kind.js'
import { Text } from './text.js'

/** What the marks of a view are: units, cities, or institutions grouped by where they lie. */
export const clusterLevels = ['unit', 'city', 'institution'] as const
export const ClusterLevel = z.enum(clusterLevels)
export type ClusterLevel = z.infer<typeof ClusterLevel>

/** Most marks of one view. */
export const mostMarks = 400

/**
 * A mark of a view: `count` institutions around a place (degrees, WGS84), by state. `institution` is given where it is
 * one alone. `regions` or `bbox`, whichever is there, are the parameters of `/institutions` that open exactly these:
 * the codes joined by commas, or the box.
 */
export const ClusterMark = z.strictObject({
  lat: z.number(),
  lng: z.number(),
  count: z.int().positive(),
  states: StateCounts,
  institution: z.strictObject({ code: z.string(), name: z.string(), kind: Kind }).nullable(),
  regions: z.array(z.strictObject({ code: z.string(), name: Text })).nullable(),
  bbox: BoxText.nullable(),
})
export type ClusterMark = z.infer<typeof ClusterMark>

/**
 * Answer of `/institutions/clusters`: institutions of which anything was ever said, as marks for one view. Where the
 * view holds too many to look at one by one (`by` unit or city), the marks count all institutions of a region, those
 * without a position too, and stand in the middle of it.
 */
export const ClustersAnswer = z.strictObject({
  basis: Basis,
  by: ClusterLevel,
  bbox: BoxText,
  zoom: z.number(),
  /** Institutions in all marks. */
  institutions: z.int(),
  marks: z.array(ClusterMark).max(mostMarks),
})
export type ClustersAnswer = z.infer<typeof ClustersAnswer>
