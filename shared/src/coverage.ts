import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { State } from './state.js'
import { Standing } from './standing.js'

/** Institutions that stock, distinct, by kind. institutions = hospitals + pharmacies + others. */
export const Stocked = z.strictObject({ institutions: z.int(), hospitals: z.int(), pharmacies: z.int(), others: z.int(), cities: z.int() })
export type Stocked = z.infer<typeof Stocked>

/** The eligible institutions of a cell: those that stock, those that say no, and the rest, who say nothing. */
export const Eligible = z.strictObject({ institutions: z.int(), stocked: z.int(), no: z.int(), unknown: z.int() })
export type Eligible = z.infer<typeof Eligible>

/** A share as a range, 0 to 1: low takes unknown as no, high as yes. */
export const Share = z.strictObject({ low: z.number(), high: z.number() })
export type Share = z.infer<typeof Share>

/** Below this many eligible institutions no share is shown; they are named instead. */
export const fewestEligibleForShare = 5

/** The share of eligible institutions that stock, or null where fewer than five are eligible. */
export function coverageShare(eligible: Eligible): Share | null {
  if (eligible.institutions < fewestEligibleForShare) return null
  return { low: eligible.stocked / eligible.institutions, high: (eligible.stocked + eligible.unknown) / eligible.institutions }
}

export const StateCounts = z.record(State, z.int())
export type StateCounts = z.infer<typeof StateCounts>

/** One drug in one region under one kind of evidence. `states` counts pairs ever stated; `eligible` is null where no eligibility is loaded. */
export const CoverageCell = z.strictObject({
  drug: z.string(),
  region: z.string(),
  stocked: Stocked,
  states: StateCounts,
  eligible: Eligible.nullable(),
  share: Share.nullable(),
})
export type CoverageCell = z.infer<typeof CoverageCell>

/** Answer of `/coverage`. A cell that is missing was never reported: unknown, not zero. `totals` has one cell a drug over the whole area asked for (distinct cities). */
export const CoverageAnswer = z.strictObject({ basis: Basis, by: z.enum(['province', 'city']), region: z.string().nullable(), cells: z.array(CoverageCell), totals: z.array(CoverageCell.extend({ units: z.int() })) })
export type CoverageAnswer = z.infer<typeof CoverageAnswer>

export const StandingsAnswer = z.strictObject({
  basis: Basis,
  by: z.enum(['province', 'city']),
  region: z.string().nullable(),
  cells: z.array(z.strictObject({ drug: z.string(), region: z.string(), standings: z.record(Standing, z.int()) })),
})
export type StandingsAnswer = z.infer<typeof StandingsAnswer>

/** Answer of `/headline`. */
export const HeadlineAnswer = z.strictObject({
  basis: Basis,
  region: z.string().nullable(),
  drugsListed: z.int(),
  drugsStocked: z.int(),
  drugsUnstocked: z.int(),
  institutions: z.int(),
  hospitals: z.int(),
  pharmacies: z.int(),
  others: z.int(),
  /** Units (31 provinces and the Corps) with at least one institution that stocks at least one drug. */
  provinces: z.int(),
  cities: z.int(),
  drugsInMoreThan: z.record(z.string(), z.int()),
  unknown: z.strictObject({
    /** Institutions where nothing is in stock and at least one drug is unknown (not known, stale, no longer reported). */
    institutions: z.int(),
    /** Pairs by kind of unknown. */
    notKnown: z.int(), stale: z.int(), notReported: z.int(),
    /** Units from which this kind of evidence has said nothing that still counts. */
    unitsSilent: z.array(z.string()),
  }),
  /** Each listed drug: where it stands in the whole area asked for. */
  drugs: z.array(z.strictObject({ drug: z.string(), institutions: z.int(), units: z.int(), cities: z.int() })),
})
export type HeadlineAnswer = z.infer<typeof HeadlineAnswer>

/** Answer of `/trend`: a step series, one point on each day on which something changed. `breaks`: the source changed what it reports. */
export const TrendAnswer = z.strictObject({
  basis: Basis,
  drug: z.string().nullable(),
  region: z.string().nullable(),
  from: Day,
  to: Day,
  points: z.array(z.strictObject({ day: Day, stocked: Stocked, units: z.int(), states: StateCounts, eligible: Eligible.nullable(), share: Share.nullable() })),
  breaks: z.array(z.strictObject({ day: Day, report: z.string(), reason: z.string() })),
})
export type TrendAnswer = z.infer<typeof TrendAnswer>
