import { atOneVersion } from '@lastmile/db/query/at-one-version'
import type { Area } from '@lastmile/db/query/area'
import type { DrugRow } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { plannerInstitutions, plannerWorld, type DemandPlace, type PlannerWorld } from '@lastmile/db/query/planner'
import { basisOf, type When } from '@lastmile/db/query/question'
import type { Evidence } from '@lastmile/shared/evidence'
import type { PlannerAnswer, PlannerQuestion, Standings } from '@lastmile/shared/planner'
import type { ReachPlan, Standings as Reached } from '@lastmile/shared/reach-plan'
import type { Services } from '../lib/services.js'
import { planInThread } from './plan-in-thread.js'

/** Of what is asked, with what its codes mean. */
export interface Planned {
  list: ListRow
  when: When & { evidence: Evidence }
  drug: DrugRow
  area: Area | null
  /** Of which unit alone candidates are: that of who plans for his own. Null: of any. */
  unit: string | null
  /** As it was asked: what its answer repeats. */
  question: Pick<PlannerQuestion, 'region' | 'km' | 'places' | 'kinds' | 'levels'>
}

/** What a plan is made of, as known now. */
export function worldOf({ db }: Services, { list, when, drug, area, unit, question: { places, kinds, levels } }: Planned): Promise<PlannerWorld> {
  return atOneVersion(db, list, () => plannerWorld(db, list, when, { drug: drug.id, area, unit, places: places ?? null, kinds: kinds ?? null, levels: levels ?? null }))
}

/** Makes a plan of what is known now. */
export async function makePlan(services: Services, planned: Planned, { goal, count }: Pick<PlannerQuestion, 'goal' | 'count'>, signal: AbortSignal, onProgress: (share: number) => void): Promise<PlannerAnswer> {
  const { list, when, drug, question } = planned
  const { km } = question
  const [kinds, levels] = [question.kinds ?? null, question.levels ?? null]
  const world = await worldOf(services, planned)
  const { places, candidates, stocked } = world
  // Residents of some places alone would make those look empty of which nobody says how many live there.
  const peopled = world.populationSource === null ? 0 : places.filter(({ population }) => population !== null).length
  const residents = places.length > 0 && world.unplacedPlaces === 0 && peopled === places.length
  const weights = Float64Array.from(places, ({ population }) => (residents ? population! : 1))
  const plan = await planInThread({ kind: 'plan', work: { goal, km, count, points: columns(places), weights, today: columns(stocked), candidates: columns(candidates) } }, signal, onProgress)
  const told = (one: Reached): Standings => ({ places: one.points, residents: residents ? one.weight : null, farthestKm: rounded(one.farthest) })
  const named = await plannerInstitutions(services.db, [...new Set([...plan.chosen.map(({ candidate }) => candidates[candidate]!.id), ...[...plan.nearestToday.at].filter((at) => at >= 0).map((at) => stocked[at]!.id)])])
  const steps = plan.chosen.map(({ candidate, alike, after }, n) => {
    const former = plan.chosen[n - 1]?.after ?? plan.before
    const gained = { places: after.points - former.points, residents: residents ? after.weight - former.weight : null, km: Number.isFinite(former.farthest) ? tenth(Math.max(0, former.farthest - after.farthest)) : null }
    return { no: n + 1, ...named.get(candidates[candidate]!.id)!, state: candidates[candidate]!.state, alike: alike === null ? null : alike - 1, gained, after: told(after) }
  })
  const after = plan.chosen.at(-1)?.after ?? plan.before
  return {
    basis: basisOf(list, when), drug: drug.data.code, region: question.region ?? null, goal, count, km, by: world.by, kinds, levels,
    residents, populationSource: residents ? world.populationSource : null,
    places: { total: places.length + world.unplacedPlaces, unplaced: world.unplacedPlaces, peopled },
    candidates: { byEligibility: world.byEligibility, total: candidates.length + world.unplacedCandidates.length, unplaced: world.unplacedCandidates.length, atMiddle: candidates.filter(({ isAtMiddle }) => isAtMiddle).length },
    stocked: { total: stocked.length + world.unplacedStocked, unplaced: world.unplacedStocked },
    before: told(plan.before), after: told(after),
    bound: goal === 'most' ? plan.bound : plan.isBest ? rounded(after.farthest) : flooredTenth(plan.bound), isBest: plan.isBest, gap: gapOf(goal, goal === 'most' ? after.weight : after.farthest, plan.bound, plan.isBest),
    chosen: steps, rows: places.map((place, p) => rowOf(place, p, plan, world, km, (id) => named.get(id)!.code)),
    today: [...new Set(plan.nearestToday.at)].filter((at) => at >= 0).sort((a, b) => a - b).map((at) => named.get(stocked[at]!.id)!),
  }
}

/** Where some stand, as the arithmetic takes it. */
export function columns(places: readonly { lat: number; lng: number }[]): { lat: Float64Array; lng: Float64Array } {
  return { lat: Float64Array.from(places, ({ lat }) => lat), lng: Float64Array.from(places, ({ lng }) => lng) }
}

function rowOf({ population, ...place }: DemandPlace, p: number, { nearestToday, nearestAfter }: ReachPlan, { stocked, candidates }: PlannerWorld, km: number, codeOf: (id: number) => string): PlannerAnswer['rows'][number] {
  const [now, then] = [nearestToday.at[p]!, nearestAfter.at[p]!]
  const isChosen = nearestAfter.isChosen[p] === 1
  return {
    ...place, residents: population, reached: nearestToday.km[p]! <= km ? 'today' : nearestAfter.km[p]! <= km ? 'chosen' : 'not',
    today: now < 0 ? null : { institution: codeOf(stocked[now]!.id), km: tenth(nearestToday.km[p]!) },
    after: then < 0 ? null : { institution: codeOf((isChosen ? candidates : stocked)[then]!.id), km: tenth(nearestAfter.km[p]!) },
  }
}

/** By how many percent better another plan can be at most, to two digits, never less than it is. */
function gapOf(goal: PlannerAnswer['goal'], reached: number, bound: number, isBest: boolean): number | null {
  if (isBest) return 0
  const share = goal === 'most' ? (bound - reached) / reached : (reached - bound) / reached
  return Number.isFinite(share) ? Math.ceil(share * 10_000) / 100 : null
}

function tenth(km: number): number {
  return Math.round(km * 10) / 10
}

/** A bound from below in kilometres, to a tenth downwards: rounded up it would be none. */
function flooredTenth(km: number): number | null {
  return Number.isFinite(km) ? Math.floor(km * 10) / 10 : null
}

/** Null where there is nowhere to go. */
function rounded(km: number): number | null {
  return Number.isFinite(km) ? tenth(km) : null
}
