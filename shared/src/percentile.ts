/**
 * A percentile of numbers in rising order, one at least, as `percentile_cont` has it: between two of them it lies as far as its share of the
 * way says. `share`: 0 to 1. Of whole numbers a quartile is some fourths, so that four times it is exact.
 */
export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  return sorted[below]! + ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!) * (place - below)
}
