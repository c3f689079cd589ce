import { z } from 'zod'
import { Basis } from './basis.js'
import { Day } from './day.js'
import { noUnit } from './region.js'
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

/** A drug over the whole area asked for (distinct cities); `units` of them have at least one that stocks it. */
export type CoverageTotal = CoverageCell & { units: number }

/** The numbers of a packed cell, in this order. Institutions in stock are hospitals + pharmacies + others; the last three are left out where no eligibility is loaded. */
export const cellColumns = [
  'hospitals', 'pharmacies', 'others', 'cities', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known', 'stale', 'not_reported', 'eligible', 'eligible_stocked', 'eligible_no',
] as const
const PackedCell = z.array(z.int()).min(cellColumns.length - 3).max(cellColumns.length)
export type PackedCell = z.infer<typeof PackedCell>

/**
 * Answer of `/coverage`, packed: for each drug its cells in the order of `regions`, each cell its numbers in the order
 * of `columns`. A cell that is null was never reported: unknown, not zero. `total` is the same over the whole area.
 * Written out, 500 drugs in 32 units would be five megabytes.
 */
export const CoverageAnswer = z.strictObject({
  basis: Basis,
  by: z.enum(['province', 'city']),
  region: z.string().nullable(),
  columns: z.array(z.enum(cellColumns)),
  regions: z.array(z.string()),
  drugs: z.array(z.strictObject({ drug: z.string(), units: z.int(), total: PackedCell, cells: z.array(PackedCell.nullable()) })),
})
export type CoverageAnswer = z.infer<typeof CoverageAnswer>

/** A coverage answer written out. `cells` go by region, within one by drug; `cell` finds one. */
export interface Coverage extends Pick<CoverageAnswer, 'basis' | 'by' | 'region'> {
  cells: CoverageCell[]
  totals: CoverageTotal[]
  cell(drug: string, region: string): CoverageCell | undefined
}

/** Writes a coverage answer out. */
export function unpackCoverage({ basis, by, region, regions, drugs }: CoverageAnswer): Coverage {
  const found = new Map<string, Map<string, CoverageCell>>(drugs.map(({ drug }) => [drug, new Map()]))
  const cells: CoverageCell[] = []
  regions.forEach((code, at) => {
    for (const { drug, cells: packed } of drugs) {
      const numbers = packed[at]
      if (!numbers) continue
      const cell = unpackCell(drug, code, numbers)
      cells.push(cell)
      found.get(drug)!.set(code, cell)
    }
  })
  const totals = drugs.map(({ drug, units, total }) => ({ ...unpackCell(drug, region ?? 'all', total), units }))
  return { basis, by, region, cells, totals, cell: (drug, code) => found.get(drug)?.get(code) }
}

/**
 * What of each drug's total lies in none of its units, by drug: institutions of which nobody says where they are count in
 * the whole and in no unit. Drugs whose units are the whole are left out. Cities and who is eligible there are not told.
 */
export function inNoUnit({ by, region, cells, totals }: Coverage): ReadonlyMap<string, CoverageCell> {
  if (by !== 'province' || region !== null) return new Map()
  const rests = new Map(totals.map(({ drug, stocked, states }) => [drug, { drug, region: noUnit, stocked: { ...stocked, cities: 0 }, states: { ...states }, eligible: null, share: null }]))
  for (const cell of cells) {
    const rest = rests.get(cell.drug)!
    for (const kind of ['institutions', 'hospitals', 'pharmacies', 'others'] as const) rest.stocked[kind] -= cell.stocked[kind]
    for (const state of State.options) rest.states[state] -= cell.states[state]
  }
  return new Map([...rests].filter(([, rest]) => State.options.some((state) => rest.states[state] > 0)))
}

function unpackCell(drug: string, region: string, numbers: PackedCell): CoverageCell {
  const [hospitals, pharmacies, others, cities, on_order, out_of_stock, not_carried, discontinued, not_known, stale, not_reported, open, stocked = 0, no = 0] = numbers as Numbers
  const institutions = hospitals + pharmacies + others
  const eligible = open === undefined ? null : { institutions: open, stocked, no, unknown: open - stocked - no }
  return {
    drug, region, stocked: { institutions, hospitals, pharmacies, others, cities },
    states: { in_stock: institutions, on_order, out_of_stock, not_carried, discontinued, not_known, stale, not_reported },
    eligible, share: eligible && coverageShare(eligible),
  }
}

type Numbers = [number, number, number, number, number, number, number, number, number, number, number, number?, number?, number?]

export const StandingsAnswer = z.strictObject({
  basis: Basis,
  by: z.enum(['province', 'city']),
  region: z.string().nullable(),
  cells: z.array(z.strictObject({ drug: z.string(), region: z.string(), standings: z.record(Standing, z.int()) })),
  /** Each drug over the whole area. Of the whole set that is more than its cells where institutions lie in no unit or city. */
  totals: z.array(z.strictObject({ drug: z.string(), standings: z.record(Standing, z.int()) })),
})
export type StandingsAnswer = z.infer<typeof StandingsAnswer>

/**
 * What is said of a drug: somebody has it; nobody, and somebody says no; only what is stale or not known; nothing at all.
 * Of supplies, which are events, no supply seen is a no once anybody had reported any.
 */
export const Said = z.enum(['yes', 'no', 'unknown', 'nothing'])
export type Said = z.infer<typeof Said>

/** Answer of `/headline`. */
export const HeadlineAnswer = z.strictObject({
  basis: Basis,
  region: z.string().nullable(),
  /** False where nobody had reported under this kind of evidence by that day, as known then: every figure below is silence, not zero. */
  reported: z.boolean(),
  drugsListed: z.int(),
  drugsStocked: z.int(),
  /** Listed drugs that nobody is known to stock: those of which somebody says no, and the two that follow. */
  drugsUnstocked: z.int(),
  /** Of the unstocked, those of which all that is said is stale or not known. */
  drugsUnknown: z.int(),
  /** Of the unstocked, those of which nobody says anything: not a word ever, or all withdrawn. */
  drugsNotReported: z.int(),
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
  /** Each listed drug: where it stands in the whole area asked for, and what is said of it there. */
  drugs: z.array(z.strictObject({ drug: z.string(), said: Said, institutions: z.int(), units: z.int(), cities: z.int() })),
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
