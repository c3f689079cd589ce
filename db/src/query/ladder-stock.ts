import { dayOfNumber, dayNumber, type Day } from '@lastmile/shared/day'
import { evidences } from '@lastmile/shared/evidence'
import type { LadderStock } from '@lastmile/shared/ladder'
import { kinds } from '@lastmile/shared/kind'
import { states, unknownStates, type State } from '@lastmile/shared/state'
import { standings } from '@lastmile/shared/standing'
import { anyDrug, countAt, countIn, eligibleNo, stockedAt, type Counts } from '../coverage/counts.js'
import type { Histories } from '../coverage/histories.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { Running } from '../coverage/running.js'
import type { Timeline } from '../coverage/timeline.js'
import { beginning } from '../coverage/view.js'
import type { Database } from '../database.js'
import { kindCodes, stateCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { historiesFor } from './question.js'

/** What reports say of drugs in units on a day, by `drug/slot`, and in which slots any supply was seen by then. */
export interface LadderStocks {
  of(drug: number, slot: number): LadderStock[]
  supplySeen(slot: number): boolean
}

const codes = (some: readonly State[]) => some.map((state) => stateCodes.code(state))
const [inStock, onOrder, no, unknown] = [codes(['in_stock']), codes(['on_order']), codes(states.filter((state) => ['out_of_stock', 'not_carried', 'discontinued'].includes(state))), codes(unknownStates)]
const contradicted = standings.indexOf('contradicted')
const [hospital, pharmacy] = [kindCodes.code('hospital'), kindCodes.code('pharmacy')]

/** The drugs whose histories ladders of some are made of: that of any drug too. */
export function drugsOfStocks(drugs: readonly number[]): number[] {
  return [...drugs, anyDrug]
}

/** Walks along the timelines of some drugs in some units up to a day: its counts, and the first days. From what is maintained wherever that answers it, or from histories that are at hand. */
export async function ladderStocks(db: Database, list: ListRow, facts: ListFacts, when: { asOf: Day; knownOn: string | null }, drugs: readonly number[], slots: readonly number[], atHand?: Histories): Promise<LadderStocks> {
  const histories = atHand ?? await historiesFor(db, list, facts, { ...when, evidence: null, since: null }, beginning, drugsOfStocks(drugs))
  const places = drugs.flatMap((drug) => slots.map((place) => ({ drug, place })))
  const byPlace = new Map<string, LadderStock[]>(places.map(({ drug, place }) => [`${drug}/${place}`, []]))
  const to = dayNumber(when.asOf)
  const onDay = async (lens: 'eligible' | 'standing') => (await histories.units(lens, places)).map((line) => countsOn(line, to))
  const [eligible, standing] = [await onDay('eligible'), await onDay('standing')]
  for (const evidence of evidences) {
    const lines = await histories.units(evidence, places)
    for (const [at, { drug, place }] of places.entries()) byPlace.get(`${drug}/${place}`)!.push({
      evidence, ...walked(lines[at]!, to), eligible: knowsAllEligible(facts, drug) ? stockedAt(eligible[at]!, 0) : null, contradicted: evidence === 'declared' ? countIn(standing[at]!, [0], null, [contradicted]) : 0,
    })
  }
  const any = await histories.units('supplied', slots.map((place) => ({ drug: anyDrug, place })))
  const seen = new Set(slots.filter((_, at) => walked(any[at]!, to).since !== null))
  return { of: (drug, slot) => byPlace.get(`${drug}/${slot}`)!, supplySeen: (slot) => seen.has(slot) }
}

/** Whether it is known of a drug which institutions are eligible: not where those are which spoke of it, since then nobody who is silent is. */
function knowsAllEligible(facts: ListFacts, drug: number): boolean {
  const own = facts.drugs.get(drug)
  return own !== undefined && own.eligibilityLoaded && !own.eligibleWhenReported
}

function countsOn(line: Timeline | null, day: number): Counts {
  const counts = new Running(line, 1)
  counts.moveTo(day)
  return counts.now
}

function walked(line: Timeline | null, to: number): Omit<LadderStock, 'evidence' | 'eligible' | 'contradicted'> {
  const counts = new Running(line, 1)
  let [since, held, hospitals, pharmacies, both]: (Day | null)[] = [null, null, null, null, null]
  const there = (kind: number) => countIn(counts.now, [0], kind, inStock)
  const look = (day: number) => {
    if (stockedAt(counts.now, 0) === 0) { held = null; return }
    const on = dayOfNumber(day)
    since ??= on
    held ??= on
    const [inHospital, inPharmacy] = [there(hospital) > 0, there(pharmacy) > 0]
    if (inHospital) hospitals ??= on
    if (inPharmacy) pharmacies ??= on
    if (inHospital && inPharmacy) both ??= on
  }
  for (let day = counts.next; day <= to; day = counts.next) {
    counts.moveTo(day)
    look(day)
  }
  const all = (some: readonly number[]) => countIn(counts.now, [0], null, some)
  return {
    institutions: stockedAt(counts.now, 0), hospitals: there(hospital), pharmacies: there(pharmacy), onOrder: all(onOrder), no: all(no), unknown: all(unknown),
    eligibleNo: [...kinds.keys()].reduce((sum, kind) => sum + countAt(counts.now, 0, eligibleNo + kind), 0), heldSince: held!,
    since: since!, hospitalsSince: hospitals!, pharmaciesSince: pharmacies!, bothSince: both!,
  }
}
