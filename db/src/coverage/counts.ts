import { kinds } from '@lastmile/shared/kind'
import { states } from '@lastmile/shared/state'

/**
 * The counters of a slot (the whole, a unit, or a city), of which there are `width`:
 *
 * | counter | holds |
 * | --- | --- |
 * | kind × 8 + state | pairs of that kind of institution in that state (standing, under the lens "standing"; under "eligible" the first holds the eligible) |
 * | 24 + kind | eligible institutions that stock |
 * | 27 + kind | eligible institutions that say no |
 * | 30, 31 | distinct cities with at least one that stocks; with at least one eligible that stocks |
 * | 32 | of the whole alone: units with at least one that stocks |
 * | 33 | of any drug alone: institutions of which something that counts is said |
 */
export const width = 34
export const perKind = states.length
export const eligibleStocked = 24
export const eligibleNo = 27
export const citiesStocked = 30
export const citiesEligibleStocked = 31
export const unitsStocked = 32
export const speaking = 33

/** Slot of the whole region set in the rows of units. */
export const wholeSlot = 0

/** Stands for "any drug" where institutions, not pairs, are counted. */
export const anyDrug = 0

/** Where the counter of a state stands. */
export function stateCounter(kind: number, state: number): number {
  return kind * perKind + state
}

/** Counters of all slots, `slot * width + counter`. Reading beyond the end is zero: slots are added as they appear. */
export type Counts = Int32Array

/** One counter of one slot. */
export function countAt(counts: Counts, slot: number, counter: number): number {
  return counts[slot * width + counter] ?? 0
}

/** The sum of some counters of a slot. A plain loop: there are as many cells as drugs times units. */
export function sumAt(counts: Counts, slot: number, counters: readonly number[]): number {
  let sum = 0
  for (const counter of counters) sum += countAt(counts, slot, counter)
  return sum
}

const [allKinds, allStates] = [[...kinds.keys()], [...states.keys()]]

/** Pairs (or institutions) in some slots, of a kind and in some states, each by its code; null is any. */
export function countIn(counts: Counts, slots: readonly number[], kind: number | null, inStates: readonly number[] | null): number {
  let sum = 0
  for (const slot of slots) for (const one of kind === null ? allKinds : [kind]) for (const state of inStates ?? allStates) sum += countAt(counts, slot, stateCounter(one, state))
  return sum
}

/** Institutions (or pairs) in stock in a slot, over all kinds. */
export function stockedAt(counts: Counts, slot: number): number {
  let sum = 0
  for (let kind = 0; kind < kinds.length; kind++) sum += countAt(counts, slot, stateCounter(kind, 0))
  return sum
}

/** Eligible institutions in stock in a slot, over all kinds. */
export function eligibleStockedAt(counts: Counts, slot: number): number {
  let sum = 0
  for (let kind = 0; kind < kinds.length; kind++) sum += countAt(counts, slot, eligibleStocked + kind)
  return sum
}
