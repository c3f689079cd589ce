/*
 * Funnel limits: between which shares of units of a size lie, if there were no difference between them but chance. A unit
 * beyond them is worth a look; one within is told apart from the others by nothing. Nobody is put in a rank.
 * Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005); its limits without interpolation.
 */

/** The two pairs of limits: 95 % and 99.8 %, as is usual. */
export const funnelLevels = [0.95, 0.998] as const
export type FunnelLevel = (typeof funnelLevels)[number]

/** Shares, 0 to 1. */
export interface FunnelLimits { low: number; high: number }

/**
 * Limits around a mean share for so many cases, exact by the binomial distribution: the lowest and the highest share that are
 * within. A share beyond one of them is as rare as the level says, or rarer; between whole cases nothing is interpolated, since
 * with few cases an interpolated limit would call beyond chance what chance gives every other time.
 */
export function funnelLimits(mean: number, of: number, level: FunnelLevel): FunnelLimits {
  if (of <= 0) return { low: 0, high: 1 }
  if (mean <= 0 || mean >= 1) return { low: mean, high: mean }
  const outside = (1 - level) / 2
  return { low: leastWithin(mean, of, outside) / of, high: (of - leastWithin(1 - mean, of, outside)) / of }
}

/** The smallest count that is not so rare: so few, or fewer, are more probable than the part that lies outside. */
function leastWithin(mean: number, of: number, outside: number): number {
  const odds = Math.log(mean / (1 - mean))
  let log = of * Math.log1p(-mean)
  let below = 0
  for (let count = 0; count < of; count++) {
    below += Math.exp(log)
    if (below > outside) return count
    log += Math.log((of - count) / (count + 1)) + odds
  }
  return of
}

/** Where a share lies: within what chance would give, or beyond the inner or the outer limits, below or above. */
export const funnelPlaces = ['within', 'below_95', 'above_95', 'below_998', 'above_998'] as const
export type FunnelPlace = (typeof funnelPlaces)[number]

/** The mean share of others for limits, from their cases. Where it is all of them or none, half a case is added at either end: all of a few is not known to be all of everybody. */
export function funnelMean(count: number, of: number): number {
  return count > 0 && count < of ? count / of : (count + 0.5) / (of + 1)
}

/** Where so many of so many cases lie in the funnel around a mean share; null where there are no cases. */
export function funnelPlace(count: number, of: number, mean: number): FunnelPlace | null {
  if (of <= 0) return null
  const share = count / of
  const [inner, outer] = funnelLevels.map((level) => funnelLimits(mean, of, level)) as [FunnelLimits, FunnelLimits]
  if (share < outer.low) return 'below_998'
  if (share > outer.high) return 'above_998'
  if (share < inner.low) return 'below_95'
  return share > inner.high ? 'above_95' : 'within'
}
