import { sql } from 'drizzle-orm'
import { dayNumber } from '@lastmile/shared/day'
import type { Stretch } from '@lastmile/shared/gap-episode'
import { distanceKm } from '@lastmile/shared/position'
import { residentsReached, type Reached } from '@lastmile/shared/standard'
import { rowsOf, textArray } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { Measure } from './measures.js'
import { residentsOf, type CityResidents } from './residents.js'
import { stockedDays, stockedPlaces, type Looking, type StockedPlace } from './stocked-places.js'

/** Residents within reach, from a day on until the next step. */
export interface ReachStep {
  from: number
  reached: Reached
}

/** What counters do not tell of a rule in a unit over time. */
export interface BeyondCounts {
  /** Days on which the institution elsewhere that is named for the unit stocks the drug. */
  served: readonly Stretch[]
  /** Null: no reach is asked, or the population of some or all of the unit's cities is not loaded. */
  reached: readonly ReachStep[] | null
}

/** A rule in a unit, by its code. */
export interface RuleInUnit {
  measure: Measure
  unit: string
}

/** Whether counters alone tell of a rule in a unit whether it is met. */
export function isCounted({ measure, unit }: RuleInUnit): boolean {
  return measure.standard.reach === null && !measure.servedBy.has(unit)
}

/** The same of rules that counters alone do not tell ({@link isCounted}), in their order, from a day on up to the question's. Of all drugs at once: an institution is read once. */
export async function beyondCounts(looking: Looking, rules: readonly RuleInUnit[], from: number): Promise<BeyondCounts[]> {
  const [served, reached] = [await servedDays(looking, rules, from), await reachSteps(looking, rules, from)]
  return rules.map((_, i) => ({ served: served[i]!, reached: reached[i]! }))
}

async function servedDays(looking: Looking, rules: readonly RuleInUnit[], from: number): Promise<(readonly Stretch[])[]> {
  const served = rules.map(({ measure, unit }) => ({ drug: measure.standard.drugId, code: measure.servedBy.get(unit) }))
  const named = [...new Set(served.flatMap(({ code }) => (code === undefined ? [] : [code])))]
  if (named.length === 0) return rules.map(() => [])
  const { db, list, when } = looking
  const rows = await rowsOf<{ id: number; code: string }>(db, sql`
    select i.id, i.code from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)}
    where i.region_set_id = ${list.regionSetId} and i.code = any(${textArray(named)})`)
  const days = await stockedDays(looking, [...new Set(served.filter(({ code }) => code !== undefined).map(({ drug }) => drug))], rows.map(({ id }) => id), from)
  const ids = new Map(rows.map(({ id, code }) => [code, id]))
  return served.map(({ drug, code }) => (code === undefined ? [] : days.get(drug)!.get(ids.get(code) ?? 0)?.stocked ?? []))
}

/** Residents within reach under each rule that asks one and whose residents are known, from a day on. */
export async function reachSteps(looking: Looking, rules: readonly RuleInUnit[], from: number): Promise<(readonly ReachStep[] | null)[]> {
  if (rules.every(({ measure }) => measure.standard.reach === null)) return rules.map(() => null)
  const residents = await residentsOf(looking.db, looking.list)
  const asked = rules.map(({ measure, unit }) => (measure.standard.reach === null ? undefined : residents.get(unit)))
  const drugs = [...new Set(rules.filter((_, i) => asked[i] !== undefined).map(({ measure }) => measure.standard.drugId))]
  const places = drugs.length === 0 ? new Map<number, StockedPlace[]>() : await stockedPlaces(looking, drugs, from)
  const to = dayNumber(looking.when.asOf)
  return rules.map(({ measure }, i) => asked[i] && stepsOf(measure, asked[i], places.get(measure.standard.drugId)!, { from: Math.max(from, Math.min(measure.begins, to)), to })).map((steps) => steps ?? null)
}

/** Where nobody stands near enough to anybody, nothing that he says moves a step; nor does what comes after the last day. */
function stepsOf({ standard: { reach, kinds }, eligibleOnly }: Measure, cities: readonly CityResidents[], places: readonly StockedPlace[], { from, to }: { from: number; to: number }): ReachStep[] {
  const counted = places.filter((place) => kinds.includes(place.kind) && cities.some((city) => distanceKm(city, place) <= reach!.km))
  const countsOn = ({ stocked, eligible }: StockedPlace, day: number) => holdsOn(stocked, day) && (!eligibleOnly || holdsOn(eligible, day))
  const edges = counted.flatMap(({ stocked, eligible }) => [...stocked, ...(eligibleOnly ? eligible : [])].flatMap((one) => [one.from, one.to]))
  const days = [...new Set([from, ...edges.filter((day) => day > from && day <= to)])].sort((a, b) => a - b)
  const steps: ReachStep[] = []
  for (const day of days) {
    const reached = residentsReached(cities, counted.filter((one) => countsOn(one, day)), reach!.km)
    if (steps.at(-1)?.reached.within !== reached.within) steps.push({ from: day, reached })
  }
  return steps
}

function holdsOn(days: readonly Stretch[], day: number): boolean {
  return days.some((one) => one.from <= day && day < one.to)
}

/** What a rule has beyond its counts on a day, and the next day on which that changes. */
export function beyondOn({ served, reached }: BeyondCounts, day: number): { served: boolean; reached: Reached | null } {
  return { served: holdsOn(served, day), reached: reached?.findLast((step) => step.from <= day)?.reached ?? null }
}

/** The days on which what a rule has beyond its counts changes. */
export function edgesOf({ served, reached }: BeyondCounts): number[] {
  return [...served.flatMap((one) => [one.from, one.to]), ...(reached ?? []).map((step) => step.from)]
}
