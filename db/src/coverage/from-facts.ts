import { clipSpans, firstInStock, firstSupply, pairSpans, type Saying, type Snapshot, type Span } from '@lastmile/shared/chain'
import { kinds } from '@lastmile/shared/kind'
import { trailOf } from '@lastmile/shared/trail'
import type { Facts } from './facts.js'
import { confirmedLens, declaredLens } from './lens.js'
import type { ListFacts } from './list-facts.js'
import type { PastSpan } from './past.js'
import type { Place } from './places.js'
import { coveringTest, type KnownReport } from './reports-known.js'
import type { ShelfPair } from './shelf.js'
import { emptyPair } from './take-lines.js'
import { beginning } from './view.js'

/** A snapshot with the test of what it covers. */
export interface CoveringSnapshot extends Snapshot {
  lens: number
  covers: (drug: number, place: Place) => boolean
}

/** The snapshots among reports. */
export function snapshotsOf(list: ListFacts, reports: readonly KnownReport[]): CoveringSnapshot[] {
  return reports.filter((report) => report.mode === 'snapshot').map((report) => ({
    source: report.source, report: report.id, asOf: report.asOf, order: report.order, lens: report.evidence, covers: coveringTest(report.scope, list.drugCodes, list.unitCodes, kinds),
  }))
}

/** What a pair's facts make of it. */
export interface PairFacts {
  pair: ShelfPair
  past: PastSpan[]
}

/**
 * The pairs of one institution from all that known reports say of it: what `takeLines` keeps up to date report by report,
 * made from scratch. Supplies count from `since` on; which day anybody first named a pair does not hang on that.
 */
export function pairsFromFacts(list: ListFacts, facts: Facts, snapshots: readonly CoveringSnapshot[], place: Place, since = list.inForce): PairFacts[] {
  const drugs = new Set<number>([...facts.events.keys(), ...[...facts.sayings.values()].flatMap((byDrug) => [...byDrug.keys()])])
  const result: PairFacts[] = []
  for (const drug of [...drugs].sort((a, b) => a - b)) {
    const own = list.drugs.get(drug)
    if (!own) continue
    const pair = emptyPair(drug)
    const past: PastSpan[] = []
    for (const lens of [declaredLens, confirmedLens]) {
      const sayings = facts.sayings.get(lens)?.get(drug) ?? []
      if (sayings.length > 0) addStated(pair, past, lens, sayings, coveringOf(snapshots, lens, sayings, drug, place), own.freshnessDays, place)
    }
    const events = facts.events.get(drug) ?? []
    const counted = firstSupply(events, list.inForce)
    pair.supplied = since === list.inForce ? counted : firstSupply(events, since)
    if (counted) nameFrom(pair, counted.day)
    if (pair.declared || pair.confirmed || counted || pair.supplied) result.push({ pair, past })
  }
  return result
}

function coveringOf(snapshots: readonly CoveringSnapshot[], lens: number, sayings: readonly Saying[], drug: number, place: Place): Snapshot[] {
  const sources = new Set(sayings.map((saying) => saying.source))
  return snapshots.filter((one) => one.lens === lens && sources.has(one.source) && one.covers(drug, place))
}

function addStated(pair: ShelfPair, past: PastSpan[], lens: number, sayings: readonly Saying[], snapshots: readonly Snapshot[], freshnessDays: number, place: Place): void {
  const trail = trailOf(sayings, snapshots)!
  const spans = pairSpans(sayings, snapshots, freshnessDays, place)
  if (lens === declaredLens) {
    pair.declared = trail
    pair.firstDeclared = firstInStock(spans)
  } else pair.confirmed = trail
  if (spans[0]) nameFrom(pair, spans[0].from)
  for (const span of clipSpans(spans, beginning, trail.from)) past.push({ ...span, drug: pair.drug, lens })
}

function nameFrom(pair: ShelfPair, day: number): void {
  if (pair.firstNamed === null || day < pair.firstNamed) pair.firstNamed = day
}

/** Spans with neighbours that say the same made one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const { from, to, state, report, line } of spans) {
    const last = result.at(-1)
    if (last && last.to === from && last.state === state && last.report === report && last.line === line) last.to = to
    else result.push({ from, to, state, report, line })
  }
  return result
}
