import { gapReasons, type GapReason, type GapsAnswer } from '@lastmile/shared/gap'
import { actorOf, gapActs, gapClasses, type GapActor, type GapClass } from '@lastmile/shared/gap-act'
import type { GapOrder, Sort } from '@lastmile/shared/sort'
import { firstOf } from './first-of.js'
import { actBit, type GapColumns } from './gap-columns.js'
import { untold } from './gap-reason.js'

/** Which gaps of all are answered, and in which order; `sort` null is the usual one. */
export interface GapPage {
  reason: GapReason | null
  class: GapClass | null
  /** Those alone about which this one can do something. */
  actor: GapActor | null
  sort: Sort<GapOrder> | null
  offset: number
  limit: number
}

/**
 * Where the gaps of a page stand, and how many of all those about which `actor` can do something are of which reason and class.
 * What is not loaded stands last either way; what is alike stands in the usual order. `ages` of all, where they are ordered by them.
 */
export function pageOfGaps(gaps: GapColumns, { reason, class: is, actor, sort, offset, limit }: GapPage, ages: ReadonlyMap<number, { since: number }> | null): Pick<GapsAnswer, 'page' | 'reasons' | 'classes'> & { at: number[] } {
  const byReason = gapReasons.map(() => 0)
  const byClass = gapClasses.map(() => 0)
  const bits = gapActs.reduce((sum, act) => (actor === null || actorOf(act) === actor ? sum | actBit(act) : sum), 0)
  const wanted = new Int32Array(gaps.length)
  let total = 0
  for (let at = 0; at < gaps.length; at++) {
    if (actor !== null && (gaps.acts[at]! & bits) === 0) continue
    const [own, ownClass] = [gaps.reason[at]!, gaps.class[at]!]
    byReason[own]! += 1
    byClass[ownClass]! += 1
    if ((reason === null || gapReasons[own] === reason) && (is === null || gapClasses[ownClass] === is)) wanted[total++] = at
  }
  const usually = usualOrder(gaps)
  const value = sort && valueOf(gaps, sort.by, ages)
  const order = value ? (a: number, b: number) => compared(value(a), value(b), sort.falling ? -1 : 1) || usually(a, b) : usually
  return {
    at: [...firstOf(wanted.subarray(0, total), order, offset + limit).subarray(offset)], page: { offset, limit, total },
    reasons: Object.fromEntries(gapReasons.map((one, at) => [one, byReason[at]!])) as Record<GapReason, number>,
    classes: Object.fromEntries(gapClasses.map((one, at) => [one, byClass[at]!])) as Record<GapClass, number>,
  }
}

/** Nowhere-stocked drugs first, then those that reach few units, then by residents; at last as the list and the region set go. */
function usualOrder({ measures, nowhere, units, measure, unit, institutions, length }: GapColumns): (a: number, b: number) => number {
  // Units of a drug in which something stands in stock, or its standard is met: those reached so far.
  const reached = new Map(measures.map((one) => [one.slot, units.length]))
  for (let at = 0; at < length; at++) {
    if (institutions[at] !== 0) continue
    const { slot } = measures[measure[at]!]!
    reached.set(slot, reached.get(slot)! - 1)
  }
  const rank = Int32Array.from(measures, (one, at) => (nowhere[at] ? 0 : units.length + 1) + reached.get(one.slot)!)
  const residents = Float64Array.from(units, (one) => one.population ?? 0)
  return (a, b) => {
    const [own, other] = [measure[a]!, measure[b]!]
    const first = rank[own]! - rank[other]! || residents[unit[b]!]! - residents[unit[a]!]!
    if (first !== 0) return first
    const [drug, otherDrug] = [measures[own]!.standard.drug, measures[other]!.standard.drug]
    return drug < otherDrug ? -1 : drug > otherDrug ? 1 : unit[a]! - unit[b]!
  }
}

/** By what gaps are ordered; null is not loaded. */
function valueOf(gaps: GapColumns, by: GapOrder, ages: ReadonlyMap<number, { since: number }> | null): (at: number) => string | number | null {
  const { measures, units, measure, unit } = gaps
  switch (by) {
    case 'drug': return (at) => measures[measure[at]!]!.place
    case 'company': return (at) => measures[measure[at]!]!.standard.company
    case 'region': return (at) => unit[at]!
    case 'population': return (at) => units[unit[at]!]!.population
    case 'eligible': return (at) => (gaps.eligible[at] === untold ? null : gaps.eligible[at]!)
    case 'age': return (at) => -(ages?.get(at)?.since ?? 0)
    default: return (at) => gaps[by][at]!
  }
}

function compared(a: string | number | null, b: string | number | null, way: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a === b ? 0 : a < b ? -way : way
}
