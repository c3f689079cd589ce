import { describe, expect, test } from 'vitest'
import { distanceKm } from '@lastmile/shared/position'
import { boundByPrices, grainOf } from '@lastmile/shared/reach-bound'
import { alikeTo, planReach, type ReachProblem } from '@lastmile/shared/reach-plan'
import { setsWithin } from '@lastmile/shared/reach-sets'
import { chordOf, placed } from '@lastmile/shared/reach-sphere'

/* Where a drug should be had too: held against looking at all ways, one by one, with a distance of its own. */

/** Numbers that look random, from a seed. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A small case: places on a coarse grid, so that many are as good as each other, stand on one spot, or reach nobody. */
function smallCase(seed: number, goal: ReachProblem['goal']): ReachProblem {
  const roll = dice(seed)
  const whole = (most: number) => Math.floor(roll() * (most + 1))
  const steps = roll() < 0.5 ? 4 : 400
  const places = (count: number) => ({ lat: Float64Array.from({ length: count }, () => 30 + (4 * whole(steps)) / steps), lng: Float64Array.from({ length: count }, () => 110 + (4 * whole(steps)) / steps) })
  const [points, candidates] = [1 + whole(11), whole(8)]
  return {
    goal, km: 20 + whole(180), count: whole(5), points: places(points), weights: Float64Array.from({ length: points }, () => (roll() < 0.3 ? 1 : 1 + whole(900))),
    today: places(roll() < 0.3 ? 0 : whole(3)), candidates: places(candidates),
  }
}

const at = (places: ReachProblem['points'], i: number) => ({ lat: places.lat[i]!, lng: places.lng[i]! })

/** What some candidates come to, with what is there today. */
function worthOf({ goal, km, points, weights, today, candidates }: ReachProblem, chosen: readonly number[]): number {
  const nearest = weights.length === 0 ? [] : [...weights.keys()].map((p) => Math.min(
    ...[...today.lat.keys()].map((i) => distanceKm(at(points, p), at(today, i))), ...chosen.map((i) => distanceKm(at(points, p), at(candidates, i))), Infinity,
  ))
  return goal === 'most' ? nearest.reduce((sum, own, p) => sum + (own <= km ? weights[p]! : 0), 0) : Math.max(...nearest)
}

/** The best that any at most `count` candidates come to. */
function bestOf(problem: ReachProblem): number {
  const all = problem.candidates.lat.length
  const worths: number[] = []
  for (let bits = 0; bits < 1 << all; bits++) {
    const chosen = [...Array(all).keys()].filter((i) => bits & (1 << i))
    if (chosen.length <= problem.count) worths.push(worthOf(problem, chosen))
  }
  return problem.goal === 'most' ? Math.max(...worths) : Math.min(...worths)
}

describe.each(['most', 'farthest'] as const)('of 200 small cases (%s)', (goal) => {
  const cases = [...Array(200).keys()].map((seed) => smallCase(seed * 7919 + (goal === 'most' ? 1 : 2), goal))

  test('the plan is the best of all ways, says so, and says of itself what it comes to', () => {
    const seen = { more: 0, none: 0, kept: 0, tooMany: 0, unreachable: 0 }
    for (const problem of cases) {
      const plan = planReach(problem)
      const after = plan.chosen.at(-1)?.after ?? plan.before
      const own = goal === 'most' ? after.weight : after.farthest
      const chosen = plan.chosen.map(({ candidate }) => candidate)
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(chosen.length).toBeLessThanOrEqual(problem.count)
      expect(plan.isBest).toBe(true)
      expect(own === Infinity ? own : own - worthOf(problem, chosen)).toBeCloseTo(own === Infinity ? Infinity : 0, 6)
      expect(own === Infinity ? worthOf(problem, chosen) : own - bestOf(problem)).toBeCloseTo(own === Infinity ? Infinity : 0, 6)
      seen[chosen.length > 0 ? 'more' : 'none'] += 1
      if (problem.today.lat.length > 0) seen.kept += 1
      if (problem.count > problem.candidates.lat.length) seen.tooMany += 1
      if (goal === 'most' && after.points < problem.weights.length) seen.unreachable += 1
    }
    expect(seen.more).toBeGreaterThan(80)
    expect(seen.none).toBeGreaterThan(10)
    // Among them are such in which somebody has it already, such that ask for more than there are, and such of which no choice reaches all.
    expect([seen.kept > 100, seen.tooMany > 20, goal === 'farthest' || seen.unreachable > 20]).toEqual([true, true, true])
  })

  test('each that is added adds no less than nothing, and none is named that adds nothing', () => {
    for (const problem of cases) {
      const { before, chosen } = planReach(problem)
      let former = before
      for (const { after } of chosen) {
        if (goal === 'most') expect(after.weight).toBeGreaterThan(former.weight)
        else expect(after.farthest).toBeLessThanOrEqual(former.farthest)
        former = after
      }
      // The last that is named is needed: without it the farthest would be farther.
      if (goal === 'farthest' && chosen.length > 0) expect(former.farthest).toBeLessThan((chosen.at(-2)?.after ?? before).farthest)
    }
  })

  test('where not all that is reached can be held, the bound is one of all candidates all the same', () => {
    for (const problem of cases) {
      const plan = planReach(problem, { entries: 3 })
      const [best, own] = [bestOf(problem), worthOf(problem, plan.chosen.map(({ candidate }) => candidate))]
      if (goal === 'most') expect([own <= best, best <= plan.bound, plan.isBest]).toEqual([true, true, own === plan.bound])
    }
  })

  test('without the search through all ways the bound is one all the same', () => {
    const quick = { swapping: 0, pricing: 0, searching: 0 }
    for (const problem of cases) {
      const plan = planReach(problem, { most: quick, farthest: quick })
      const best = bestOf(problem)
      const own = worthOf(problem, plan.chosen.map(({ candidate }) => candidate))
      if (best === Infinity) expect(plan.bound).toBe(Infinity)
      else if (goal === 'most') expect([own <= best, best <= plan.bound]).toEqual([true, true])
      else expect([own >= best - 1e-6, best >= plan.bound - 1e-6]).toEqual([true, true])
      if (plan.isBest && best < Infinity) expect(own).toBeCloseTo(best, 6)
    }
  })
})

test('who reaches the same as one that is chosen is counted, and told by name, as looking at each tells it', () => {
  const seen = { alone: 0, alike: 0 }
  for (const problem of Array.from({ length: 200 }, (_, seed) => smallCase(seed * 7919 + 1, 'most'))) {
    const reached = (candidate: number) => [...problem.weights.keys()].filter((p) => distanceKm(at(problem.points, p), at(problem.candidates, candidate)) <= problem.km && ![...problem.today.lat.keys()].some((i) => distanceKm(at(problem.points, p), at(problem.today, i)) <= problem.km)).join()
    for (const { candidate, alike } of planReach(problem).chosen) {
      const same = [...problem.candidates.lat.keys()].filter((other) => reached(other) === reached(candidate))
      expect([alikeTo(problem, candidate), alike]).toEqual([same, same.length])
      seen[same.length > 1 ? 'alike' : 'alone'] += 1
    }
  }
  expect([seen.alone > 20, seen.alike > 20]).toEqual([true, true])
})

test('bounds by prices are exact: as whole numbers of any length make them, also of as many residents as there are', () => {
  for (const seed of Array.from({ length: 40 }, (_, i) => 31 * i + 5)) {
    const { km, points, candidates, weights } = smallCase(seed, 'most')
    const all = weights.map((one, p) => (seed % 2 === 0 ? one : one * 1_000_003 + p))
    const sets = setsWithin(placed(points), placed(candidates), chordOf(km))
    const count = Math.min(3, sets.choices.length)
    const { bound, prices, worth } = boundByPrices(sets, all, count, 0, 40_000, () => 0, Infinity)
    const grains = (value: number) => BigInt(value / grainOf(all, count))
    let above = 0n
    for (const [p, price] of prices.entries()) above += grains(all[p]!) - grains(price)
    const top = [...worth].map(grains).sort((a, b) => (a < b ? 1 : -1)).slice(0, count)
    expect(grains(bound)).toBe(top.reduce((sum, one) => sum + one, above))
  }
})

describe('of a whole country', () => {
  const roll = dice(4)
  // Towns lie around a hundred middles, as people do.
  const middles = [...Array(100)].map(() => ({ lat: 22 + 24 * roll(), lng: 85 + 38 * roll() }))
  const around = (count: number, wide: number) => {
    const own = [...Array(count)].map(() => middles[Math.floor(100 * roll() * roll())]!)
    return { lat: Float64Array.from(own, ({ lat }) => lat + wide * (roll() + roll() - 1)), lng: Float64Array.from(own, ({ lng }) => lng + wide * (roll() + roll() - 1)) }
  }
  const country = { points: around(2_800, 3), weights: new Float64Array(2_800).fill(1), today: around(60, 1), candidates: around(3_000, 2), km: 50, count: 20 }

  test('the plan says how far it is from the best at most, for either goal', () => {
    const most = planReach({ ...country, goal: 'most' })
    const after = most.chosen.at(-1)!.after
    expect(most.chosen).toHaveLength(20)
    expect(after.weight).toBeGreaterThan(most.before.weight)
    expect((most.bound - after.weight) / after.weight).toBeLessThan(0.01)
    const farthest = planReach({ ...country, goal: 'farthest' })
    const reached = farthest.chosen.at(-1)!.after.farthest
    expect(reached).toBeLessThan(farthest.before.farthest)
    expect(farthest.bound).toBeGreaterThan(0.95 * reached)
    expect(farthest.bound).toBeLessThanOrEqual(reached)
  })
})
