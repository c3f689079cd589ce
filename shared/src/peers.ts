import { z } from 'zod'
import type { Drug } from './drug.js'
import { percentile } from './percentile.js'

/*
 * With whom a unit or a drug is compared, and what is said of them together: a band, which shows nobody's own figure by
 * name. The rules are stated here once and on every sheet that uses them.
 */

/** Under so many members there is no band: each could be told from it. */
export const fewestForBand = 5

/** Lowest, quartiles, highest, as `percentile_cont` has them. */
export const Band = z.strictObject({ low: z.number(), lower: z.number(), median: z.number(), upper: z.number(), high: z.number() })
export type Band = z.infer<typeof Band>

/** The band of some figures, one a member; null under {@link fewestForBand}. */
export function bandOf(figures: readonly number[]): Band | null {
  if (figures.length < fewestForBand) return null
  const sorted = [...figures].sort((a, b) => a - b)
  return { low: sorted[0]!, lower: percentile(sorted, 0.25), median: percentile(sorted, 0.5), upper: percentile(sorted, 0.75), high: sorted.at(-1)! }
}

/** Units whose residents are within this factor of a unit's are of similar size. */
export const similarWithin = 2
/** With so many units is one compared at most. */
export const peersAtMost = 8

/** A unit with its residents; null where no sourced figure is loaded. */
export interface Sized { code: string; population: number | null }

/**
 * The units of similar size to one: those whose residents are at least half and at most twice its own, the nearest (by the
 * ratio of the two) first, {@link peersAtMost} at most. Where these are under five, the five nearest, however far they are:
 * the smallest and the largest have nobody near. What is equally near goes by code. Null where its own residents are not
 * loaded; those of whom nothing is loaded are nobody's peers.
 */
export function unitPeers(code: string, units: readonly Sized[]): { code: string; population: number }[] | null {
  const own = units.find((one) => one.code === code)?.population ?? null
  if (own === null) return null
  const distance = ({ population }: { population: number }) => Math.abs(Math.log(population / own))
  const others = units.flatMap(({ code: other, population }) => (other === code || population === null ? [] : [{ code: other, population }]))
    .sort((a, b) => distance(a) - distance(b) || (a.code < b.code ? -1 : 1))
  const similar = others.filter(({ population }) => population <= own * similarWithin && population * similarWithin >= own).length
  return others.slice(0, Math.max(fewestForBand, Math.min(similar, peersAtMost)))
}

/** A drug as far as it says what it can be compared with. */
export type Classed = Pick<Drug, 'code' | 'company' | 'categoryCode' | 'judgedBy'>

/**
 * The drugs of other companies of the same class as one: those judged as it is (by counts or by reach) whose category code
 * begins like its own, by as many letters as leave at least five of them; at last all that are judged so. `class`: those
 * letters; empty where they tell nobody apart. A company's own drugs are not among them: with them it could tell a rival's figure.
 */
export function drugPeers({ code, company, categoryCode, judgedBy }: Classed, drugs: readonly Classed[]): { class: string; drugs: string[] } {
  const others = drugs.filter((one) => one.code !== code && one.company !== company && one.judgedBy === judgedBy)
  const own = categoryCode ?? ''
  for (let letters = own.length; letters > 0; letters--) {
    const begin = own.slice(0, letters)
    const alike = others.filter((one) => one.categoryCode?.startsWith(begin))
    if (alike.length >= fewestForBand && alike.length < others.length) return { class: begin, drugs: alike.map((one) => one.code) }
  }
  return { class: '', drugs: others.map((one) => one.code) }
}
