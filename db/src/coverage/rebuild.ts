import { sql } from 'drizzle-orm'
import type { Database } from '../database.js'
import { lenses } from '../schema/codes.js'
import { unpackCounts, width } from './counts.js'
import type { Deltas } from './deltas.js'
import { listFacts } from './list-facts.js'
import { pairKey } from './pair.js'
import { replaceInstitutionSpans } from './refresh.js'
import { replaceSpans, sameSpans, type StoredSpan } from './spans.js'
import { applyDeltas } from './timeline.js'
import { wholeDeltas, wholeSpans } from './whole.js'
import { nationSlot, writeCoverage } from './write-coverage.js'
import { rowsOf } from '../database.js'

/** Makes the spans and counts of a list anew from its statements: after a master, an eligibility file or an edition changed. */
export async function rebuildCoverage(db: Database, listId: number): Promise<void> {
  const list = await listFacts(db, listId)
  const whole = await wholeSpans(db, list, { knownOn: null })
  await db.execute(sql`delete from pair_span where drug_id in (select id from drug where list_id = ${listId})`)
  await db.execute(sql`delete from institution_span where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_city where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_unit where list_id = ${listId}`)
  for (const [lens, pairs] of whole.pairs) await replaceSpans(db, lens, pairs)
  for (const [lens, institutions] of whole.institutions) await replaceInstitutionSpans(db, listId, lens, institutions)
  for (const [lens, deltas] of wholeDeltas(whole)) await writeCoverage(db, list, lens, deltas)
}

/** A place where what is maintained is not what the statements say. */
export interface Discrepancy {
  what: 'span' | 'count'
  lens: string
  drug: number
  day: string
  detail: string
}

/**
 * Compares what is maintained with what the statements say, computed from scratch. An empty answer is the proof that
 * every figure shown is the figure counted. Reads only; lists at most `most` discrepancies.
 */
export async function verifyCoverage(db: Database, listId: number, most = 20): Promise<Discrepancy[]> {
  const list = await listFacts(db, listId)
  const whole = await wholeSpans(db, list, { knownOn: null })
  const found: Discrepancy[] = []
  for (const [lens, pairs] of whole.pairs) {
    found.push(...(await spanDiscrepancies(db, listId, lens, pairs)))
    found.push(...(await countDiscrepancies(db, listId, lens, wholeDeltas(whole).get(lens)!)))
    if (found.length >= most) break
  }
  return found.slice(0, most)
}

async function spanDiscrepancies(db: Database, listId: number, lens: number, expected: ReadonlyMap<number, StoredSpan[]>): Promise<Discrepancy[]> {
  const rows = await rowsOf<StoredSpan & { institution: number; drug: number }>(db, sql`
    select institution_id as institution, drug_id as drug, from_day::text as from, to_day::text as to, state, report_id as report, line
    from pair_span where lens = ${lens} and drug_id in (select id from drug where list_id = ${listId}) order by institution_id, drug_id, from_day`)
  const stored = new Map<number, StoredSpan[]>()
  for (const row of rows) {
    const spans = stored.get(pairKey(row)) ?? []
    spans.push({ from: row.from, to: row.to, state: row.state, report: row.report, line: row.line })
    stored.set(pairKey(row), spans)
  }
  const found: Discrepancy[] = []
  for (const key of new Set([...expected.keys(), ...stored.keys()])) {
    const a = expected.get(key) ?? []
    const b = stored.get(key) ?? []
    if (!sameSpans(a, b)) found.push({ what: 'span', lens: lenses[lens]!, drug: key, day: (a[0] ?? b[0])!.from, detail: `said ${JSON.stringify(a)}, stored ${JSON.stringify(b)}` })
  }
  return found
}

async function countDiscrepancies(db: Database, listId: number, lens: number, deltas: Deltas): Promise<Discrepancy[]> {
  const rows = await rowsOf<{ drug: number; day: string; counts: Uint8Array }>(db, sql`
    select drug_id as drug, day::text as day, counts from coverage_by_unit where list_id = ${listId} and lens = ${lens} order by drug_id, day`)
  const found: Discrepancy[] = []
  for (const drug of new Set([...deltas.keys(), ...rows.map((row) => row.drug)])) {
    const slotDeltas = (deltas.get(drug) ?? []).flatMap(({ day, place, counter, n }) => [
      { day, slot: nationSlot, counter, n }, ...(place.unitSlot === null ? [] : [{ day, slot: place.unitSlot, counter, n }])])
    const expected = applyDeltas([], slotDeltas)
    const stored = rows.filter((row) => row.drug === drug)
    for (const day of new Set([...expected.map((row) => row.day), ...stored.map((row) => row.day)])) {
      const said = expected.findLast((row) => row.day <= day)?.after ?? new Int32Array(0)
      const counted = unpackCounts(stored.findLast((row) => row.day <= day)?.counts ?? new Uint8Array(0))
      const wrong = additiveDifference(said, counted)
      if (wrong !== null) found.push({ what: 'count', lens: lenses[lens]!, drug, day, detail: `slot ${Math.floor(wrong / width)}, counter ${wrong % width}: said ${said[wrong] ?? 0}, stored ${counted[wrong] ?? 0}` })
    }
  }
  return found
}

/** The first counter that differs, city counters left out: those are derived while writing. */
function additiveDifference(a: Int32Array, b: Int32Array): number | null {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (i % width < 30 && (a[i] ?? 0) !== (b[i] ?? 0)) return i
  }
  return null
}
