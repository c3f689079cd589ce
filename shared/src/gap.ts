import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { GapAct, GapClass } from './gap-act.js'
import { Page } from './page.js'
import { Text } from './text.js'

/**
 * The honest reason for a gap. A missing report is never "nobody stocks it": that is said only where somebody said no
 * and nothing is unknown. `not_known`: reported, the figure left empty. `too_few`: somebody stocks it, though perhaps
 * nobody whom the standard counts.
 */
export const gapReasons = ['nobody_stocks', 'not_reported', 'not_known', 'stale', 'declared_only', 'too_few'] as const
export const GapReason = z.enum(gapReasons)
export type GapReason = z.infer<typeof GapReason>

/** Whether a standard is met: the one rule of a day, of a span and of a preview. */
export function isMet(asked: { minInstitutions: number; minCities: number }, there: { institutions: number; cities: number }): boolean {
  return there.institutions >= asked.minInstitutions && there.cities >= asked.minCities
}

/**
 * A drug in a unit below its standard. `nowhere`: the drug is in stock in no unit at all. `population` null: not loaded.
 * `since`: the first day of the present episode, `age` the days that it has lasted by the end of the as-of day, `former` how many episodes there
 * were before it, all by the standards as they are known. `trend`: the institutions that the standard counts, on each of
 * the last days, the as-of day last ({@link trendDays}; fewer where the list is younger).
 */
export const Gap = z.strictObject({
  drug: z.string(),
  region: z.string(),
  company: z.string(),
  reason: GapReason,
  class: GapClass,
  acts: z.array(GapAct),
  since: Day,
  age: z.int(),
  former: z.int(),
  trend: z.array(z.int()),
  nowhere: z.boolean(),
  institutions: z.int(),
  cities: z.int(),
  minInstitutions: z.int(),
  minCities: z.int(),
  eligible: z.int().nullable(),
  unknown: z.int(),
  population: z.int().nullable(),
})
export type Gap = z.infer<typeof Gap>

/**
 * Answer of `/gaps`: a page of the drugs in units below their standard; unless ordered otherwise nowhere-stocked drugs
 * first, then those in few units, then by residents. `reasons` and `classes` count all of them, whatever reason or class is asked for; `judged`
 * are the pairs of drug and unit for which there is a standard. `standards` are those of the drugs on the page.
 */
export const GapsAnswer = z.strictObject({
  basis: Basis,
  gaps: z.array(Gap),
  page: Page,
  reasons: z.record(GapReason, z.int()),
  classes: z.record(GapClass, z.int()),
  judged: z.int(),
  standards: z.array(z.strictObject({ drug: z.string(), minInstitutions: z.int(), minCities: z.int(), reason: Text })),
})
export type GapsAnswer = z.infer<typeof GapsAnswer>

/** Of how many days a gap's trend tells. */
export const trendDays = 60
