import { percentile } from './percentile.js'
import { fewestForBand } from './peers.js'

/*
 * Funnel limits: between which shares of units of a size lie that are no different from the others but by chance, and by as much as
 * units differ anyway. A unit beyond them is worth a look; one within is told apart from the others by nothing. Nobody is put in a rank.
 *
 * Sources: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185–1202: exact limits
 * of counts, z-scores winsorised, the additive random effects model of overdispersion; Spiegelhalter, Sherlaw-Johnson, Bardsley, Blunt,
 * Wood and Grigg, Statistical methods for healthcare regulation, JRSS A 175 (2012) 1–47: how units differ is found by the moments of
 * DerSimonian and Laird, and taken for nothing where it is less than that. Between units shares follow a beta distribution here, so that counts are
 * beta-binomial: with few cases, or near none and all, limits of the normal distribution would lie beyond 0 and 1. Without
 * overdispersion it is the binomial distribution.
 */

/** The two pairs of limits: 95 % and 99.8 %, as is usual. */
export const funnelLevels = [0.95, 0.998] as const
export type FunnelLevel = (typeof funnelLevels)[number]

/** Of each end so many z-scores are pulled to the percentile there, so that those who stand out do not make what is usual (Spiegelhalter 2005). */
const winsorised = 0.1

/** Units of which hardly any share is between none and all: of them limits are the whole width. */
const widest = 0.99

/** So many of so many. */
export interface Cases { count: number; of: number }

/**
 * Around which share limits lie, and how units differ beyond chance. `mean`: above 0 and below 1. `spread`, from 0 to below 1: the
 * variance of shares between units as a part of mean × (1 − mean) (the correlation of two cases of one unit); 0: none was found beyond
 * chance. Both are estimated, and limits take them as known.
 */
export interface Funnel { mean: number; spread: number }

/** The funnel of some units: null where under five of them have cases: so few tell nothing of how units differ. */
export function funnelOf(units: readonly Cases[]): Funnel | null {
  const counted = units.filter(({ of }) => of > 0)
  if (counted.length < fewestForBand) return null
  const sum = (part: (one: Cases) => number) => counted.reduce((total, one) => total + part(one), 0)
  const mean = funnelMean(sum(({ count }) => count), sum(({ of }) => of))
  return { mean, spread: spreadOf(counted, mean) }
}

/** The mean share for limits, of all cases together. Where it is all of them or none, half a case is added at either end: all of a few is not known to be all of everybody, and limits around 0 or 1 would be none. */
export function funnelMean(count: number, of: number): number {
  return count > 0 && count < of ? count / of : (count + 0.5) / (of + 1)
}

/**
 * How units differ beyond chance, by moments: the sum of squared z-scores is what chance gives (one less than there are units), and more
 * by as much as they differ. z-scores are winsorised, and what chance gives is not made smaller by as much (of a normal distribution the
 * squares keep about two thirds): so the estimate is cautious, and small differences (up to half as much variance again as by chance)
 * are not found. 0 says that none were found, not that there are none; limits are then the narrower ones.
 */
function spreadOf(units: readonly Cases[], mean: number): number {
  const scores = units.map(({ count, of }) => (count / of - mean) / Math.sqrt((mean * (1 - mean)) / of))
  const sorted = [...scores].sort((a, b) => a - b)
  const [low, high] = [percentile(sorted, winsorised), percentile(sorted, 1 - winsorised)]
  const squares = scores.reduce((sum, z) => sum + Math.min(high, Math.max(low, z)) ** 2, 0)
  const [all, free] = [units.reduce((sum, { of }) => sum + of, 0), units.length - 1]
  // Of units with one case each nothing tells how they differ.
  const leverage = all - units.reduce((sum, { of }) => sum + of ** 2, 0) / all - free
  return leverage <= 0 ? 0 : Math.min(widest, Math.max(0, (squares - free) / leverage))
}

/** Shares, 0 to 1. */
export interface FunnelLimits { low: number; high: number }

/**
 * Limits for so many cases, exact by the beta-binomial distribution (the binomial one, where units differ by no more than chance): the
 * lowest and the highest share that are within. A share beyond one of them is as rare as the level says, or rarer; between whole cases
 * nothing is interpolated, since with few cases an interpolated limit would call beyond chance what chance gives every other time.
 */
export function funnelLimits({ mean, spread }: Funnel, of: number, level: FunnelLevel): FunnelLimits {
  if (!(mean > 0 && mean < 1 && spread >= 0 && spread < 1)) throw new RangeError('limits lie around a mean between 0 and 1 (funnelOf)')
  if (of <= 0) return { low: 0, high: 1 }
  const outside = (1 - level) / 2
  return { low: leastWithin(mean, spread, of, outside) / of, high: (of - leastWithin(1 - mean, spread, of, outside)) / of }
}

/** The smallest count that is not so rare: so few, or fewer, are more probable than the part that lies outside. */
function leastWithin(mean: number, spread: number, of: number, outside: number): number {
  // Weights of yes and no of a case before any other of its unit; each case of the unit adds the spread to what it was.
  const [yes, no] = [mean * (1 - spread), (1 - mean) * (1 - spread)]
  let log = 0
  for (let other = 0; other < of; other++) log += Math.log((no + other * spread) / (1 - spread + other * spread))
  let below = 0
  for (let count = 0; count < of; count++) {
    below += Math.exp(log)
    if (below > outside) return count
    log += Math.log(((of - count) / (count + 1)) * ((yes + count * spread) / (no + (of - count - 1) * spread)))
  }
  return of
}

/** Where a share lies: within what chance and the usual differences would give, or beyond the inner or the outer limits, below or above. */
export const funnelPlaces = ['within', 'below_95', 'above_95', 'below_998', 'above_998'] as const
export type FunnelPlace = (typeof funnelPlaces)[number]

/** Where so many of so many cases lie in a funnel; null where there are no cases. */
export function funnelPlace({ count, of }: Cases, funnel: Funnel): FunnelPlace | null {
  if (of <= 0) return null
  const share = count / of
  const [inner, outer] = funnelLevels.map((level) => funnelLimits(funnel, of, level)) as [FunnelLimits, FunnelLimits]
  if (share < outer.low) return 'below_998'
  if (share > outer.high) return 'above_998'
  if (share < inner.low) return 'below_95'
  return share > inner.high ? 'above_95' : 'within'
}
