import type { Evidence } from '@lastmile/shared/evidence'
import type { GapReason } from '@lastmile/shared/gap'
import { actsOn, gapClassOf, type GapAct, type GapClass } from '@lastmile/shared/gap-act'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { fallsShort, type There } from '@lastmile/shared/standard'
import { negativeStates, stateCode, unknownStates, type State } from '@lastmile/shared/state'
import { countAt, eligibleNo, eligibleStocked, stateCounter, stockedAt, sumAt, type Counts } from '../coverage/counts.js'
import { kindCodes, standingCodes } from '../schema/codes.js'
import type { Measure } from './measures.js'

/** Stands for cities that the maintained figure does not tell, for the eligible where none are loaded, and for residents within reach where none are asked or can be told. */
export const untold = -1

const inStock = stateCode('in_stock')
const everyKind = kinds.map((kind) => kindCodes.code(kind))
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
  negative: readonly number[]
  unknown: readonly number[]
  stale: readonly number[]
  notKnown: readonly number[]
  inStock: readonly number[]
  onOrder: readonly number[]
  outOfStock: readonly number[]
  notCarried: readonly number[]
  /** Of the counters of standings. */
  declaredOnly: readonly number[]
  /** Of the counters of the eligible, and of those of them who say yes and no. */
  eligible: readonly number[]
  eligibleStocked: readonly number[]
  eligibleNo: readonly number[]
}

/** The counters of the kinds that a standard asks. */
export function askedCounters(of: readonly Kind[]): AskedCounters {
  const codes = of.map((kind) => kindCodes.code(kind))
  const counters = (those: readonly number[]) => codes.flatMap((kind) => those.map((state) => stateCounter(kind, state)))
  const only = (state: State) => counters([stateCode(state)])
  return {
    negative: counters(negativeStates.map(stateCode)), unknown: counters(unknownStates.map(stateCode)), stale: only('stale'), notKnown: only('not_known'),
    inStock: only('in_stock'), onOrder: only('on_order'), outOfStock: only('out_of_stock'), notCarried: only('not_carried'),
    declaredOnly: counters([standingCodes.code('declared_only')]), eligible: counters([0]), eligibleStocked: codes.map((kind) => eligibleStocked + kind), eligibleNo: codes.map((kind) => eligibleNo + kind),
  }
}

/** What kind of gap it is that some counters show, and what can be done about it. */
export interface GapTold {
  reason: GapReason
  class: GapClass
  acts: readonly GapAct[]
}

/** What a judge of gaps looks at of a rule. */
type Rule = Pick<Measure, 'standard' | 'asked' | 'wanted' | 'eligibleOnly'>

/**
 * The honest word of a gap: its reason, its class, and who can do what. `there`: what the rule counts.
 *
 * Whoever is silent may have it: where the rule would be met if they all did, it is their reports that are missing. How many
 * they are is known where it is known who is eligible. Where it is not, those of whom anything was ever said are the ones
 * asked, as everywhere; but as nobody can say who else there would be, too few are a gap in supply only where one of those
 * asked says no, as `nobody_stocks` takes a no. What companies declare is another matter: one speaks for all places, and where he
 * names some, no report of the others is missing, but of those whom he named once, or left empty.
 */
export function gapAt(drug: DrugCounts, slot: number, rule: Rule, evidence: Evidence, there: There): GapTold {
  const { own } = drug
  const { standard, asked } = rule
  const silent = silentAt(drug, slot, rule)
  const reason = reasonAt(drug, slot, rule, evidence, silent)
  const isSpokenFor = evidence === 'declared' && reason === 'too_few'
  const missing = isSpokenFor ? Math.min(silent, sumAt(own, slot, asked.unknown)) : silent
  const maybe = { institutions: there.institutions + missing, cities: there.cities + missing, reached: missing > 0 ? null : there.reached }
  const isAnybodysGuess = !isSpokenFor && drug.eligible === null && noAt(own, slot, rule) === 0
  const is = gapClassOf({ reason, evidence, couldBeMet: !fallsShort(standard, maybe) || isAnybodysGuess })
  const said = (counters: readonly number[]) => sumAt(own, slot, counters)
  return { reason, class: is, acts: actsOn({ class: is, reason, evidence, inStock: said(asked.inStock), onOrder: said(asked.onOrder), outOfStock: said(asked.outOfStock), notCarried: said(asked.notCarried) }) }
}

/** What the counters of a drug in a unit tell of a standard: institutions, and cities as far as the maintained figure tells them; it counts those of institutions of every kind, and serves wherever no other kind stocks there. Else they are {@link untold}. */
export function thereAt(own: Counts, slot: number, measure: Pick<Measure, 'wanted' | 'others' | 'cities'>): { institutions: number; cities: number } {
  return { institutions: sumAt(own, slot, measure.wanted), cities: sumAt(own, slot, measure.others) === 0 ? countAt(own, slot, measure.cities) : untold }
}

/**
 * The honest reason, of those whom the rule counts. Silence is never "nobody stocks it": that takes a no, and nothing unknown
 * among them; where somebody stocks it whom the rule does not count, that is too few. A pharmacy that has it does not
 * speak for hospitals that are silent.
 */
function reasonAt({ own, standing }: DrugCounts, slot: number, { asked, wanted, eligibleOnly }: Rule, evidence: Evidence, silent: number): GapReason {
  if (sumAt(own, slot, wanted) > 0) return 'too_few'
  // Of a rule for the eligible, counters do not tell who of the silent they are of whom something else was said.
  const isSilent = silent > 0 || !eligibleOnly
  // What the company alone says is in stock under its own word.
  if (evidence !== 'declared' && isSilent && sumAt(standing, slot, asked.declaredOnly) > 0) return 'declared_only'
  if (silent === 0 && noAt(own, slot, { asked, eligibleOnly }) > 0) return stockedAt(own, slot) > 0 ? 'too_few' : 'nobody_stocks'
  if (isSilent && sumAt(own, slot, asked.stale) > 0) return 'stale'
  return isSilent && sumAt(own, slot, asked.notKnown) > 0 ? 'not_known' : 'not_reported'
}

/** How many of those whom a rule counts say no. */
function noAt(own: Counts, slot: number, { asked, eligibleOnly }: Pick<Rule, 'asked' | 'eligibleOnly'>): number {
  return sumAt(own, slot, eligibleOnly ? asked.eligibleNo : asked.negative)
}

/**
 * How many of those whom a rule counts are silent: of whom nothing that counts is said. Of a rule for the eligible, exactly. Of
 * one for all, those of whom something was said once and those who are eligible: who is both is counted twice, which counters do not
 * tell; it asks for a report too many rather than for a delivery too many, and is nobody only where nobody is.
 */
function silentAt({ own, eligible }: DrugCounts, slot: number, { asked, eligibleOnly }: Rule): number {
  const lapsed = eligibleOnly ? 0 : sumAt(own, slot, asked.unknown)
  return eligible === null ? lapsed : lapsed + sumAt(eligible, slot, asked.eligible) - sumAt(own, slot, asked.eligibleStocked) - sumAt(own, slot, asked.eligibleNo)
}

/** Who is eligible in a slot. */
export function eligibleAt(eligible: Counts, slot: number): number {
  return sumAt(eligible, slot, eligibleCounters)
}

/** How many of the eligible, or (where none are loaded) of the pairs ever stated, are unknown. */
export function unknownAt({ own, eligible }: DrugCounts, slot: number): number {
  return eligible ? eligibleAt(eligible, slot) - sumAt(own, slot, toldCounters) : sumAt(own, slot, unknownCounters)
}
