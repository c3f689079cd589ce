import type { GapReason } from '@lastmile/shared/gap'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { negativeStates, stateCode, unknownStates } from '@lastmile/shared/state'
import { countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, sumAt, type Counts } from '../coverage/counts.js'
import { kindCodes, standingCodes } from '../schema/codes.js'

const inStock = stateCode('in_stock')
const everyKind = kinds.map((kind) => kindCodes.code(kind))
const declaredOnly = everyKind.map((kind) => stateCounter(kind, standingCodes.code('declared_only')))
const eligibleCounters = everyKind.map((kind) => stateCounter(kind, 0))
const toldCounters = everyKind.flatMap((kind) => [eligibleStocked + kind, eligibleNo + kind])
const unknownCounters = everyKind.flatMap((kind) => unknownStates.map((state) => stateCounter(kind, stateCode(state))))

/** The counters of a drug on a day. `eligible` null: no eligibility is loaded. */
export interface DrugCounts {
  own: Counts
  standing: Counts
  eligible: Counts | null
}

/** The counters of the institutions that stock and that a standard counts. */
export function countersOf(of: readonly Kind[], eligibleOnly: boolean): number[] {
  return of.map((kind) => (eligibleOnly ? eligibleStocked + kindCodes.code(kind) : stateCounter(kindCodes.code(kind), inStock)))
}

/** Counters of some kinds of institutions, by what they tell of them. */
export interface AskedCounters {
  /** By code. */
  kinds: readonly number[]
  negative: readonly number[]
  unknown: readonly number[]
  stale: readonly number[]
  notKnown: readonly number[]
}

/** The counters of the kinds that a standard asks. */
export function askedCounters(of: readonly Kind[]): AskedCounters {
  const codes = of.map((kind) => kindCodes.code(kind))
  const counters = (those: readonly number[]) => codes.flatMap((kind) => those.map((state) => stateCounter(kind, state)))
  return { kinds: codes, negative: counters(negativeStates.map(stateCode)), unknown: counters(unknownStates.map(stateCode)), stale: counters([stateCode('stale')]), notKnown: counters([stateCode('not_known')]) }
}

/** The honest reason. Silence is never "nobody stocks it": that takes a no, and nothing unknown among those whom the standard asks. */
export function reasonAt({ own, standing, eligible }: DrugCounts, slot: number, asked: AskedCounters): GapReason {
  if (stockedAt(own, slot) > 0) return 'too_few'
  if (sumAt(standing, slot, declaredOnly) > 0) return 'declared_only'
  if (sumAt(own, slot, asked.negative) > 0 && sumAt(own, slot, asked.unknown) === 0 && !isAnyEligibleSilent(own, eligible, slot, asked.kinds)) return 'nobody_stocks'
  if (sumAt(own, slot, asked.stale) > 0) return 'stale'
  return sumAt(own, slot, asked.notKnown) > 0 ? 'not_known' : 'not_reported'
}

function isAnyEligibleSilent(own: Counts, eligible: Counts | null, slot: number, of: readonly number[]): boolean {
  return eligible !== null && of.some((kind) => countAt(eligible, slot, stateCounter(kind, 0)) > countAt(own, slot, eligibleStocked + kind) + countAt(own, slot, eligibleNo + kind))
}

/** Who is eligible in a slot. */
export function eligibleAt(eligible: Counts, slot: number): number {
  return sumAt(eligible, slot, eligibleCounters)
}

/** How many of the eligible, or (where none are loaded) of the pairs ever stated, are unknown. */
export function unknownAt({ own, eligible }: DrugCounts, slot: number): number {
  return eligible ? eligibleAt(eligible, slot) - sumAt(own, slot, toldCounters) : sumAt(own, slot, unknownCounters)
}
