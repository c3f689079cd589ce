import type { Priced } from './reach-bound.js'
import type { ReachSets } from './reach-sets.js'
import { largest, leave, newStanding, take, topSum } from './reach-standing.js'

/** Choices that may be left after those that can be part of nothing better are taken out, at most: beyond, the search is not begun. */
const choicesAtMost = 6_000

/**
 * Searches through all ways to choose, but for those that a bound shows to be no better than the best that is known (branch
 * and bound): by what the next ones add at most, and by the prices of points. `isWhole`: nothing was left out, so what is found
 * is the best there is.
 */
export function searchAll(sets: ReachSets, weights: Float64Array, count: number, priced: Priced, known: { chosen: number[]; value: number }, steps: number, enough: number): { best: { chosen: number[]; value: number }; isWhole: boolean } {
  let best = known
  // Whoever asks for enough asks for nothing that is better and still not enough.
  const toBeat = () => (enough === Infinity ? best.value : Math.max(best.value, enough - 1))
  const kept = worthTrying(priced, count, toBeat())
  if (kept.length > choicesAtMost) return { best, isWhole: false }
  const own = narrowed(sets, weights.length, kept)
  const standing = newStanding(own, weights)
  const until = steps
  const prices = priced.prices
  let isWhole = true
  const visit = (among: readonly number[]) => {
    const left = count - standing.chosen.length
    if (standing.value > best.value) best = { chosen: standing.chosen.map((c) => kept[c]!), value: standing.value }
    if (left === 0 || best.value >= enough) return
    standing.steps += among.length * 4
    if (standing.steps > until) {
      isWhole = false
      return
    }
    const open = among.filter((c) => standing.gains[c]! > 0).sort((a, b) => standing.gains[b]! - standing.gains[a]! || a - b)
    if (standing.value + boundByWorth(open, left) <= toBeat()) return
    for (let i = 0; i < open.length; i++) {
      let most = 0
      for (let n = i; n < Math.min(open.length, i + left); n++) most += standing.gains[open[n]!]!
      if (standing.value + most <= toBeat() || !isWhole || best.value >= enough) return
      take(own, weights, standing, open[i]!)
      visit(open.slice(i + 1))
      leave(own, weights, standing, open[i]!)
    }
  }
  /** What may still be reached by so many of some choices, by the prices; whole numbers alone are reached. */
  const boundByWorth = (open: readonly number[], left: number): number => {
    let above = 0
    for (let p = 0; p < weights.length; p++) if (standing.times[p] === 0) above += weights[p]! - prices[p]!
    const worth = Float64Array.from(open, (c) => {
      let sum = 0
      for (let n = own.starts[c]!; n < own.starts[c + 1]!; n++) if (standing.times[own.points[n]!] === 0) sum += prices[own.points[n]!]!
      standing.steps += own.starts[c + 1]! - own.starts[c]!
      return sum
    })
    return Math.floor(above + topSum(worth, left))
  }
  visit(Array.from(own.choices, (_, c) => c))
  return { best, isWhole }
}

/** Choices that may be part of something better: forced among the best by worth, the bound stays above what is known. */
function worthTrying({ bound, worth }: Priced, count: number, value: number): number[] {
  const least = worth[largest(worth, count).at(-1)!]!
  const kept: number[] = []
  for (let c = 0; c < worth.length; c++) if (Math.floor(bound - Math.max(0, least - worth[c]!)) > value) kept.push(c)
  return kept
}

/** The sets of some choices alone. */
function narrowed(sets: ReachSets, pointCount: number, kept: readonly number[]): ReachSets {
  const starts = new Int32Array(kept.length + 1)
  const points: number[] = []
  const reaching: number[][] = Array.from({ length: pointCount }, () => [])
  for (const [c, from] of kept.entries()) {
    for (let n = sets.starts[from]!; n < sets.starts[from + 1]!; n++) {
      points.push(sets.points[n]!)
      reaching[sets.points[n]!]!.push(c)
    }
    starts[c + 1] = points.length
  }
  const byPoint = new Int32Array(pointCount + 1)
  for (let p = 0; p < pointCount; p++) byPoint[p + 1] = byPoint[p]! + reaching[p]!.length
  return {
    choices: Int32Array.from(kept, (c) => sets.choices[c]!), alike: Int32Array.from(kept, (c) => sets.alike[c]!), starts, points: Int32Array.from(points),
    byPoint: { starts: byPoint, choices: Int32Array.from(reaching.flat()) }, thinned: false,
  }
}
