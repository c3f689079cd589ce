import { coverageShare, type Eligible, type Share, type StateCounts, type Stocked } from '@lastmile/shared/coverage'
import { kinds } from '@lastmile/shared/kind'
import { states } from '@lastmile/shared/state'
import { standings, type Standing } from '@lastmile/shared/standing'
import { kindCodes } from '../schema/codes.js'
import { citiesStocked, countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, type Counts } from './counts.js'

/** What the counters of one slot say, in words. */
export interface SlotFigures {
  stocked: Stocked
  states: StateCounts
}

/** The figures of a slot (or of several city slots together, when a city lies in two units). Plain loops: a trend has a point a day. */
export function figuresAt(counts: Counts, slots: readonly number[]): SlotFigures {
  const stocked: Stocked = { institutions: 0, hospitals: 0, pharmacies: 0, others: 0, cities: 0 }
  const byState: StateCounts = { ...noStates }
  for (const slot of slots) {
    stocked.hospitals += countAt(counts, slot, stateCounter(hospital, 0))
    stocked.pharmacies += countAt(counts, slot, stateCounter(pharmacy, 0))
    stocked.others += countAt(counts, slot, stateCounter(other, 0))
    stocked.cities += countAt(counts, slot, citiesStocked)
  }
  for (let code = 0; code < states.length; code++) {
    let pairs = 0
    for (const slot of slots) for (let kind = 0; kind < kinds.length; kind++) pairs += countAt(counts, slot, stateCounter(kind, code))
    byState[states[code]!] = pairs
  }
  stocked.institutions = stocked.hospitals + stocked.pharmacies + stocked.others
  return { stocked, states: byState }
}

const [hospital, pharmacy, other] = [kindCodes.code('hospital'), kindCodes.code('pharmacy'), kindCodes.code('other')]
const noStates = Object.fromEntries(states.map((state) => [state, 0])) as StateCounts

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
