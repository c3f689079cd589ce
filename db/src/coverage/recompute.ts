import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { anyDrug } from './counts.js'
import type { CountsInWork } from './counts-in-work.js'
import type { Difference } from './difference.js'
import { factsOf } from './facts.js'
import { pairsFromFacts, snapshotsOf } from './from-facts.js'
import { addPast, emptyHolding, forgetPast, loadHoldings, saveFiled, saveShelves, type Holding } from './holding.js'
import { evidenceLenses } from './lens.js'
import type { ListFacts } from './list-facts.js'
import type { PastSpan } from './past.js'
import type { Place } from './places.js'
import type { KnownReport } from './reports-known.js'
import type { FiledDays, ShelfPair } from './shelf.js'
import { countEffect, type Effect } from './take-lines.js'
import { beginning, eligibleDays, spansSince, standingsSince } from './view.js'

/** Institutions whose statements are in memory together. */
const institutionsAtOnce = 500

/** What recomputed institutions are compared with, and where the difference goes. */
export interface Recomputing {
  list: ListFacts
  /** All reports that count. */
  reports: readonly KnownReport[]
  places: ReadonlyMap<number, Place>
  /** Where institutions counted until now, as far as that is not where they count from now on. */
  formerPlaces?: ReadonlyMap<number, Place>
  /** On which days files name institutions from now on, as far as these are not those until now. */
  filed?: ReadonlyMap<number, FiledDays>
  counts: CountsInWork
  /** Under which report the past is written. */
  report: number
  /** Of which report the effect on its as-of day is wanted. */
  effect?: { lens: number; asOf: number; of: Effect }
  /** What became named where, as it is found. */
  named?: (drug: number, institution: number) => void
}

/**
 * Computes institutions from all that reports say of them, and writes what is maintained of them anew: for reports of
 * the past, corrections, and institutions that moved, opened or closed. Costs what was ever said of them.
 */
export async function recomputeInstitutions(db: Database, work: Recomputing, institutions: readonly number[]): Promise<void> {
  const snapshots = snapshotsOf(work.list, work.reports)
  const pauses = new Pauses()
  for (let at = 0; at < institutions.length; at += institutionsAtOnce) {
    const some = institutions.slice(at, at + institutionsAtOnce)
    const holdings = await loadHoldings(db, work.list.listId, some, { from: beginning, to: -beginning })
    const facts = await factsOf(db, work.reports, some)
    const shelves: { institution: number; pairs: ShelfPair[] }[] = []
    const past: { institution: number; spans: PastSpan[] }[] = []
    for (const institution of some) {
      await pauses.take()
      const place = work.places.get(institution)
      const holding = holdings.get(institution) ?? emptyHolding(institution)
      const own = facts.get(institution)
      const made = place && own ? pairsFromFacts(work.list, own, snapshots, place) : []
      const now: Holding = { institution, pairs: made.map((one) => one.pair), filed: work.filed?.get(institution) ?? holding.filed, past: made.flatMap((one) => one.past) }
      if (place) compare(work, holding, now, place)
      if (!own && holding.pairs.length === 0) continue
      shelves.push({ institution, pairs: now.pairs })
      past.push({ institution, spans: now.past })
      for (const pair of now.pairs) {
        for (const event of [pair.declared?.from, pair.confirmed?.from, pair.supplied?.day]) if (event !== undefined) work.counts.see(event)
        work.named?.(pair.drug, institution)
      }
    }
    await forgetPast(db, work.list.listId, some)
    await saveShelves(db, work.list.listId, shelves)
    await saveFiled(db, work.list.listId, new Map(some.flatMap((institution) => (work.filed?.has(institution) ? [[institution, work.filed.get(institution)!]] : []))))
    await addPast(db, work.list.listId, work.report, past)
    if (work.counts.isMuch) await work.counts.write()
  }
}

/** Adds what differs between two holdings of an institution, of all its days, to the counters. */
function compare(work: Recomputing, before: Holding, after: Holding, place: Place): void {
  const { list, counts: { difference } } = work
  contribute({ list, difference }, before, work.formerPlaces?.get(before.institution) ?? place, -1)
  contribute({ list, difference }, after, place, 1)
  if (!work.effect) return
  const { lens, asOf, of } = work.effect
  for (const drug of new Set([...before.pairs, ...after.pairs].map((pair) => pair.drug))) {
    const spansOf = (holding: Holding) => {
      const pair = holding.pairs.find((one) => one.drug === drug) ?? null
      return spansSince(pair, lens, holding.past, beginning, work.list.drugs.get(drug)!.freshnessDays, place)
    }
    countEffect(of, spansOf(before), spansOf(after), asOf)
  }
}

/** Adds all that an institution counts, or takes it away; `wanted` limits it to some drugs (0: the institution over all of them). */
export function contribute(work: { list: ListFacts; difference: Difference; wanted?: ReadonlySet<number> }, holding: Holding, place: Place, sign: 1 | -1): void {
  const { list, difference, wanted } = work
  const sides = <One>(own: readonly One[]): [readonly One[], readonly One[]] => (sign === 1 ? [[], own] : [own, []])
  const byDrug = new Map(holding.pairs.map((pair) => [pair.drug, pair]))
  const pastOf = new Map<number, PastSpan[]>()
  for (const span of holding.past) pastOf.set(span.drug, [...(pastOf.get(span.drug) ?? []), span])
  const byLens = new Map(evidenceLenses.map((lens) => [lens as number, [] as ReturnType<typeof spansSince>[]]))
  for (const drug of new Set([...byDrug.keys(), ...holding.filed.keys()])) {
    const own = list.drugs.get(drug)
    if (!own) continue
    const pair = byDrug.get(drug) ?? null
    const counts = !wanted || wanted.has(drug)
    const eligible = eligibleDays(holding.filed.get(drug) ?? [], own.eligibleWhenReported, pair?.firstNamed ?? null, place)
    if (counts) difference.eligible(drug, place, ...sides(eligible))
    if (pair === null) continue
    const past = pastOf.get(drug) ?? []
    for (const lens of evidenceLenses) {
      const spans = spansSince(pair, lens, past, beginning, own.freshnessDays, place)
      if (spans.length === 0) continue
      byLens.get(lens)!.push(spans)
      if (counts) difference.pair(lens, drug, place, ...sides(spans), ...sides(eligible))
    }
    if (counts) difference.standing(drug, place, ...sides(standingsSince(pair, past, beginning, own.freshnessDays, place)))
  }
  if (!wanted || wanted.has(anyDrug)) for (const [lens, spans] of byLens) if (spans.length > 0) difference.institution(lens, place, [], ...sides(spans))
}
