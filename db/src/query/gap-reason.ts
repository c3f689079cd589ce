import type { Evidence } from '@lastmile/shared/evidence'
import { isMet, type GapReason } from '@lastmile/shared/gap'
import { actsOn, gapClassOf, type GapAct, type GapClass } from '@lastmile/shared/gap-act'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { negativeStates, stateCode, unknownStates, type State } from '@lastmile/shared/state'
import { countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, sumAt, type Counts } from '../coverage/counts.js'
import { kindCodes, standingCodes } from '../schema/codes.js'
import type { Measure } from './measures.js'

/** Stands for cities that the maintained figure does not tell, and for the eligible where none are loaded. */
export const untold = -1

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
  inStock: readonly number[]
  onOrder: readonly number[]
  outOfStock: readonly number[]
  notCarried: readonly number[]
}

/** The counters of the kinds that a standard asks. */
export function askedCounters(of: readonly Kind[]): AskedCounters {
  const codes = of.map((kind) => kindCodes.code(kind))
  const counters = (those: readonly number[]) => codes.flatMap((kind) => those.map((state) => stateCounter(kind, state)))
  const only = (state: State) => counters([stateCode(state)])
  return {
    kinds: codes, negative: counters(negativeStates.map(stateCode)), unknown: counters(unknownStates.map(stateCode)), stale: only('stale'), notKnown: only('not_known'),
    inStock: only('in_stock'), onOrder: only('on_order'), outOfStock: only('out_of_stock'), notCarried: only('not_carried'),
  }
}

/** What kind of gap it is that some counters show, and what can be done about it. */
export interface GapTold {
  reason: GapReason
  class: GapClass
  acts: readonly GapAct[]
}

/** The honest word of a gap: its reason, its class, and who can do what. `there`: how many institutions and cities the standard counts. */
export function gapAt(drug: DrugCounts, slot: number, { standard, asked }: Pick<Measure, 'standard' | 'asked'>, evidence: Evidence, there: { institutions: number; cities: number }): GapTold {
  const reason = reasonAt(drug, slot, asked)
  const { own } = drug
  const lapsed = sumAt(own, slot, asked.unknown)
  const is = gapClassOf({ reason, evidence, couldBeMet: isMet(standard, { institutions: there.institutions + lapsed, cities: there.cities + lapsed }) })
  const said = (counters: readonly number[]) => sumAt(own, slot, counters)
  return { reason, class: is, acts: actsOn({ class: is, reason, evidence, inStock: said(asked.inStock), onOrder: said(asked.onOrder), outOfStock: said(asked.outOfStock), notCarried: said(asked.notCarried) }) }
}

/** What the counters of a drug in a unit tell of a standard: institutions, and cities as far as the maintained figure tells them; it counts those of institutions of every kind, and serves wherever no other kind stocks there. Else they are {@link untold}. */
export function thereAt(own: Counts, slot: number, measure: Pick<Measure, 'wanted' | 'others' | 'cities'>): { institutions: number; cities: number } {
  return { institutions: sumAt(own, slot, measure.wanted), cities: sumAt(own, slot, measure.others) === 0 ? countAt(own, slot, measure.cities) : untold }
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
