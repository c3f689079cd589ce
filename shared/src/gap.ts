import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { GapAct, GapClass } from './gap-act.js'
import { Kind } from './kind.js'
import { Page } from './page.js'
import { Reach } from './reach.js'
import { State } from './state.js'
import { Text } from './text.js'

/**
 * The honest reason for a gap. A missing report is never "nobody stocks it": that is said only where somebody said no
 * and nothing is unknown. `not_known`: reported, the figure left empty. `too_few`: somebody stocks it, though perhaps
 * nobody whom the standard counts.
 */
export const gapReasons = ['nobody_stocks', 'not_reported', 'not_known', 'stale', 'declared_only', 'too_few'] as const
export const GapReason = z.enum(gapReasons)
export type GapReason = z.infer<typeof GapReason>

/** An institution that serves a unit in which it does not lie, with what is said of the drug there under the kind of evidence asked for; null: nothing. */
export const ServingCentre = z.strictObject({ institution: z.string(), name: z.string(), unit: z.string().nullable(), state: State.nullable() })
export type ServingCentre = z.infer<typeof ServingCentre>

/**
 * A drug in a unit below its standard on a day. `nowhere`: the drug is in stock in no unit at all. `population` null: not loaded.
 * `kinds`, `eligibleOnly`: of whom the figures are: institutions of these kinds, and the eligible among them alone (where it is known who they are).
 * `reach`: what is asked and how many percent of the residents are within it, rounded down to a tenth; null where the
 * population of any of its cities is not loaded. `servedBy`: an institution elsewhere is named to serve it, and does not stock the drug.
 */
export const GapOnDay = z.strictObject({
  drug: z.string(),
  region: z.string(),
  company: z.string(),
  reason: GapReason,
  class: GapClass,
  acts: z.array(GapAct),
  nowhere: z.boolean(),
  institutions: z.int(),
  cities: z.int(),
  minInstitutions: z.int(),
  minCities: z.int(),
  kinds: z.array(Kind),
  eligibleOnly: z.boolean(),
  reach: Reach.extend({ reached: z.number().nullable() }).nullable(),
  servedBy: ServingCentre.nullable(),
  eligible: z.int().nullable(),
  unknown: z.int(),
  population: z.int().nullable(),
})
export type GapOnDay = z.infer<typeof GapOnDay>

/**
 * The same with what other days tell of it. `since`: the first day of the present episode, `age` the days that it
 * has lasted by the end of the as-of day, `former` how many episodes there were before it, all by the standards as they are known. `trend`: the
 * institutions that the standard counts, on each of the last days, the as-of day last ({@link trendDays}; fewer where the
 * list is younger).
 */
export const Gap = GapOnDay.extend({ since: Day, age: z.int(), former: z.int(), trend: z.array(z.int()) })
export type Gap = z.infer<typeof Gap>

/**
 * Answer of `/gaps`: a page of the drugs in units below their standard; unless ordered otherwise nowhere-stocked drugs
 * first, then those in few units, then by residents. `reasons` and `classes` count all of them, whatever reason or class is
 * asked for; `judged` are the pairs of drug and unit for which there is a standard. Of `reachNotLoaded` of them nobody can
 * judge the reach that it asks: the population of some or all of their cities is not loaded. `served` are no gaps, because an institution
 * elsewhere that is named for them stocks the drug. `standards` are those of the drugs on the page.
 */
export const GapsAnswer = z.strictObject({
  basis: Basis,
  gaps: z.array(Gap),
  page: Page,
  reasons: z.record(GapReason, z.int()),
  classes: z.record(GapClass, z.int()),
  judged: z.int(),
  reachNotLoaded: z.int(),
  served: z.array(ServingCentre.extend({ drug: z.string(), region: z.string() })),
  standards: z.array(z.strictObject({ drug: z.string(), minInstitutions: z.int(), minCities: z.int(), reason: Text })),
})
export type GapsAnswer = z.infer<typeof GapsAnswer>

/** Of how many days a gap's trend tells. */
export const trendDays = 60
