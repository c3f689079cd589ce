import { sql, type SQL } from 'drizzle-orm'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import type { CitySlot } from './city-slots.js'
import { citiesEligibleStocked, citiesStocked, eligibleStockedAt, stockedAt, unitsStocked, wholeSlot, width, type Counts } from './counts.js'
import type { ListFacts } from './list-facts.js'
import type { PlaceSlots } from './place-slots.js'
import { standingLens } from './lens.js'
import type { Tallies, Tally } from './tally.js'
import { nearUntil, partAt, putAhead, takeAhead } from './far-ahead.js'
import { addFresh, merge, type Fresh } from './merge.js'
import { cutRows, packRow, timelineOf, type PackedCells, type Timeline, type TimelineRow } from './timeline.js'

/** Drugs whose rows are in memory together. */
const drugsAtOnce = 100

/** Changes of one drug under one lens, as rows know them. */
export interface DrugChanges {
  drug: number
  /** By area: changes of the cells of its cities. */
  cities: Map<number, Fresh>
  /** Changes of the cells of the whole and of units. */
  units: Fresh
}

/**
 * Carries changes into the maintained counts: city rows first, whose 0 ↔ 1 transitions change the distinct cities of
 * units and of the whole, then the rows of units. Lenses, drugs and areas are taken in a fixed order, so that two
 * reports cannot wait for each other in a circle. `latest` is the day of the latest event behind the changes; changes of
 * days far behind it wait in `coverage_ahead` under `run`, and those that waited until now and have come near join.
 */
export async function writeCoverage(db: Database, list: ListFacts, tallies: Tallies, places: PlaceSlots, latest: number, run: number): Promise<void> {
  const until = await comeNear(db, list, tallies, places, latest)
  const slots = await places.ensure(db)
  const byLens = tallies.lenses()
  for (const lens of [...byLens.keys()].sort((a, b) => a - b)) {
    const parted = [...byLens.get(lens)!].map(([drug, tally]) => [drug, partAt(tally, until)] as const)
    await putAhead(db, list.listId, lens, run, new Map(parted.map(([drug, { far }]) => [drug, far])), places)
    const drugs = parted.map(([drug, { near }]) => [drug, near] as const).filter(([, tally]) => tally.size > 0).sort(([a], [b]) => a - b)
    for (let at = 0; at < drugs.length; at += drugsAtOnce) {
      const changes = drugs.slice(at, at + drugsAtOnce).map(([drug, tally]) => changesOf(drug, tally, places)).filter(({ units }) => units.size > 0)
      if (changes.length > 0) await writeDrugs(db, list, lens, changes, slots, latest)
    }
  }
}

/** Moves the last day that is near behind the latest event, and takes what has come near. Answers that day. */
async function comeNear(db: Database, list: ListFacts, tallies: Tallies, places: PlaceSlots, latest: number): Promise<number> {
  const [row] = await rowsOf<{ to: number }>(db, sql`select counted_to as to from list where id = ${list.listId}`)
  const until = Math.max(row!.to, nearUntil(latest))
  if (until > row!.to) {
    await takeAhead(db, list.listId, until, tallies, places)
    await db.execute(sql`update list set counted_to = ${until} where id = ${list.listId}`)
  }
  return until
}

/** What is added up of a drug, by the cells of rows. */
export function changesOf(drug: number, tally: Tally, places: PlaceSlots): DrugChanges {
  const cities = new Map<number, Fresh>()
  const units: Fresh = new Map()
  tally.each((day, cell, n) => {
    const place = places.slots[Math.floor(cell / width)]!
    const counter = cell % width
    addFresh(units, day, wholeSlot * width + counter, n)
    if (place.unitSlot !== null) addFresh(units, day, place.unitSlot * width + counter, n)
    if (place.area === null || place.citySlot === null) return
    let fresh = cities.get(place.area)
    if (!fresh) cities.set(place.area, (fresh = new Map()))
    addFresh(fresh, day, place.citySlot * width + counter, n)
  })
  return { drug, cities, units }
}

async function writeDrugs(db: Database, list: ListFacts, lens: number, changes: readonly DrugChanges[], slots: ReadonlyMap<number, readonly CitySlot[]>, latest: number): Promise<void> {
  const cityRows = await loadCityRows(db, list.listId, lens, changes)
  const unitRows = await loadUnitRows(db, list.listId, lens, changes)
  const cityTable = new RowsOut<CityRow>()
  const unitTable = new RowsOut<UnitRow>()
  for (const { drug, cities, units } of changes) {
    for (const [area, fresh] of [...cities].sort(([a], [b]) => a - b)) {
      const areaSlots = slots.get(area)!
      const stored = cityRows.get(`${drug}/${area}`) ?? []
      const timeline = carryCities(timelineOf(stored, areaSlots.length * width), fresh, areaSlots, list, lens, units)
      const cut = cutRows(timeline, Math.max(latest, stored.at(-1)?.from ?? 0), new Set(stored.map((row) => row.from)))
      cityTable.replace(stored, cut, (row) => ({ drug, area, from: row.from, nearTo: row.nearTo, ...packRow(row, 0, row.base.length) }), (from) => ({ drug, area, from }))
    }
    const stored = unitRows.get(drug) ?? []
    const timeline = carryUnits(timelineOf(stored, unitCells(list)), units, list, lens)
    const cut = cutRows(timeline, Math.max(latest, stored.at(-1)?.from ?? 0), new Set(stored.map((row) => row.from)))
    unitTable.replace(stored, cut, (row) => ({ drug, from: row.from, nearTo: row.nearTo, whole: packRow(row, 0, width), units: packRow(row, width, row.base.length) }), (from) => ({ drug, from }))
  }
  await saveCityRows(db, list.listId, lens, cityTable)
  await saveUnitRows(db, list.listId, lens, unitTable)
}

/** Cells of the rows of units: the whole, and every unit. */
export function unitCells(list: ListFacts): number {
  return (1 + list.units.reduce((most, unit) => Math.max(most, unit.slot), 0)) * width
}

/** The rows of an area's cities after changes; how the distinct cities of units and of the whole move is added to `units`. */
export function carryCities(old: Timeline | null, fresh: Fresh, slots: readonly CitySlot[], list: ListFacts, lens: number, units: Fresh): Timeline {
  if (lens === standingLens) return merge(old, fresh, slots.length * width)
  const unitSlotOf = new Map(list.units.map((unit) => [unit.id, unit.slot]))
  const counted = [[citiesStocked, stockedAt], [citiesEligibleStocked, eligibleStockedAt]] as const
  const watchers = counted.map(([counter, has]) => ({ counter, before: new Cities(slots, old?.base, has), after: new Cities(slots, old?.base, has) }))
  // A city counts once in the whole, whichever of the units that share it moves.
  const touched = new Set([...fresh.values()].flatMap((cells) => [...cells.keys()].map((cell) => slots[Math.floor(cell / width)]!.city)))
  const watched = slots.filter((one) => touched.has(one.city)).map((one) => one.slot)
  return merge(old, fresh, slots.length * width, (day, moved, before, after) => {
    for (const watcher of watchers) {
      for (const slot of moved) {
        const was = watcher.before.move(slot, before)
        const is = watcher.after.move(slot, after)
        if (is.unit !== was.unit) addFresh(units, day, unitSlotOf.get(slots[slot]!.unit)! * width + watcher.counter, is.unit - was.unit)
        if (is.whole !== was.whole) addFresh(units, day, wholeSlot * width + watcher.counter, is.whole - was.whole)
      }
    }
    return 0
  }, { watched })
}

/** Which slots of an area have at least one, and so which cities: a city shared by two units counts once in the whole. */
class Cities {
  readonly #on: boolean[]
  readonly #slotsOn = new Map<number, number>()

  constructor(readonly slots: readonly CitySlot[], base: Counts | undefined, readonly has: (counts: Counts, slot: number) => number) {
    this.#on = slots.map(({ slot, city }) => {
      const on = base !== undefined && has(base, slot) > 0
      if (on) this.#slotsOn.set(city, (this.#slotsOn.get(city) ?? 0) + 1)
      return on
    })
  }

  /** Notes the counts of a slot. Answers by how many cities its unit and the whole have more. */
  move(slot: number, counts: Counts): { unit: number; whole: number } {
    const on = this.has(counts, slot) > 0
    if (on === this.#on[slot]) return unmoved
    this.#on[slot] = on
    const { city } = this.slots[slot]!
    const before = this.#slotsOn.get(city) ?? 0
    const now = before + (on ? 1 : -1)
    this.#slotsOn.set(city, now)
    return { unit: on ? 1 : -1, whole: (now > 0 ? 1 : 0) - (before > 0 ? 1 : 0) }
  }
}

const unmoved = { unit: 0, whole: 0 }

/** The rows of units after changes, the number of units in which a drug is in stock among them. */
export function carryUnits(old: Timeline | null, fresh: Fresh, list: ListFacts, lens: number): Timeline {
  const cells = unitCells(list)
  if (lens === standingLens) return merge(old, fresh, cells)
  const on = (base: Counts | undefined) => Uint8Array.from({ length: cells / width }, (_, slot) => (base !== undefined && stockedAt(base, slot) > 0 ? 1 : 0))
  const [before, after] = [on(old?.base), on(old?.base)]
  return merge(old, fresh, cells, (_, moved, was, is) => {
    let n = 0
    for (const slot of moved) if (slot !== wholeSlot) n += stepOf(after, slot, is) - stepOf(before, slot, was)
    return n
  }, { following: wholeSlot * width + unitsStocked })
}

/** By how much the number of slots with at least one moves, with this one. */
function stepOf(on: Uint8Array, slot: number, counts: Counts): number {
  const now = stockedAt(counts, slot) > 0 ? 1 : 0
  const step = now - on[slot]!
  on[slot] = now
  return step
}

interface CityKey { drug: number; area: number; from: number }
interface UnitKey { drug: number; from: number }
type CityRow = CityKey & { nearTo: number } & PackedCells
type UnitRow = UnitKey & { nearTo: number; whole: PackedCells; units: PackedCells }

/** Rows to write, and keys of rows that are no more. */
class RowsOut<Row> {
  readonly rows: Row[] = []
  readonly gone: { drug: number; area?: number; from: number }[] = []

  replace<Cut extends { from: number }>(stored: readonly TimelineRow[], cut: readonly Cut[], packed: (row: Cut) => Row, key: (from: number) => { drug: number; area?: number; from: number }): void {
    const kept = new Set(cut.map((row) => row.from))
    for (const row of stored) if (!kept.has(row.from)) this.gone.push(key(row.from))
    for (const row of cut) this.rows.push(packed(row))
  }
}

/** The rows of a key that changes from `first` on touch: the last row on or before it, and all later ones. */
function touchedRows(table: SQL, own: SQL): SQL {
  return sql`c.from_day >= coalesce((select max(x.from_day) from ${table} x where ${own} and x.from_day <= p.first), p.first)`
}

async function loadUnitRows(db: Database, listId: number, lens: number, changes: readonly DrugChanges[]): Promise<Map<number, TimelineRow[]>> {
  const rows = await rowsOf<{ drug: number; from: number; whole: Uint8Array; wholeAhead: Uint8Array; units: Uint8Array; unitsAhead: Uint8Array }>(db, sql`
    select c.drug_id as drug, c.from_day as from, c.whole, c.whole_ahead as "wholeAhead", c.units, c.units_ahead as "unitsAhead"
    from unnest(${arrayOf('int', changes.map((one) => one.drug))}, ${arrayOf('int', changes.map((one) => firstDay(one.units)))}) as p(d, first)
    join coverage_by_unit c on c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = p.d
      and ${touchedRows(sql`coverage_by_unit`, sql`x.list_id = ${listId} and x.lens = ${lens} and x.drug_id = p.d`)}
    order by c.drug_id, c.from_day`)
  return grouped(rows, (row) => row.drug, (row) => ({ from: row.from, parts: [{ near: row.whole, ahead: row.wholeAhead }, { near: row.units, ahead: row.unitsAhead }] }))
}

async function loadCityRows(db: Database, listId: number, lens: number, changes: readonly DrugChanges[]): Promise<Map<string, TimelineRow[]>> {
  const wanted = changes.flatMap(({ drug, cities }) => [...cities].map(([area, fresh]) => ({ drug, area, first: firstDay(fresh) })))
  if (wanted.length === 0) return new Map()
  const rows = await rowsOf<{ drug: number; area: number; from: number } & PackedCells>(db, sql`
    select c.drug_id as drug, c.area_id as area, c.from_day as from, c.cities as near, c.cities_ahead as ahead
    from unnest(${arrayOf('int', wanted.map((one) => one.drug))}, ${arrayOf('int', wanted.map((one) => one.area))}, ${arrayOf('int', wanted.map((one) => one.first))}) as p(d, a, first)
    join coverage_by_city c on c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = p.d and c.area_id = p.a
      and ${touchedRows(sql`coverage_by_city`, sql`x.list_id = ${listId} and x.lens = ${lens} and x.drug_id = p.d and x.area_id = p.a`)}
    order by c.drug_id, c.area_id, c.from_day`)
  return grouped(rows, (row) => `${row.drug}/${row.area}`, ({ from, near, ahead }) => ({ from, parts: [{ near, ahead }] }))
}

async function saveUnitRows(db: Database, listId: number, lens: number, { rows, gone }: RowsOut<UnitRow>): Promise<void> {
  if (gone.length > 0) {
    await db.execute(sql`delete from coverage_by_unit c using unnest(${arrayOf('int', gone.map((one) => one.drug))}, ${arrayOf('int', gone.map((one) => one.from))}) as g(d, f)
      where c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = g.d and c.from_day = g.f`)
  }
  for (let at = 0; at < rows.length; at += 2_000) {
    const some = rows.slice(at, at + 2_000)
    await db.execute(sql`
      insert into coverage_by_unit (list_id, lens, drug_id, from_day, near_to, whole, whole_ahead, units, units_ahead)
      select ${listId}::int, ${lens}::smallint, d, f, n, w, wa, u, ua from unnest(${arrayOf('int', some.map((row) => row.drug))}, ${arrayOf('int', some.map((row) => row.from))},
        ${arrayOf('int', some.map((row) => row.nearTo))}, ${bytesArray(some.map((row) => row.whole.near))}, ${bytesArray(some.map((row) => row.whole.ahead))},
        ${bytesArray(some.map((row) => row.units.near))}, ${bytesArray(some.map((row) => row.units.ahead))}) as n(d, f, n, w, wa, u, ua)
      on conflict (list_id, lens, drug_id, from_day) do update set near_to = excluded.near_to, whole = excluded.whole, whole_ahead = excluded.whole_ahead,
        units = excluded.units, units_ahead = excluded.units_ahead`)
  }
}

async function saveCityRows(db: Database, listId: number, lens: number, { rows, gone }: RowsOut<CityRow>): Promise<void> {
  if (gone.length > 0) {
    await db.execute(sql`delete from coverage_by_city c using unnest(${arrayOf('int', gone.map((one) => one.drug))}, ${arrayOf('int', gone.map((one) => one.area!))},
        ${arrayOf('int', gone.map((one) => one.from))}) as g(d, a, f)
      where c.list_id = ${listId} and c.lens = ${lens} and c.drug_id = g.d and c.area_id = g.a and c.from_day = g.f`)
  }
  for (let at = 0; at < rows.length; at += 5_000) {
    const some = rows.slice(at, at + 5_000)
    await db.execute(sql`
      insert into coverage_by_city (list_id, lens, drug_id, area_id, from_day, near_to, cities, cities_ahead)
      select ${listId}::int, ${lens}::smallint, d, a, f, n, c, ca from unnest(${arrayOf('int', some.map((row) => row.drug))}, ${arrayOf('int', some.map((row) => row.area))},
        ${arrayOf('int', some.map((row) => row.from))}, ${arrayOf('int', some.map((row) => row.nearTo))}, ${bytesArray(some.map((row) => row.near))}, ${bytesArray(some.map((row) => row.ahead))}) as n(d, a, f, n, c, ca)
      on conflict (list_id, lens, drug_id, area_id, from_day) do update set near_to = excluded.near_to, cities = excluded.cities, cities_ahead = excluded.cities_ahead`)
  }
}

function firstDay(fresh: Fresh): number {
  let first = Number.MAX_SAFE_INTEGER
  for (const day of fresh.keys()) if (day < first) first = day
  return first
}

function grouped<Key, Row, Value>(rows: readonly Row[], keyOf: (row: Row) => Key, valueOf: (row: Row) => Value): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(valueOf(row))
    else groups.set(key, [valueOf(row)])
  }
  return groups
}
