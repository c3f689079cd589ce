import { sql } from 'drizzle-orm'
import { institutionSpans, pairSpans, standingSpans, supplySpans, type Snapshot, type Span } from '@lastmile/shared/chain'
import { earlierDay, laterDay, type Day } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, lensCodes, standingCodes, stateCodes, type Lens } from '../schema/codes.js'
import type { Facts } from './facts.js'
import { only } from './facts.js'
import type { ListFacts } from './list-facts.js'
import { pairKey, pairOfKey } from './pair.js'
import type { Place } from './places.js'
import { coveringTest, type KnownReport } from './reports-known.js'

/** A span as stored: its state (or standing) is a code. */
export interface StoredSpan {
  from: Day
  to: Day
  state: number
  report: number
  line: number | null
}

export const standingLens = lensCodes.code('standing')
export const eligibleLens = lensCodes.code('eligible')

/** The spans that facts make, for one kind of evidence, by pair key. Pairs without a place (not in a master) have none. */
export function spansFromFacts(list: ListFacts, evidence: number, facts: Facts, reports: readonly KnownReport[], places: ReadonlyMap<number, Place>, since: Day = list.inForce): Map<number, StoredSpan[]> {
  const result = new Map<number, StoredSpan[]>()
  if (evidenceCodes.word(evidence) === 'supplied') {
    for (const [key, events] of facts.events) {
      if (!places.has(pairOfKey(key).institution)) continue
      const spans = supplySpans(events, since)
      if (spans.length > 0) result.set(key, spans.map(storedSpan))
    }
    return result
  }
  const covering = reports.filter((report) => report.mode === 'snapshot')
    .map((report) => ({ report, covers: coveringTest(report.scope, list.drugCodes, list.unitCodes, kinds) }))
  for (const [key, sayings] of facts.sayings) {
    const { institution, drug } = pairOfKey(key)
    const place = places.get(institution)
    const freshnessDays = list.drugs.get(drug)?.freshnessDays
    if (!place || freshnessDays === undefined) continue
    const sources = new Set(sayings.map((saying) => saying.source))
    const snapshots: Snapshot[] = []
    for (const { report, covers } of covering) {
      if (sources.has(report.source) && covers(drug, place)) snapshots.push({ source: report.source, report: report.id, asOf: report.asOf, order: report.order })
    }
    const spans = pairSpans(sayings, snapshots, freshnessDays, place)
    if (spans.length > 0) result.set(key, spans.map(storedSpan))
  }
  return result
}

/** What three kinds of evidence together say of a pair while its institution is open, as stored spans: a sale stays seen, a closed institution stands nowhere. */
export function standingFrom(byLens: ReadonlyMap<Lens, readonly StoredSpan[]>, place: Place | undefined): StoredSpan[] {
  const of = (lens: Lens): Span[] => (byLens.get(lens) ?? []).map((span) => ({ ...span, state: stateCodes.word(span.state) }))
  return standingSpans(of('declared'), of('confirmed'), of('supplied'))
    .map((span) => ({ from: place?.opened ? laterDay(span.from, place.opened) : span.from, to: place?.closed ? earlierDay(span.to, place.closed) : span.to, state: standingCodes.code(span.standing), report: 0, line: null }))
    .filter((span) => span.from < span.to)
}

/** The state of an institution over its drugs, as stored spans. */
export function institutionFrom(drugs: readonly (readonly StoredSpan[])[]): StoredSpan[] {
  const words = drugs.map((spans) => spans.map((span) => ({ ...span, state: stateCodes.word(span.state) })))
  return institutionSpans(words).map((span) => ({ from: span.from, to: span.to, state: stateCodes.code(span.state), report: 0, line: null }))
}

/** The maintained spans of some pairs under some lenses: lens → pair key → spans in order. */
export async function storedSpans(db: Database, lenses: readonly number[], pairs: readonly number[]): Promise<Map<number, Map<number, StoredSpan[]>>> {
  const result = new Map<number, Map<number, StoredSpan[]>>(lenses.map((lens) => [lens, new Map()]))
  if (pairs.length === 0) return result
  const rows = await rowsOf<{ institution: number; drug: number; lens: number; from: Day; to: Day; state: number; report: number; line: number | null }>(db, sql`
    select s.institution_id as institution, s.drug_id as drug, s.lens, s.from_day::text as from, s.to_day::text as to, s.state, s.report_id as report, s.line
    from pair_span s ${only(pairs)} where s.lens = any(${arrayOf('smallint', lenses)})
    order by s.institution_id, s.drug_id, s.lens, s.from_day`)
  for (const row of rows) collect(result.get(row.lens)!, pairKey(row), row)
  return result
}

/** The maintained spans of some institutions over the drugs of a list, under one lens: institution → drug → spans. */
export async function spansOfInstitutions(db: Database, listId: number, lens: number, institutions: readonly number[]): Promise<Map<number, Map<number, StoredSpan[]>>> {
  const result = new Map<number, Map<number, StoredSpan[]>>()
  const rows = await rowsOf<{ institution: number; drug: number; from: Day; to: Day; state: number; report: number; line: number | null }>(db, sql`
    select s.institution_id as institution, s.drug_id as drug, s.from_day::text as from, s.to_day::text as to, s.state, s.report_id as report, s.line
    from pair_span s where s.institution_id = any(${arrayOf('int', institutions)}) and s.lens = ${lens}
      and s.drug_id in (select id from drug where list_id = ${listId})
    order by s.institution_id, s.drug_id, s.from_day`)
  for (const row of rows) {
    const drugs = result.get(row.institution) ?? new Map<number, StoredSpan[]>()
    result.set(row.institution, drugs)
    collect(drugs, row.drug, row)
  }
  return result
}

/** Replaces the maintained spans of pairs under a lens. */
export async function replaceSpans(db: Database, lens: number, spans: ReadonlyMap<number, readonly StoredSpan[]>): Promise<void> {
  const keys = [...spans.keys()]
  if (keys.length === 0) return
  const ids = keys.map(pairOfKey)
  await db.execute(sql`
    delete from pair_span s using unnest(${arrayOf('int', ids.map((id) => id.institution))}, ${arrayOf('int', ids.map((id) => id.drug))}) as p(i, d)
    where s.institution_id = p.i and s.drug_id = p.d and s.lens = ${lens}`)
  const rows = keys.flatMap((key) => spans.get(key)!.map((span) => ({ ...pairOfKey(key), ...span })))
  for (let at = 0; at < rows.length; at += 20_000) {
    const some = rows.slice(at, at + 20_000)
    await db.execute(sql`
      insert into pair_span (institution_id, drug_id, lens, from_day, to_day, state, report_id, line)
      select i, d, ${lens}::smallint, f, t, s, r, l from unnest(
        ${arrayOf('int', some.map((row) => row.institution))}, ${arrayOf('int', some.map((row) => row.drug))},
        ${arrayOf('date', some.map((row) => row.from))}, ${arrayOf('date', some.map((row) => row.to))},
        ${arrayOf('smallint', some.map((row) => row.state))}, ${arrayOf('int', some.map((row) => row.report))},
        ${arrayOf('int', some.map((row) => row.line))}) as n(i, d, f, t, s, r, l)`)
  }
}

/** True if two lists of spans say the same, report and line included. */
export function sameSpans(a: readonly StoredSpan[], b: readonly StoredSpan[]): boolean {
  return a.length === b.length && a.every((span, i) => {
    const other = b[i]!
    return span.from === other.from && span.to === other.to && span.state === other.state && span.report === other.report && span.line === other.line
  })
}

function storedSpan(span: Span): StoredSpan {
  return { from: span.from, to: span.to, state: stateCodes.code(span.state), report: span.report, line: span.line }
}

function collect(map: Map<number, StoredSpan[]>, key: number, row: StoredSpan): void {
  const span = { from: row.from, to: row.to, state: row.state, report: row.report, line: row.line }
  const spans = map.get(key)
  if (spans) spans.push(span)
  else map.set(key, [span])
}
