import type { ReachSets } from './reach-sets.js'
import { largest } from './reach-standing.js'

/** What prices of points say: a bound, what each choice is worth by them, and what the least of the best is worth. */
export interface Priced {
  bound: number
  prices: Float64Array
  worth: Float64Array
  /** The sum over points of what their weight is above their price. */
  above: number
}

/**
 * A bound on what some choices can reach. Each point has a price from nothing to its weight; a choice is worth the prices of
 * its points. Whatever is chosen reaches no more than all that weights are above prices, and what the choices are worth: so
 * the best by worth bound it, whatever the prices are (the Lagrangian dual). Prices that bound it better are found step by step: those of points that
 * nobody of the best reaches fall behind, of those that several reach they are too high. `tries` hears which choices are best by
 * worth, and answers the most that is known to be reached. Prices are multiples of a power of two ({@link grainOf}), so that all sums of them are exact,
 * and whole numbers alone are reached: the bound may be rounded down, with nothing added against errors of rounding.
 */
export function boundByPrices(sets: ReachSets, weights: Float64Array, count: number, value: number, steps: number, tries: (chosen: readonly number[]) => number, enough: number): Priced {
  const rounds = Math.max(12, Math.min(240, Math.floor(steps / Math.max(1, sets.points.length))))
  const grain = grainOf(weights, count)
  const prices = weights.map((weight) => Math.floor((weight * 0.7) / grain) * grain)
  const slopes = new Float64Array(weights.length)
  let best: Priced | null = null
  let [known, pace, idle] = [value, 1.6, 0]
  for (let round = 0; round < rounds; round++) {
    const now = pricedBy(sets, weights, count, prices)
    if (best === null || now.bound < best.bound) {
      best = { ...now, prices: prices.slice() }
      idle = 0
    } else if (++idle >= 8) {
      pace /= 1.7
      idle = 0
    }
    const chosen = largest(now.worth, count)
    if (round % 12 === 5) known = Math.max(known, tries(chosen))
    if (Math.floor(best.bound) <= known || best.bound < enough && enough < Infinity) break
    // Where a point is reached more often than its weight is counted, its price falls; where less, it rises.
    for (let p = 0; p < weights.length; p++) slopes[p] = prices[p]! < weights[p]! ? -1 : 0
    for (const c of chosen) for (let n = sets.starts[c]!; n < sets.starts[c + 1]!; n++) slopes[sets.points[n]!]! += 1
    const length = slopes.reduce((sum, one) => sum + one * one, 0)
    if (length === 0) break
    const step = (pace * Math.max(1e-6, now.bound - known)) / length
    for (let p = 0; p < weights.length; p++) prices[p] = Math.min(weights[p]!, Math.max(0, Math.round((prices[p]! - step * slopes[p]!) / grain) * grain))
  }
  return best!
}

/**
 * The grain of prices: so fine that it costs no bound anything worth telling, and so coarse that no sum that is made of them (of the worth of so many
 * choices, each at most all weights) needs more than the 53 bits of a number.
 */
export function grainOf(weights: Float64Array, count: number): number {
  const most = weights.reduce((sum, one) => sum + one, 0) * (count + 2)
  return 2 ** Math.max(-20, Math.ceil(Math.log2(Math.max(1, most))) - 52)
}

/** The bound by some prices. */
export function pricedBy(sets: ReachSets, weights: Float64Array, count: number, prices: Float64Array): Priced {
  const worth = new Float64Array(sets.choices.length)
  for (let c = 0; c < worth.length; c++) {
    let sum = 0
    for (let n = sets.starts[c]!; n < sets.starts[c + 1]!; n++) sum += prices[sets.points[n]!]!
    worth[c] = sum
  }
  let above = 0
  for (let p = 0; p < weights.length; p++) above += weights[p]! - prices[p]!
  return { bound: above + largest(worth, count).reduce((sum, c) => sum + worth[c]!, 0), prices, worth, above }
}
