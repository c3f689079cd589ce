import { z } from 'zod'
import { Basis } from './basis.js'
import { Text } from './text.js'

/**
 * The honest reason for a gap. A missing report is never "nobody stocks it": that is said only where somebody said no
 * and nothing is unknown. `not_known`: reported, the figure left empty. `too_few`: somebody stocks it, though perhaps
 * nobody whom the standard counts.
 */
export const gapReasons = ['nobody_stocks', 'not_reported', 'not_known', 'stale', 'declared_only', 'too_few'] as const
export const GapReason = z.enum(gapReasons)
export type GapReason = z.infer<typeof GapReason>

/** A drug in a unit below its standard. `population` null: not loaded. */
export const Gap = z.strictObject({
  drug: z.string(),
  region: z.string(),
  company: z.string(),
  reason: GapReason,
  institutions: z.int(),
  cities: z.int(),
  minInstitutions: z.int(),
  minCities: z.int(),
  eligible: z.int().nullable(),
  unknown: z.int(),
  population: z.int().nullable(),
})
export type Gap = z.infer<typeof Gap>

/** Answer of `/gaps`: drugs in units below their standard, nowhere-stocked first, then by residents. */
export const GapsAnswer = z.strictObject({
  basis: Basis,
  gaps: z.array(Gap),
  standards: z.array(z.strictObject({ drug: z.string(), minInstitutions: z.int(), minCities: z.int(), reason: Text })),
})
export type GapsAnswer = z.infer<typeof GapsAnswer>
