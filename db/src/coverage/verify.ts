import { sql } from 'drizzle-orm'
import { dayOfNumber } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'
import { lenses } from '../schema/codes.js'
import { width } from './counts.js'
import { anyDrug, Difference } from './difference.js'
import { partAt, waitingOf } from './far-ahead.js'
import { joinSpans } from './from-facts.js'
import { emptyHolding, loadHoldings, type Holding } from './holding.js'
import { evidenceLenses } from './lens.js'
import { listFacts, type ListFacts } from './list-facts.js'
import { contribute } from './recompute.js'
import type { Fresh } from './merge.js'
import { timelineOf, type DayChanges, type PackedCells, type Timeline } from './timeline.js'
import { Tallies, type Tally } from './tally.js'
import { beginning, sameDays, spansSince } from './view.js'
import { wholeHoldings, type WholeHolding } from './whole.js'
import { carryCities, carryUnits, changesOf, unitCells } from './write-coverage.js'

/** A place where what is maintained is not what the statements say. */
export interface Discrepancy {
  what: 'pair' | 'count' | 'city_count'
  lens: string
  /** Narrow id; 0 where institutions are counted over their drugs. */
  drug: number
  day: string
  detail: string
}

/** Drugs whose counts are in memory together. */
const drugsAtOnce = 50

/**
 * Compares what is maintained with what the statements say, computed from scratch: what is known of each pair, past and
 * present, and the counts of units and of cities, distinct cities among them. An empty answer is the proof that every
 * figure shown is the figure counted. Reads only; lists at most `most` discrepancies.
 */
export async function verifyCoverage(db: Database, listId: number, most = 20): Promise<Discrepancy[]> {
  const list = await listFacts(db, listId)
  const found: Discrepancy[] = []
  const drugs = [...list.drugs.keys()]
  for (let at = 0; at < Math.max(1, drugs.length); at += drugsAtOnce) {
    // Over all drugs, institutions are counted in the first round.
    const wanted = new Set([...drugs.slice(at, at + drugsAtOnce), ...(at === 0 ? [anyDrug] : [])])
    const difference = new Difference()
    for await (const batch of wholeHoldings(db, list, { knownOn: null })) {
      if (at === 0) found.push(...(await pairDiscrepancies(db, list, batch)))
      for (const holding of batch) contribute({ list, difference, wanted }, holding, holding.place, 1)
    }
    found.push(...(await countDiscrepancies(db, list, difference, wanted)))
    if (found.length >= most) break
  }
  return found.slice(0, most)
}

async function pairDiscrepancies(db: Database, list: ListFacts, batch: readonly WholeHolding[]): Promise<Discrepancy[]> {
  const stored = await loadHoldings(db, list.listId, batch.map((one) => one.institution), { from: beginning, to: -beginning })
  return batch.flatMap((said) => {
    const kept = stored.get(said.institution) ?? emptyHolding(said.institution)
    const drugs = new Set([...said.pairs, ...kept.pairs].map((pair) => pair.drug).concat([...said.filed.keys(), ...kept.filed.keys()]))
    return [...drugs].flatMap((drug) => pairDiscrepancy(list, said, kept, drug))
  })
}

function pairDiscrepancy(list: ListFacts, said: WholeHolding, kept: Holding, drug: number): Discrepancy[] {
  const { freshnessDays } = list.drugs.get(drug)!
  const of = (holding: Holding) => {
    const pair = holding.pairs.find((one) => one.drug === drug) ?? null
    const spans = evidenceLenses.map((lens) => joinSpans(spansSince(pair, lens, holding.past, beginning, freshnessDays, said.place)))
    return { spans, firstDeclared: pair?.firstDeclared ?? null, firstNamed: pair?.firstNamed ?? null }
  }
  const [expected, actual] = [of(said), of(kept)]
  const found: Discrepancy[] = []
  evidenceLenses.forEach((lens, i) => {
    const [a, b] = [JSON.stringify(expected.spans[i]), JSON.stringify(actual.spans[i])]
    if (a !== b) found.push({ what: 'pair', lens: lenses[lens]!, drug, day: dayOfNumber((expected.spans[i]![0] ?? actual.spans[i]![0])!.from), detail: `institution ${said.institution}: said ${a}, stored ${b}` })
  })
  const [a, b] = [expected, actual].map(({ firstDeclared, firstNamed }) => JSON.stringify({ firstDeclared, firstNamed }))
  if (a !== b) found.push({ what: 'pair', lens: 'standing', drug, day: '', detail: `institution ${said.institution}: said ${a}, stored ${b}` })
  if (!sameDays(said.filed.get(drug) ?? [], kept.filed.get(drug) ?? [])) found.push({ what: 'pair', lens: 'eligible', drug, day: '', detail: `institution ${said.institution}: days of eligibility differ` })
  return found
}

async function countDiscrepancies(db: Database, list: ListFacts, difference: Difference, wanted: ReadonlySet<number>): Promise<Discrepancy[]> {
  const slots = await difference.places.lookUp(db)
  const found: Discrepancy[] = []
  for (const lens of lenses.keys()) {
    for (const drug of wanted) {
      const own = sql`list_id = ${list.listId} and lens = ${lens} and drug_id = ${drug}`
      const whole = difference.tallies.lenses().get(lens)?.get(drug)
      const { near: tally, far } = whole ? partAt(whole, list.countedTo) : { near: undefined, far: undefined }
      found.push(...waitingDiscrepancies(lens, drug, far, await waitingOf(db, list.listId, lens, drug, difference.places)))
      const { cities, units } = tally !== undefined ? changesOf(drug, tally, difference.places) : { cities: new Map<number, Fresh>(), units: new Map() as Fresh }
      const said = new Map([...cities].sort(([a], [b]) => a - b).map(([area, fresh]) => [area, carryCities(null, fresh, slots.get(area)!, list, lens, units)]))
      const cityRows = await rowsOf<{ area: number; from: number } & PackedCells>(db, sql`
        select area_id as area, from_day as from, cities as near, cities_ahead as ahead from coverage_by_city where ${own} order by area_id, from_day`)
      for (const area of new Set([...said.keys(), ...cityRows.map((row) => row.area)])) {
        const stored = timelineOf(cityRows.filter((row) => row.area === area).map(({ from, near, ahead }) => ({ from, parts: [{ near, ahead }] })), 10_000 * width)
        found.push(...compareCounts('city_count', lens, drug, `area ${area}, `, said.get(area) ?? null, stored))
      }
      const unitRows = await rowsOf<{ from: number; whole: Uint8Array; wholeAhead: Uint8Array; units: Uint8Array; unitsAhead: Uint8Array }>(db, sql`
        select from_day as from, whole, whole_ahead as "wholeAhead", units, units_ahead as "unitsAhead" from coverage_by_unit where ${own} order by from_day`)
      const stored = timelineOf(unitRows.map((row) => ({ from: row.from, parts: [{ near: row.whole, ahead: row.wholeAhead }, { near: row.units, ahead: row.unitsAhead }] })), unitCells(list))
      found.push(...compareCounts('count', lens, drug, '', tally ? carryUnits(null, units, list, lens) : null, stored))
    }
  }
  return found
}

/** The first change far ahead that does not wait as it should. */
function waitingDiscrepancies(lens: number, drug: number, said: Tally | undefined, stored: Tally): Discrepancy[] {
  const left = new Tallies().of(lens, drug)
  said?.each((day, cell, n) => left.add(day, cell, n))
  stored.each((day, cell, n) => left.add(day, cell, -n))
  const found: Discrepancy[] = []
  left.each((day, cell, n) => {
    if (found.length === 0) found.push({ what: 'count', lens: lenses[lens]!, drug, day: dayOfNumber(day), detail: `far ahead, place ${Math.floor(cell / width)} counter ${cell % width}: ${n} more said than stored` })
  })
  return found
}

/** The first difference between two timelines: both begin with nothing. */
function compareCounts(what: 'count' | 'city_count', lens: number, drug: number, where: string, said: Timeline | null, stored: Timeline | null): Discrepancy[] {
  const told = (timeline: Timeline | null) => new Map((timeline?.days ?? []).map((one) => [one.day, changesTold(one)]))
  const [a, b] = [told(said), told(stored)]
  if (stored?.base.some((count) => count !== 0)) b.set(stored.from, `begins with counts already; ${b.get(stored.from) ?? ''}`)
  for (const day of [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y)) {
    if (a.get(day) === b.get(day)) continue
    return [{ what, lens: lenses[lens]!, drug, day: dayOfNumber(day), detail: `${where}said ${a.get(day) ?? 'nothing'}, stored ${b.get(day) ?? 'nothing'}` }]
  }
  return []
}

function changesTold(one: DayChanges): string {
  return one.cells.map((cell, i) => `slot ${Math.floor(cell / width)} counter ${cell % width}: ${one.changes[i]! > 0 ? '+' : ''}${one.changes[i]}`).join(', ')
}
