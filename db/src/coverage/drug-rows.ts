import { sql } from 'drizzle-orm'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { width } from './counts.js'
import { timelineOf, type Timeline, type TimelineRow } from './timeline.js'

/** Which rows of `coverage_by_drug`: of one drug (0: any) in one area (0: the whole; see `homeOf`). */
export interface DrugArea {
  drug: number
  area: number
}

/** The timelines that a drug's rows in an area hold: of the unit that is at home there (or the whole), and of the area's cities. */
export interface AreaTimelines {
  own: Timeline | null
  cities: Timeline | null
}

interface StoredRow {
  from: number
  own: Uint8Array
  cities: Uint8Array
}

/** Keys a drug and an area. */
export function drugAreaKey({ drug, area }: DrugArea): string {
  return `${drug}/${area}`
}

/** What is stored from the last row on or before a day on: all that changes from that day on touch. */
export async function loadDrugRows(db: Database, listId: number, lens: number, wanted: readonly (DrugArea & { first: number; citySlots: number })[]): Promise<Map<string, AreaTimelines>> {
  const rows = await rowsOf<StoredRow & DrugArea>(db, sql`
    select c.drug_id as drug, c.area_id as area, c.from_day as from, c.own, c.cities
    from unnest(${arrayOf('int', wanted.map((one) => one.drug))}, ${arrayOf('int', wanted.map((one) => one.area))}, ${arrayOf('int', wanted.map((one) => one.first))}) as p(d, a, first)
    join coverage_by_drug c on c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = p.d and c.area_id = p.a and c.from_day >= coalesce((
      select max(x.from_day) from coverage_by_drug x where x.list_id = ${listId} and x.lens = ${lens} and x.drug_id = p.d and x.area_id = p.a and x.from_day <= p.first), p.first)
    order by c.drug_id, c.area_id, c.from_day`)
  const byKey = new Map<string, StoredRow[]>()
  for (const row of rows) {
    const own = byKey.get(drugAreaKey(row))
    if (own) own.push(row)
    else byKey.set(drugAreaKey(row), [row])
  }
  return new Map(wanted.flatMap((one) => {
    const stored = byKey.get(drugAreaKey(one))
    return stored ? [[drugAreaKey(one), areaTimelines(stored, one.citySlots)] as const] : []
  }))
}

/** All that is stored of a drug under a lens, by area. */
export async function allDrugRows(db: Database, listId: number, lens: number, drug: number, citySlots: number): Promise<Map<number, AreaTimelines>> {
  const rows = await rowsOf<StoredRow & { area: number }>(db, sql`
    select area_id as area, from_day as from, own, cities from coverage_by_drug where list_id = ${listId} and lens = ${lens} and drug_id = ${drug} order by area_id, from_day`)
  return new Map([...new Set(rows.map((row) => row.area))].map((area) => [area, areaTimelines(rows.filter((row) => row.area === area), citySlots)]))
}

function areaTimelines(rows: readonly StoredRow[], citySlots: number): AreaTimelines {
  return {
    own: timelineOf(rows.map(({ from, own }) => ({ from, bytes: own })), width),
    cities: timelineOf(rows.map(({ from, cities }) => ({ from, bytes: cities })), citySlots * width),
  }
}

/** Writes rows in the place of all that is stored of their drugs and areas from a day on. */
export async function replaceDrugRows(db: Database, listId: number, lens: number, all: readonly (DrugArea & { from: number; rows: readonly TimelineRow[] })[]): Promise<void> {
  await db.execute(sql`
    delete from coverage_by_drug c using unnest(${arrayOf('int', all.map((one) => one.drug))}, ${arrayOf('int', all.map((one) => one.area))}, ${arrayOf('int', all.map((one) => one.from))}) as g(d, a, f)
    where c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = g.d and c.area_id = g.a and c.from_day >= g.f`)
  const rows = all.flatMap(({ drug, area, rows: own }) => own.map(({ from, parts }) => ({ drug, area, from, own: parts[0]!, cities: parts[1]! })))
  for (let at = 0; at < rows.length; at += 5_000) {
    const some = rows.slice(at, at + 5_000)
    await db.execute(sql`
      insert into coverage_by_drug (list_id, lens, drug_id, area_id, from_day, own, cities)
      select ${listId}::int, ${lens}::smallint, d, a, f, o, c from unnest(${arrayOf('int', some.map((row) => row.drug))}, ${arrayOf('int', some.map((row) => row.area))},
        ${arrayOf('int', some.map((row) => row.from))}, ${bytesArray(some.map((row) => row.own))}, ${bytesArray(some.map((row) => row.cities))}) as n(d, a, f, o, c)`)
  }
}

/** The counts of an area's unit (or the whole) or of its cities from the row that answers for `from` until `to`. Null where nothing was ever counted. */
export async function drugTimeline(db: Database, listId: number, lens: number, { drug, area }: DrugArea, of: 'own' | 'cities', from: number, to: number, slots: number): Promise<Timeline | null> {
  const rows = sql`select from_day as from, ${sql.identifier(of)} as bytes from coverage_by_drug where list_id = ${listId} and lens = ${lens} and drug_id = ${drug} and area_id = ${area}`
  const found = await rowsOf<{ from: number; bytes: Uint8Array }>(db, sql`
    (${rows} and from_day <= ${from} order by from_day desc limit 1) union all (${rows} and from_day > ${from} and from_day <= ${to} order by from_day)`)
  return timelineOf(found.sort((a, b) => a.from - b.from), slots * width)
}
