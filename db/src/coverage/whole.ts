import type { Day, Instant } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { lensCodes, lenses, type Lens } from '../schema/codes.js'
import { addSpanDeltas, anyDrug, type Deltas } from './deltas.js'
import { filedEligibility, reportedEligibility } from './eligible.js'
import { factsOf } from './facts.js'
import type { ListFacts } from './list-facts.js'
import { pairOfKey } from './pair.js'
import { placesOf, type Place } from './places.js'
import { reportsKnown } from './reports-known.js'
import { eligibleLens, institutionFrom, spansFromFacts, standingFrom, standingLens, type StoredSpan } from './spans.js'

/** All spans of a list, computed from its statements: what is maintained, made from scratch. */
export interface WholeSpans {
  places: Map<number, Place>
  /** Lens → pair key → spans. */
  pairs: Map<number, Map<number, StoredSpan[]>>
  /** Lens → institution → spans over all drugs. */
  institutions: Map<number, Map<number, StoredSpan[]>>
}

const evidenceLenses = (['declared', 'confirmed', 'supplied'] as const).map((lens) => lensCodes.code(lens))

/**
 * Computes the spans of a list from its facts, as known now or as known at an instant. Costs in proportion to the
 * statements (seconds for millions): for rebuilding, for verifying, and for answers about what was known in the past.
 * `only` limits the work to some lenses.
 */
export async function wholeSpans(db: Database, list: ListFacts, options: { knownOn: Instant | null; since?: Day | undefined; only?: readonly Lens[] | undefined }): Promise<WholeSpans> {
  const { knownOn } = options
  // Where a drug is eligible wherever it is reported, who is eligible hangs on every kind of evidence.
  const whoEverNamed = options.only?.includes('eligible') && [...list.drugs.values()].some((drug) => drug.eligibleWhenReported)
  const wanted = (lens: number) => !options.only || whoEverNamed || options.only.includes(lenses[lens]!) || options.only.includes('standing')
  const places = await placesOf(db, list.regionSetId, null, knownOn)
  const reports = await reportsKnown(db, list.listId, knownOn)
  const pairs = new Map<number, Map<number, StoredSpan[]>>()
  // Counting supplies since another day does not change who was ever named.
  const naming = new Map<number, Map<number, StoredSpan[]>>()
  for (const lens of evidenceLenses) {
    const own = reports.filter((report) => report.evidence === lens)
    const facts = wanted(lens) ? await factsOf(db, lens, own, null) : { sayings: new Map(), events: new Map() }
    naming.set(lens, spansFromFacts(list, lens, facts, own, places))
    pairs.set(lens, options.since === undefined ? naming.get(lens)! : spansFromFacts(list, lens, facts, own, places, options.since))
  }

  const keys = new Set(evidenceLenses.flatMap((lens) => [...pairs.get(lens)!.keys(), ...naming.get(lens)!.keys()]))
  const eligible = await filedEligibility(db, list, places, knownOn, null)
  const standing = new Map<number, StoredSpan[]>()
  for (const key of keys) {
    const byLens = new Map<Lens, readonly StoredSpan[]>(evidenceLenses.map((lens) => [lenses[lens]!, pairs.get(lens)!.get(key) ?? []]))
    standing.set(key, standingFrom(byLens, places.get(pairOfKey(key).institution)))
    const reported = reportedEligibility(list, key, places, evidenceLenses.map((lens) => naming.get(lens)!.get(key) ?? []), eligible.get(key) ?? [])
    if (reported !== null) eligible.set(key, reported)
  }
  pairs.set(standingLens, standing)
  pairs.set(eligibleLens, eligible)

  const institutions = new Map<number, Map<number, StoredSpan[]>>()
  for (const lens of evidenceLenses) institutions.set(lens, institutionsOf(pairs.get(lens)!))
  return { places, pairs, institutions }
}

function institutionsOf(pairs: ReadonlyMap<number, StoredSpan[]>): Map<number, StoredSpan[]> {
  const drugs = new Map<number, StoredSpan[][]>()
  for (const [key, spans] of pairs) {
    const { institution } = pairOfKey(key)
    const own = drugs.get(institution)
    if (own) own.push(spans)
    else drugs.set(institution, [spans])
  }
  return new Map([...drugs].map(([institution, own]) => [institution, institutionFrom(own)]))
}

/** The changes that make the counts of whole spans from nothing, by lens. */
export function wholeDeltas(whole: WholeSpans): Map<number, Deltas> {
  const result = new Map<number, Deltas>()
  const eligible = whole.pairs.get(eligibleLens)!
  for (const [lens, pairs] of whole.pairs) {
    const deltas: Deltas = new Map()
    for (const [key, spans] of pairs) {
      const { institution, drug } = pairOfKey(key)
      const place = whole.places.get(institution)
      if (place) addSpanDeltas(deltas, lens, drug, place, spans, eligible.get(key) ?? [], 1)
    }
    for (const [institution, spans] of whole.institutions.get(lens) ?? []) {
      const place = whole.places.get(institution)
      if (place) addSpanDeltas(deltas, lens, anyDrug, place, spans, [], 1)
    }
    result.set(lens, deltas)
  }
  return result
}
