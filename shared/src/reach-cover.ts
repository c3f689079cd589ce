import { boundByPrices } from './reach-bound.js'
import { searchAll } from './reach-search.js'
import type { ReachSets } from './reach-sets.js'
import { leave, mostGaining, newStanding, take, topSum, type Standing } from './reach-standing.js'

/*
 * Maximum coverage: of some choices at most k, so that the points that they reach weigh most. Gains are kept up to date as
 * choices are taken and left, so the greedy way needs no second look; then one choice is put in the place of another for as
 * long as that is better. A bound from prices of points says how much better the best could be; where the choices that
 * could be part of anything better are few, all ways are searched, and the answer is the best there is.
 */

/** How far a search goes; all of it counted in steps, never in seconds: the same question has the same answer on any machine. */
export interface CoverLimits {
  /** Steps of the search that puts one choice in another's place. */
  swapping: number
  /** Steps of the prices. */
  pricing: number
  /** Steps of the search through all ways; 0: it is left out. */
  searching: number
}

export const usualCoverLimits: CoverLimits = { swapping: 150_000_000, pricing: 400_000_000, searching: 300_000_000 }

/** What was found. */
export interface Cover {
  /** Indices of choices, in the order in which each adds most. */
  chosen: number[]
  /** What the points weigh that they reach. */
  value: number
  /** More than this no choices reach. */
  bound: number
  /** The prices of points behind the bound; null where a simpler one was enough. */
  prices: Float64Array | null
}

/**
 * Choices, at most `count`, that reach most. `weights` of points are whole numbers. `enough`: whoever asks wants to know no more
 * than whether so much can be reached, so it ends as soon as that is found, or found to be impossible.
 */
export function coverMost(sets: ReachSets, weights: Float64Array, count: number, limits: CoverLimits = usualCoverLimits, enough = Infinity): Cover {
  const all = weights.reduce((sum, one) => sum + one, 0)
  const standing = newStanding(sets, weights)
  if (sets.choices.length <= count) {
    for (let c = 0; c < sets.choices.length; c++) take(sets, weights, standing, c)
    return { chosen: ordered(sets, weights, standing.chosen), value: standing.value, bound: sets.thinned ? all : standing.value, prices: null }
  }
  takeGreedily(sets, weights, standing, count)
  const begun = standing.value
  let best = { chosen: [...standing.chosen], value: begun }
  const isDone = (bound: number) => best.value >= Math.min(bound, enough) || bound < enough && enough < Infinity
  let bound = Math.min(all, standing.value + topSum(standing.gains, count))
  let prices: Float64Array | null = null
  const found = (bounded: number): Cover => ({ chosen: ordered(sets, weights, best.chosen), value: best.value, bound: Math.max(bounded, best.value), prices })
  if (isDone(bound)) return found(bound)
  swap(sets, weights, standing, limits.swapping)
  best = { chosen: [...standing.chosen], value: standing.value }
  bound = Math.min(bound, standing.value + topSum(standing.gains, count))
  if (isDone(bound)) return found(bound)
  const priced = boundByPrices(sets, weights, count, best.value, limits.pricing, (chosen) => {
    const other = newStanding(sets, weights)
    for (const c of chosen) take(sets, weights, other, c)
    swap(sets, weights, other, limits.swapping / 20)
    if (other.value > best.value) best = { chosen: [...other.chosen], value: other.value }
    return best.value
  }, enough)
  prices = priced.prices
  bound = Math.min(bound, Math.floor(priced.bound))
  if (isDone(bound) || limits.searching === 0 || sets.thinned) return found(bound)
  const searched = searchAll(sets, weights, count, priced, best, limits.searching, enough)
  best = searched.best
  return found(!searched.isWhole ? bound : enough === Infinity ? best.value : Math.min(bound, enough - 1))
}

function takeGreedily(sets: ReachSets, weights: Float64Array, standing: Standing, count: number): void {
  while (standing.chosen.length < count) {
    const next = mostGaining(standing.gains)
    if (next < 0) return
    take(sets, weights, standing, next)
  }
}

/** Puts one choice in another's place for as long as more is reached by it, and it does not take too many steps. */
function swap(sets: ReachSets, weights: Float64Array, standing: Standing, steps: number): void {
  const until = standing.steps + steps
  const beside = new Float64Array(sets.choices.length)
  for (let isBetter = true; isBetter;) {
    isBetter = false
    for (const out of standing.chosen.slice()) {
      if (standing.steps > until) return
      const { better, into } = bestInstead(sets, weights, standing, out, beside)
      if (better <= 0) continue
      leave(sets, weights, standing, out)
      take(sets, weights, standing, into)
      isBetter = true
    }
  }
}

/** Which choice would best stand in another's place, and how much more would be reached. */
function bestInstead(sets: ReachSets, weights: Float64Array, standing: Standing, out: number, beside: Float64Array): { better: number; into: number } {
  const touched: number[] = []
  let lost = 0
  for (let n = sets.starts[out]!; n < sets.starts[out + 1]!; n++) {
    const point = sets.points[n]!
    if (standing.times[point] !== 1) continue
    lost += weights[point]!
    for (let m = sets.byPoint.starts[point]!; m < sets.byPoint.starts[point + 1]!; m++) {
      const other = sets.byPoint.choices[m]!
      if (beside[other] === 0) touched.push(other)
      beside[other]! += weights[point]!
    }
    standing.steps += sets.byPoint.starts[point + 1]! - sets.byPoint.starts[point]!
  }
  let into = mostGaining(standing.gains)
  let most = into < 0 ? 0 : standing.gains[into]! + beside[into]!
  for (const other of touched) {
    const gain = standing.gains[other]! + beside[other]!
    if (other !== out && (gain > most || (gain === most && other < into))) {
      into = other
      most = gain
    }
  }
  for (const other of touched) beside[other] = 0
  standing.steps += standing.gains.length / 8
  return { better: most - lost, into }
}

/** Choices in the order in which each adds most to those before it; those that add nothing any more are left out. */
function ordered(sets: ReachSets, weights: Float64Array, chosen: readonly number[]): number[] {
  const reached = new Uint8Array(weights.length)
  const left = new Set([...chosen].sort((a, b) => a - b))
  const order: number[] = []
  while (left.size > 0) {
    let [next, most] = [-1, 0]
    for (const c of left) {
      let gain = 0
      for (let n = sets.starts[c]!; n < sets.starts[c + 1]!; n++) if (reached[sets.points[n]!] === 0) gain += weights[sets.points[n]!]!
      if (gain > most) [next, most] = [c, gain]
    }
    if (next < 0) break
    left.delete(next)
    order.push(next)
    for (let n = sets.starts[next]!; n < sets.starts[next + 1]!; n++) reached[sets.points[n]!] = 1
  }
  return order
}
