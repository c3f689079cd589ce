import { dayNumber } from '@lastmile/shared/day'
import type { Counted } from '../coverage/counted.js'
import { sumAt, type Counts } from '../coverage/counts.js'
import { areasOfUnits } from './area.js'
import { reachSteps } from './beyond-counts.js'
import type { GapColumns } from './gap-columns.js'
import { untold } from './gap-reason.js'
import type { Looking } from './stocked-places.js'

const none: Counts = new Int32Array(0)

/** Gaps that are being judged, with what they are judged by. */
export interface Judging extends Looking {
  counted: Counted
  gaps: GapColumns
}

/** Tells the cities that are not told yet, by those of the institutions that a standard counts. */
export async function tellCities({ db, when, facts, counted, gaps }: Judging): Promise<void> {
  const asked: number[] = []
  for (let at = 0; at < gaps.length; at++) if (gaps.cities[at] === untold) asked.push(at)
  if (asked.length === 0) return
  const unitOf = (at: number) => facts.units[gaps.unit[at]!]!.id
  const areas = await areasOfUnits(db, [...new Set(asked.map(unitOf))])
  const drugs = [...new Set(asked.map((at) => gaps.measures[gaps.measure[at]!]!.standard.drugId))]
  const [counts, slotsOf] = await Promise.all([counted.byCities(when.evidence, areas, drugs), counted.slotsOf(areas)])
  const slots = areas.flatMap((area) => slotsOf.get(area)!.map((slot) => ({ ...slot, counts: counts.get(area)! })))
  for (const at of asked) {
    const { standard, wanted } = gaps.measures[gaps.measure[at]!]!
    const unit = unitOf(at)
    gaps.cities[at] = new Set(slots.filter((one) => one.unit === unit && sumAt(one.counts.get(standard.drugId) ?? none, one.slot, wanted) > 0).map((one) => one.city)).size
  }
}

/** Tells how many of the residents are within reach, where a rule asks it. Answers of how many it cannot be told: the population of some or all cities of their unit is not loaded. */
export async function tellReach(judging: Judging): Promise<number> {
  const { facts, gaps, when } = judging
  const asked = Array.from({ length: gaps.length }, (_, at) => at).filter((at) => gaps.measures[gaps.measure[at]!]!.standard.reach !== null)
  const steps = await reachSteps(judging, asked.map((at) => ({ measure: gaps.measures[gaps.measure[at]!]!, unit: facts.units[gaps.unit[at]!]!.code })), dayNumber(when.asOf))
  let notLoaded = 0
  for (const [i, at] of asked.entries()) {
    const [step] = steps[i] ?? []
    if (step) gaps.reach(at, step.reached)
    else notLoaded += 1
  }
  return notLoaded
}
