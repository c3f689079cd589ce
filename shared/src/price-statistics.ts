import { percentile } from './percentile.js'

/*
 * What is said of prices taken together, of one drug at institutions of one kind, a price a seller. Prices are whole
 * hundredths of the currency: nothing here is a fraction that a computer rounds.
 */

/** Under so many sellers nothing is said of their prices together: each could be told from the figures. */
export const sellersAtLeast = 3

/** Under so many sellers none of them stands out: there is no usual to stand out from. */
export const sellersToCompare = 5

/** An amount of hundredths as text with two decimals: 123450 is `1234.50`. */
export function amountOf(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/** The lowest price, the middle one and the highest; of two middle ones what lies between them, a half hundredth rounded up. Null under three sellers. */
export function spreadOf(prices: readonly number[]): { low: string; median: string; high: string } | null {
  if (prices.length < sellersAtLeast) return null
  const sorted = ascending(prices)
  return { low: amountOf(sorted[0]!), median: amountOf(Math.ceil(twiceTheMedian(sorted) / 2)), high: amountOf(sorted.at(-1)!) }
}

/** The median of some prices over that of others, to three decimals. Null where either is of under three sellers, or the others' is nothing. */
export function ratioOfMedians(prices: readonly number[], others: readonly number[]): number | null {
  if (prices.length < sellersAtLeast || others.length < sellersAtLeast) return null
  const [over, under] = [twiceTheMedian(ascending(prices)), twiceTheMedian(ascending(others))]
  return under === 0 ? null : Math.round((over * 1_000) / under) / 1_000
}

/**
 * Which prices stand out: those lower than the lower quartile, or higher than the upper, by more than one and a half times
 * what lies between the two. Quartiles lie between prices as `percentile_cont` has them. Of under five sellers, none.
 */
export function standingOut(prices: readonly number[]): (price: number) => 'low' | 'high' | null {
  if (prices.length < sellersToCompare) return () => null
  const sorted = ascending(prices)
  const [lower, upper] = [4 * percentile(sorted, 0.25), 4 * percentile(sorted, 0.75)]
  const beyond = 3 * (upper - lower)
  return (price) => (8 * price < 2 * lower - beyond ? 'low' : 8 * price > 2 * upper + beyond ? 'high' : null)
}

function ascending(prices: readonly number[]): number[] {
  return [...prices].sort((a, b) => a - b)
}

function twiceTheMedian(sorted: readonly number[]): number {
  return sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!
}
