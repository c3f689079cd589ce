/** A pair, (drug, institution), by its narrow ids. */
export interface Pair {
  institution: number
  drug: number
}

/** Drugs stay below a million; pairs fit a safe integer. */
const drugsAtMost = 1_000_000

/** One number for a pair, for maps and sets. */
export function pairKey(pair: Pair): number {
  return pair.institution * drugsAtMost + pair.drug
}

/** The inverse of {@link pairKey}. */
export function pairOfKey(key: number): Pair {
  return { institution: Math.floor(key / drugsAtMost), drug: key % drugsAtMost }
}
