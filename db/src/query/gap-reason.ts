import type { GapReason } from '@lastmile/shared/gap'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { negativeStates, stateCode, unknownStates } from '@lastmile/shared/state'
import { countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, type Counts } from '../coverage/counts.js'
import { kindCodes, standingCodes } from '../schema/codes.js'

const [inStock, stale, notKnown] = [stateCode('in_stock'), stateCode('stale'), stateCode('not_known')]
const [negative, unknown] = [negativeStates.map(stateCode), unknownStates.map(stateCode)]
const declaredOnly = standingCodes.code('declared_only')
const everyKind = kinds.map((kind) => kindCodes.code(kind))

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

/** The sum of some counters of a slot. A plain loop: there are as many gaps as drugs times units. */
export function sumAt(counts: Counts, slot: number, counters: readonly number[]): number {
  let sum = 0
  for (const counter of counters) sum += countAt(counts, slot, counter)
  return sum
}

/** The honest reason. Silence is never "nobody stocks it": that takes a no, and nothing unknown among those (by kind code) whom the standard asks. */
export function reasonAt({ own, standing, eligible }: DrugCounts, slot: number, of: readonly number[]): GapReason {
  if (stockedAt(own, slot) > 0) return 'too_few'
  if (anyIn(standing, slot, everyKind, declaredOnly)) return 'declared_only'
  const eligibleSilent = eligible !== null && of.some((kind) => countAt(eligible, slot, stateCounter(kind, 0)) > countAt(own, slot, eligibleStocked + kind) + countAt(own, slot, eligibleNo + kind))
  if (!eligibleSilent && negative.some((state) => anyIn(own, slot, of, state)) && !unknown.some((state) => anyIn(own, slot, of, state))) return 'nobody_stocks'
  if (anyIn(own, slot, of, stale)) return 'stale'
  return anyIn(own, slot, of, notKnown) ? 'not_known' : 'not_reported'
}

function anyIn(counts: Counts, slot: number, of: readonly number[], state: number): boolean {
  for (const kind of of) if (countAt(counts, slot, stateCounter(kind, state)) > 0) return true
  return false
}

/** Who is eligible in a slot (null where none is loaded), and how many of them, or of the pairs ever stated, are unknown. */
export function unknownAt({ own, eligible }: DrugCounts, slot: number): { eligible: number | null; unknown: number } {
  let institutions = 0
  let told = 0
  let silent = 0
  for (const kind of everyKind) {
    if (eligible) {
      institutions += countAt(eligible, slot, stateCounter(kind, 0))
      told += countAt(own, slot, eligibleStocked + kind) + countAt(own, slot, eligibleNo + kind)
    } else for (const state of unknown) silent += countAt(own, slot, stateCounter(kind, state))
  }
  return eligible ? { eligible: institutions, unknown: institutions - told } : { eligible: null, unknown: silent }
}
