import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { lenses } from '../schema/codes.js'
import { citySlotsFor, type CitySlot } from './city-slots.js'
import { unpackCounts, width, type Counts } from './counts.js'
import type { Deltas } from './deltas.js'
import { listFacts, type ListFacts } from './list-facts.js'
import { pairKey } from './pair.js'
import { sameSpans, type StoredSpan } from './spans.js'
import { timelineOf, type TimelineRow } from './timeline.js'
import { wholeDeltas, wholeSpans } from './whole.js'
import { placesIn, rowsAfter } from './write-coverage.js'

/** A place where what is maintained is not what the statements say. */
export interface Discrepancy {
  what: 'span' | 'institution' | 'count' | 'city_count'
  lens: string
  /** Drug, pair key or, for an institution over its drugs, the institution. */
  drug: number
  day: string
  detail: string
}

/**
 * Compares what is maintained with what the statements say, computed from scratch: the spans of pairs and of
 * institutions, the counts of units and of cities, distinct cities among them. An empty answer is the proof that every
 * figure shown is the figure counted. Reads only; lists at most `most` discrepancies.
 */
export async function verifyCoverage(db: Database, listId: number, most = 20): Promise<Discrepancy[]> {
  const list = await listFacts(db, listId)
  const whole = await wholeSpans(db, list, { knownOn: null })
  const deltas = wholeDeltas(whole)
  const found: Discrepancy[] = []
  for (const [lens, pairs] of whole.pairs) {
    found.push(...compareSpans('span', lens, pairs, await storedPairs(db, listId, lens)))
    found.push(...compareSpans('institution', lens, whole.institutions.get(lens) ?? new Map(), await storedInstitutions(db, listId, lens)))
    found.push(...(await countDiscrepancies(db, list, lens, deltas.get(lens)!)))
    if (found.length >= most) break
  }
  return found.slice(0, most)
}

async function storedPairs(db: Database, listId: number, lens: number): Promise<Map<number, StoredSpan[]>> {
  const rows = await rowsOf<StoredSpan & { institution: number; drug: number }>(db, sql`
    select institution_id as institution, drug_id as drug, from_day::text as from, to_day::text as to, state, report_id as report, line
    from pair_span where lens = ${lens} and drug_id in (select id from drug where list_id = ${listId}) order by institution_id, drug_id, from_day`)
  return grouped(rows, pairKey, ({ from, to, state, report, line }) => ({ from, to, state, report, line }))
}

async function storedInstitutions(db: Database, listId: number, lens: number): Promise<Map<number, StoredSpan[]>> {
  const rows = await rowsOf<Pick<StoredSpan, 'from' | 'to' | 'state'> & { institution: number }>(db, sql`
    select institution_id as institution, from_day::text as from, to_day::text as to, state
    from institution_span where list_id = ${listId} and lens = ${lens} order by institution_id, from_day`)
  return grouped(rows, (row) => row.institution, ({ from, to, state }) => ({ from, to, state, report: 0, line: null }))
}

function compareSpans(what: 'span' | 'institution', lens: number, expected: ReadonlyMap<number, StoredSpan[]>, stored: ReadonlyMap<number, StoredSpan[]>): Discrepancy[] {
  const found: Discrepancy[] = []
  for (const key of new Set([...expected.keys(), ...stored.keys()])) {
    const a = expected.get(key) ?? []
    const b = stored.get(key) ?? []
    if (!sameSpans(a, b)) found.push({ what, lens: lenses[lens]!, drug: key, day: (a[0] ?? b[0])!.from, detail: `said ${JSON.stringify(a)}, stored ${JSON.stringify(b)}` })
  }
  return found
}

/** Drug by drug, so that the counts of one drug are in memory at a time, not those of a list. */
async function countDiscrepancies(db: Database, list: ListFacts, lens: number, deltas: Deltas): Promise<Discrepancy[]> {
  const { slots } = await citySlotsFor(db, placesIn(deltas))
  const stored = await rowsOf<{ drug: number }>(db, sql`
    select drug_id as drug from coverage_by_unit where list_id = ${list.listId} and lens = ${lens}
    union select drug_id from coverage_by_city where list_id = ${list.listId} and lens = ${lens}`)
  const found: Discrepancy[] = []
  for (const drug of new Set([...deltas.keys(), ...stored.map((row) => row.drug)])) found.push(...(await drugDiscrepancies(db, list, lens, drug, deltas, slots)))
  return found
}

async function drugDiscrepancies(db: Database, list: ListFacts, lens: number, drug: number, deltas: Deltas, slots: ReadonlyMap<number, CitySlot[]>): Promise<Discrepancy[]> {
  const own = sql`list_id = ${list.listId} and lens = ${lens} and drug_id = ${drug}`
  const unitRows = await rowsOf<{ day: string; counts: Uint8Array }>(db, sql`select day::text as day, counts from coverage_by_unit where ${own}`)
  const cityRows = await rowsOf<{ area: number; day: string; counts: Uint8Array }>(db, sql`select area_id as area, day::text as day, counts from coverage_by_city where ${own} order by day`)
  const cityStored = grouped(cityRows, (row) => row.area, ({ day, counts }) => ({ day, counts: unpackCounts(counts) }))
  const { cities, units } = rowsAfter(list, lens, deltas.get(drug) ?? [], slots, () => [], [])
  const said = (rows: typeof units): TimelineRow[] => rows.map(({ day, after }) => ({ day, counts: after }))
  const found = compareCounts('count', lens, drug, '', said(units), timelineOf(unitRows))
  for (const area of new Set([...cities.keys(), ...cityStored.keys()])) {
    found.push(...compareCounts('city_count', lens, drug, `area ${area}, `, said(cities.get(area) ?? []), cityStored.get(area) ?? []))
  }
  return found
}

/** The first counter that differs on each day on which one does. Both timelines are in order. */
function compareCounts(what: 'count' | 'city_count', lens: number, drug: number, where: string, expected: readonly TimelineRow[], stored: readonly TimelineRow[]): Discrepancy[] {
  const found: Discrepancy[] = []
  let said: Counts = new Int32Array(0)
  let counted: Counts = new Int32Array(0)
  let a = 0
  let b = 0
  while (a < expected.length || b < stored.length) {
    const days = [expected[a]?.day, stored[b]?.day].filter((one) => one !== undefined)
    const day = days.reduce((first, one) => (one < first ? one : first))
    if (expected[a]?.day === day) said = expected[a++]!.counts
    if (stored[b]?.day === day) counted = stored[b++]!.counts
    const wrong = firstDifference(said, counted)
    if (wrong !== null) {
      found.push({ what, lens: lenses[lens]!, drug, day, detail: `${where}slot ${Math.floor(wrong / width)}, counter ${wrong % width}: said ${said[wrong] ?? 0}, stored ${counted[wrong] ?? 0}` })
    }
  }
  return found
}

/** Reading beyond the end is zero. */
function firstDifference(a: Counts, b: Counts): number | null {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return i
  return null
}

function grouped<Row, Value>(rows: readonly Row[], keyOf: (row: Row) => number, valueOf: (row: Row) => Value): Map<number, Value[]> {
  const groups = new Map<number, Value[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(valueOf(row))
    else groups.set(key, [valueOf(row)])
  }
  return groups
}
