import { coverageShare, type Eligible, type Share, type StateCounts, type Stocked } from '@lastmile/shared/coverage'
import { kinds } from '@lastmile/shared/kind'
import { states } from '@lastmile/shared/state'
import { standings, type Standing } from '@lastmile/shared/standing'
import { citiesStocked, countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, type Counts } from './counts.js'

/** What the counters of one slot say, in words. */
export interface SlotFigures {
  stocked: Stocked
  states: StateCounts
}

/** The figures of a slot (or of several city slots together, when a city lies in two units). */
export function figuresAt(counts: Counts, slots: readonly number[]): SlotFigures {
  const sum = (counter: number) => slots.reduce((total, slot) => total + countAt(counts, slot, counter), 0)
  const [hospitals, pharmacies, others] = kinds.map((_, kind) => sum(stateCounter(kind, 0))) as [number, number, number]
  const byState = states.map((state, code) => [state, kinds.reduce((total, _, kind) => total + sum(stateCounter(kind, code)), 0)] as const)
  return {
    stocked: { institutions: hospitals + pharmacies + others, hospitals, pharmacies, others, cities: sum(citiesStocked) },
    states: Object.fromEntries(byState) as StateCounts,
  }
}

/** The eligible institutions of a slot: those that stock, those that say no, and the rest. */
export function eligibleAt(counts: Counts, eligible: Counts, slots: readonly number[]): Eligible {
  const sum = (from: Counts, counter: number) => slots.reduce((total, slot) => total + countAt(from, slot, counter), 0)
  let institutions = 0
  let stocked = 0
  let no = 0
  for (let kind = 0; kind < kinds.length; kind++) {
    institutions += sum(eligible, stateCounter(kind, 0))
    stocked += sum(counts, eligibleStocked + kind)
    no += sum(counts, eligibleNo + kind)
  }
  return { institutions, stocked, no, unknown: institutions - stocked - no }
}

/** The share of eligible institutions as a range, or null where there is none to show. */
export function shareOf(eligible: Eligible | null): Share | null {
  return eligible && coverageShare(eligible)
}

/** Pairs by standing in a slot. */
export function standingsAt(counts: Counts, slots: readonly number[]): Record<Standing, number> {
  const of = (code: number) => slots.reduce((total, slot) => total + kinds.reduce((sum, _, kind) => sum + countAt(counts, slot, stateCounter(kind, code)), 0), 0)
  return Object.fromEntries(standings.map((standing, code) => [standing, of(code)])) as Record<Standing, number>
}

/** Slots with at least one institution in stock. */
export function stockedSlots(counts: Counts, slots: readonly number[]): number {
  return slots.filter((slot) => stockedAt(counts, slot) > 0).length
}
