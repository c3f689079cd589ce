import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { ensureCitySlots, slotKey, type CitySlot } from './city-slots.js'
import { citiesEligibleStocked, citiesStocked, countAt, eligibleStocked, packCounts, stockedAt, type Counts } from './counts.js'
import type { Delta, Deltas } from './deltas.js'
import type { ListFacts } from './list-facts.js'
import { standingLens } from './spans.js'
import { applyDeltas, timelineOf, type SlotDelta, type TimelineRow } from './timeline.js'

/** Slot of the whole region set in `coverage_by_unit`. */
export const nationSlot = 0

/**
 * Carries changes into the maintained counts: city rows first, whose 0 ↔ 1 transitions change the distinct cities of
 * units and of the whole, then unit rows. Drugs and areas are taken in a fixed order, so that two reports cannot
 * wait for each other in a circle.
 */
export async function writeCoverage(db: Database, list: ListFacts, lens: number, deltas: Deltas): Promise<void> {
  const drugs = [...deltas.keys()].filter((drug) => deltas.get(drug)!.length > 0).sort((a, b) => a - b)
  if (drugs.length === 0) return
  const slots = await ensureCitySlots(db, placesIn(deltas))
  const cityTimelines = await loadCityTimelines(db, list.listId, lens, deltas)
  const unitTimelines = await loadUnitTimelines(db, list.listId, lens, deltas)
  const cityRows: { drug: number; area: number; day: Day; counts: Counts }[] = []
  const unitRows: { drug: number; day: Day; counts: Counts }[] = []
  for (const drug of drugs) {
    const { cities, units } = rowsAfter(list, lens, deltas.get(drug)!, slots, (area) => cityTimelines.get(`${drug}/${area}`) ?? [], unitTimelines.get(drug) ?? [])
    for (const [area, rows] of cities) for (const row of rows) cityRows.push({ drug, area, day: row.day, counts: row.after })
    for (const row of units) unitRows.push({ drug, day: row.day, counts: row.after })
  }
  await saveCityRows(db, list.listId, lens, cityRows)
  await saveUnitRows(db, list.listId, lens, unitRows)
}

/**
 * The rows of one drug after changes: by area those of its cities, and those of units and the whole, whose distinct
 * cities follow from the city rows. From empty timelines and whole spans it makes every row from scratch.
 */
export function rowsAfter(list: ListFacts, lens: number, own: readonly Delta[], slots: ReadonlyMap<number, readonly CitySlot[]>, cityTimeline: (area: number) => readonly TimelineRow[], unitTimeline: readonly TimelineRow[]) {
  const unitSlotOf = new Map(list.units.map((unit) => [unit.id, unit.slot]))
  const unitDeltas: SlotDelta[] = []
  for (const { day, place, counter, n } of own) {
    unitDeltas.push({ day, slot: nationSlot, counter, n })
    if (place.unitSlot !== null) unitDeltas.push({ day, slot: place.unitSlot, counter, n })
  }
  const cities = new Map<number, ReturnType<typeof applyDeltas>>()
  for (const [area, areaDeltas] of byArea(own, slots)) {
    const rows = applyDeltas(cityTimeline(area), areaDeltas)
    cities.set(area, rows)
    if (lens !== standingLens) unitDeltas.push(...cityTransitions(rows, slots.get(area)!, unitSlotOf))
  }
  return { cities, units: applyDeltas(unitTimeline, unitDeltas) }
}

/** Where changes take place. */
export function* placesIn(deltas: Deltas) {
  for (const own of deltas.values()) for (const delta of own) yield delta.place
}

function byArea(deltas: readonly Delta[], slots: ReadonlyMap<number, readonly CitySlot[]>): Map<number, SlotDelta[]> {
  const slotOf = new Map<string, number>()
  for (const own of slots.values()) for (const one of own) slotOf.set(slotKey(one.city, one.unit), one.slot)
  const result = new Map<number, SlotDelta[]>()
  for (const { day, place, counter, n } of deltas) {
    if (place.city === null || place.area === null || place.unit === null) continue
    const own = result.get(place.area) ?? []
    own.push({ day, slot: slotOf.get(slotKey(place.city, place.unit))!, counter, n })
    result.set(place.area, own)
  }
  return new Map([...result].sort(([a], [b]) => a - b))
}

/** How the distinct cities of units and of the whole move, from the rows of one area before and after. */
function cityTransitions(rows: readonly { day: Day; before: Counts; after: Counts }[], slots: readonly CitySlot[], unitSlotOf: ReadonlyMap<number, number>): SlotDelta[] {
  const result: SlotDelta[] = []
  for (const [counter, has] of [[citiesStocked, stockedAt], [citiesEligibleStocked, eligibleStockedAt]] as const) {
    const carried = new Map<number, number>()
    for (const row of rows) {
      const before = distinctCities(row.before, slots, unitSlotOf, has)
      const after = distinctCities(row.after, slots, unitSlotOf, has)
      for (const [slot, now] of after) {
        const moved = now - (before.get(slot) ?? 0)
        const n = moved - (carried.get(slot) ?? 0)
        if (n !== 0) result.push({ day: row.day, slot, counter, n })
        carried.set(slot, moved)
      }
    }
  }
  return result
}

/** Distinct cities by unit slot, and over all units under the nation's slot: a city shared by two units counts once there. */
function distinctCities(counts: Counts, slots: readonly CitySlot[], unitSlotOf: ReadonlyMap<number, number>, has: (counts: Counts, slot: number) => number): Map<number, number> {
  const result = new Map<number, number>([[nationSlot, 0]])
  const seen = new Set<number>()
  for (const { slot, city, unit } of slots) {
    const unitSlot = unitSlotOf.get(unit)!
    const one = has(counts, slot) > 0 ? 1 : 0
    result.set(unitSlot, (result.get(unitSlot) ?? 0) + one)
    if (one === 1) seen.add(city)
  }
  result.set(nationSlot, seen.size)
  return result
}

function eligibleStockedAt(counts: Counts, slot: number): number {
  return countAt(counts, slot, eligibleStocked) + countAt(counts, slot, eligibleStocked + 1) + countAt(counts, slot, eligibleStocked + 2)
}

async function loadUnitTimelines(db: Database, listId: number, lens: number, deltas: Deltas): Promise<Map<number, TimelineRow[]>> {
  const drugs = [...deltas].filter(([, own]) => own.length > 0)
  const rows = await rowsOf<{ drug: number; day: Day; counts: Uint8Array }>(db, sql`
    select c.drug_id as drug, c.day::text as day, c.counts
    from unnest(${arrayOf('int', drugs.map(([drug]) => drug))}, ${arrayOf('date', drugs.map(([, own]) => firstDay(own)))}) as p(d, first)
    join coverage_by_unit c on c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = p.d
      and c.day >= coalesce((select max(x.day) from coverage_by_unit x where x.list_id = ${listId} and x.lens = ${lens} and x.drug_id = p.d and x.day <= p.first), p.first)`)
  return groupTimelines(rows, (row) => row.drug)
}

async function loadCityTimelines(db: Database, listId: number, lens: number, deltas: Deltas): Promise<Map<string, TimelineRow[]>> {
  const firsts = new Map<string, { drug: number; area: number; first: Day }>()
  for (const [drug, own] of deltas) {
    for (const { place, day } of own) {
      if (place.area === null || place.city === null) continue
      const key = `${drug}/${place.area}`
      const known = firsts.get(key)
      if (!known) firsts.set(key, { drug, area: place.area, first: day })
      else if (day < known.first) known.first = day
    }
  }
  const wanted = [...firsts.values()]
  const rows = await rowsOf<{ drug: number; area: number; day: Day; counts: Uint8Array }>(db, sql`
    select c.drug_id as drug, c.area_id as area, c.day::text as day, c.counts
    from unnest(${arrayOf('int', wanted.map((one) => one.drug))}, ${arrayOf('int', wanted.map((one) => one.area))}, ${arrayOf('date', wanted.map((one) => one.first))}) as p(d, a, first)
    join coverage_by_city c on c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = p.d and c.area_id = p.a
      and c.day >= coalesce((select max(x.day) from coverage_by_city x where x.list_id = ${listId} and x.lens = ${lens} and x.drug_id = p.d and x.area_id = p.a and x.day <= p.first), p.first)`)
  return groupTimelines(rows, (row) => `${row.drug}/${row.area}`)
}

async function saveUnitRows(db: Database, listId: number, lens: number, rows: readonly { drug: number; day: Day; counts: Counts }[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 2_000) {
    const some = rows.slice(at, at + 2_000)
    await db.execute(sql`
      insert into coverage_by_unit (list_id, lens, drug_id, day, counts)
      select ${listId}::int, ${lens}::smallint, d, y, c from unnest(${arrayOf('int', some.map((row) => row.drug))},
        ${arrayOf('date', some.map((row) => row.day))}, ${bytesArray(some.map((row) => packCounts(row.counts)))}) as n(d, y, c)
      on conflict (list_id, lens, drug_id, day) do update set counts = excluded.counts`)
  }
}

async function saveCityRows(db: Database, listId: number, lens: number, rows: readonly { drug: number; area: number; day: Day; counts: Counts }[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 5_000) {
    const some = rows.slice(at, at + 5_000)
    await db.execute(sql`
      insert into coverage_by_city (list_id, lens, drug_id, area_id, day, counts)
      select ${listId}::int, ${lens}::smallint, d, a, y, c from unnest(${arrayOf('int', some.map((row) => row.drug))}, ${arrayOf('int', some.map((row) => row.area))},
        ${arrayOf('date', some.map((row) => row.day))}, ${bytesArray(some.map((row) => packCounts(row.counts)))}) as n(d, a, y, c)
      on conflict (list_id, lens, drug_id, area_id, day) do update set counts = excluded.counts`)
  }
}

function firstDay(deltas: readonly Delta[]): Day {
  return deltas.reduce((first, delta) => (delta.day < first ? delta.day : first), deltas[0]!.day)
}

function groupTimelines<Key, Row extends { day: Day; counts: Uint8Array }>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, TimelineRow[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return new Map([...groups].map(([key, group]) => [key, timelineOf(group)]))
}
