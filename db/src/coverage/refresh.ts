import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, lensCodes, lenses, stateCodes, type Lens } from '../schema/codes.js'
import { addSpanDeltas, anyDrug, type Deltas } from './deltas.js'
import { filedEligibility, isReportedDrug, reportedEligibility } from './eligible.js'
import { factsOf, pairsNamed } from './facts.js'
import { listFacts, type ListFacts } from './list-facts.js'
import { pairOfKey } from './pair.js'
import { placesOf, type Place } from './places.js'
import { reportsKnown } from './reports-known.js'
import { eligibleLens, institutionFrom, replaceSpans, sameSpans, spansFromFacts, spansOfInstitutions, standingFrom, standingLens, storedSpans, type StoredSpan } from './spans.js'
import { writeCoverage } from './write-coverage.js'

/** What an accepted report moved on its as-of day. */
export interface Effect {
  pairsEntered: number
  pairsLeft: number
}

const inStock = stateCodes.code('in_stock')
const evidenceLenses = (['declared', 'confirmed', 'supplied'] as const).map((lens) => lensCodes.code(lens))

/**
 * Brings spans and counts up to date after reports of one source were accepted or superseded, in the caller's
 * transaction: only the pairs that the source names are looked at, only those that changed are written.
 */
export async function refreshCoverage(db: Database, change: { listId: number; evidence: number; source: number; reports: readonly number[]; asOf: Day }): Promise<Effect> {
  const list = await listFacts(db, change.listId)
  const evidence = change.evidence
  const known = (await reportsKnown(db, change.listId, null)).filter((report) => report.evidence === evidence)
  const supplied = evidenceCodes.word(evidence) === 'supplied'
  const ofSource = supplied ? [] : known.filter((report) => report.source === change.source).map((report) => report.id)
  const pairs = await pairsNamed(db, evidence, [...new Set([...change.reports, ...ofSource])])
  const institutions = [...new Set(pairs.map((key) => pairOfKey(key).institution))]
  const places = await placesOf(db, list.regionSetId, institutions, null)

  const fresh = spansFromFacts(list, evidence, await factsOf(db, evidence, known, pairs), known, places)
  const stored = await storedSpans(db, [...evidenceLenses, standingLens, eligibleLens], pairs)
  const old = stored.get(evidence)!
  const changed = new Map<number, StoredSpan[]>()
  for (const key of pairs) {
    const spans = fresh.get(key) ?? []
    if (!sameSpans(spans, old.get(key) ?? [])) changed.set(key, spans)
  }
  if (changed.size === 0) return { pairsEntered: 0, pairsLeft: 0 }
  await replaceSpans(db, evidence, changed)

  const eligible = await refreshReported(db, list, evidence, changed, stored, places)
  await refreshPairs(db, list, evidence, changed, old, eligible.old, eligible.fresh, places)
  await refreshStandings(db, list, evidence, changed, stored, places)
  await refreshInstitutions(db, list, evidence, changed, places)
  return effectOn(change.asOf, changed, old)
}

async function refreshPairs(db: Database, list: ListFacts, lens: number, changed: ReadonlyMap<number, StoredSpan[]>, old: ReadonlyMap<number, StoredSpan[]>,
  eligibleOld: ReadonlyMap<number, StoredSpan[]>, eligibleFresh: ReadonlyMap<number, StoredSpan[]>, places: ReadonlyMap<number, Place>): Promise<void> {
  const deltas: Deltas = new Map()
  for (const [key, spans] of changed) {
    const { institution, drug } = pairOfKey(key)
    const place = places.get(institution)
    if (!place) continue
    addSpanDeltas(deltas, lens, drug, place, old.get(key) ?? [], eligibleOld.get(key) ?? [], -1)
    addSpanDeltas(deltas, lens, drug, place, spans, eligibleFresh.get(key) ?? [], 1)
  }
  await writeCoverage(db, list, lens, deltas)
}

/** For drugs that are eligible where reported, a first statement makes a pair eligible. */
async function refreshReported(db: Database, list: ListFacts, lens: number, changed: ReadonlyMap<number, StoredSpan[]>, stored: ReadonlyMap<number, ReadonlyMap<number, StoredSpan[]>>, places: ReadonlyMap<number, Place>) {
  const old = stored.get(eligibleLens)!
  const fresh = new Map(old)
  const moved = new Map<number, StoredSpan[]>()
  const deltas: Deltas = new Map()
  const filed = await filedEligibility(db, list, places, null, [...changed.keys()].filter((key) => isReportedDrug(list, key)))
  for (const [key, spans] of changed) {
    const others = evidenceLenses.filter((other) => other !== lens).map((other) => stored.get(other)!.get(key) ?? [])
    const reported = reportedEligibility(list, key, places, [spans, ...others], filed.get(key) ?? [])
    if (reported === null || sameSpans(reported, old.get(key) ?? [])) continue
    fresh.set(key, reported)
    moved.set(key, reported)
    const { institution, drug } = pairOfKey(key)
    const place = places.get(institution)
    if (!place) continue
    addSpanDeltas(deltas, eligibleLens, drug, place, old.get(key) ?? [], [], -1)
    addSpanDeltas(deltas, eligibleLens, drug, place, reported, [], 1)
  }
  await replaceSpans(db, eligibleLens, moved)
  await writeCoverage(db, list, eligibleLens, deltas)
  return { old, fresh }
}

async function refreshStandings(db: Database, list: ListFacts, lens: number, changed: ReadonlyMap<number, StoredSpan[]>, stored: ReadonlyMap<number, ReadonlyMap<number, StoredSpan[]>>, places: ReadonlyMap<number, Place>): Promise<void> {
  const moved = new Map<number, StoredSpan[]>()
  const deltas: Deltas = new Map()
  for (const [key, spans] of changed) {
    const byLens = new Map<Lens, readonly StoredSpan[]>(evidenceLenses.map((code) => [lenses[code]!, code === lens ? spans : stored.get(code)!.get(key) ?? []]))
    const before = stored.get(standingLens)!.get(key) ?? []
    const after = standingFrom(byLens, places.get(pairOfKey(key).institution))
    if (sameSpans(before, after)) continue
    moved.set(key, after)
    const { institution, drug } = pairOfKey(key)
    const place = places.get(institution)
    if (!place) continue
    addSpanDeltas(deltas, standingLens, drug, place, before, [], -1)
    addSpanDeltas(deltas, standingLens, drug, place, after, [], 1)
  }
  await replaceSpans(db, standingLens, moved)
  await writeCoverage(db, list, standingLens, deltas)
}

async function refreshInstitutions(db: Database, list: ListFacts, lens: number, changed: ReadonlyMap<number, StoredSpan[]>, places: ReadonlyMap<number, Place>): Promise<void> {
  const institutions = [...new Set([...changed.keys()].map((key) => pairOfKey(key).institution))]
  const byInstitution = await spansOfInstitutions(db, list.listId, lens, institutions)
  const old = await storedInstitutionSpans(db, list.listId, lens, institutions)
  const moved = new Map<number, StoredSpan[]>()
  const deltas: Deltas = new Map()
  for (const institution of institutions) {
    const before = old.get(institution) ?? []
    const after = institutionFrom([...(byInstitution.get(institution)?.values() ?? [])])
    const place = places.get(institution)
    if (!place || sameSpans(before, after)) continue
    moved.set(institution, after)
    addSpanDeltas(deltas, lens, anyDrug, place, before, [], -1)
    addSpanDeltas(deltas, lens, anyDrug, place, after, [], 1)
  }
  await replaceInstitutionSpans(db, list.listId, lens, moved)
  await writeCoverage(db, list, lens, deltas)
}

async function storedInstitutionSpans(db: Database, listId: number, lens: number, institutions: readonly number[]): Promise<Map<number, StoredSpan[]>> {
  const rows = await rowsOf<{ institution: number; from: Day; to: Day; state: number }>(db, sql`
    select institution_id as institution, from_day::text as from, to_day::text as to, state from institution_span
    where institution_id = any(${arrayOf('int', institutions)}) and list_id = ${listId} and lens = ${lens} order by institution_id, from_day`)
  const result = new Map<number, StoredSpan[]>()
  for (const row of rows) {
    const spans = result.get(row.institution) ?? []
    spans.push({ from: row.from, to: row.to, state: row.state, report: 0, line: null })
    result.set(row.institution, spans)
  }
  return result
}

/** Replaces the maintained spans of institutions under a lens. */
export async function replaceInstitutionSpans(db: Database, listId: number, lens: number, spans: ReadonlyMap<number, readonly StoredSpan[]>): Promise<void> {
  if (spans.size === 0) return
  await db.execute(sql`delete from institution_span where institution_id = any(${arrayOf('int', [...spans.keys()])}) and list_id = ${listId} and lens = ${lens}`)
  const rows = [...spans].flatMap(([institution, own]) => own.map((span) => ({ institution, ...span })))
  for (let at = 0; at < rows.length; at += 20_000) {
    const some = rows.slice(at, at + 20_000)
    await db.execute(sql`
      insert into institution_span (institution_id, list_id, lens, from_day, to_day, state)
      select i, ${listId}::int, ${lens}::smallint, f, t, s from unnest(${arrayOf('int', some.map((row) => row.institution))},
        ${arrayOf('date', some.map((row) => row.from))}, ${arrayOf('date', some.map((row) => row.to))}, ${arrayOf('smallint', some.map((row) => row.state))}) as n(i, f, t, s)`)
  }
}

function effectOn(day: Day, changed: ReadonlyMap<number, StoredSpan[]>, old: ReadonlyMap<number, StoredSpan[]>): Effect {
  const stocked = (spans: readonly StoredSpan[]) => spans.some((span) => span.from <= day && day < span.to && span.state === inStock)
  const effect = { pairsEntered: 0, pairsLeft: 0 }
  for (const [key, spans] of changed) {
    const before = stocked(old.get(key) ?? [])
    const after = stocked(spans)
    if (after && !before) effect.pairsEntered += 1
    if (before && !after) effect.pairsLeft += 1
  }
  return effect
}
