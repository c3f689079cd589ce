import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { Pauses } from '../pause.js'
import { carry } from './carry.js'
import { carryDrug } from './carry-drug.js'
import { byDay, Changes } from './changes.js'
import type { CitySlot } from './city-slots.js'
import { wholeSlot, width } from './counts.js'
import { DrugCells } from './drug-cells.js'
import { AheadChanges, nearUntil, putAhead, takeAhead } from './far-ahead.js'
import type { ListFacts } from './list-facts.js'
import type { PlaceSlots } from './place-slots.js'
import type { Tallies, Tally } from './tally.js'
import { keyText, replaceRows, touchedRows, type Key } from './timeline-rows.js'
import type { StoredRow } from './timeline.js'

/** Drugs whose rows are in memory together. */
const drugsAtOnce = 200

/**
 * Carries changes into the maintained counts: the rows of drugs by area and unit, then those of units over all drugs.
 * Lenses, drugs and units are taken in a fixed order. `latest` is the day of the latest event behind the changes; changes
 * of days long after it wait in `coverage_ahead` under `run`, and those that waited until now and have come near join.
 */
export async function writeCoverage(db: Database, list: ListFacts, tallies: Tallies, places: PlaceSlots, latest: number, run: number): Promise<void> {
  const until = await comeNear(db, list, tallies, places, latest)
  const slots = await places.ensure(db)
  const pauses = new Pauses()
  const byLens = tallies.lenses()
  for (const lens of [...byLens.keys()].sort((a, b) => a - b)) {
    const ahead = new AheadChanges()
    const touched: Touched[] = []
    for (const [drug, tally] of [...byLens.get(lens)!].sort(([a], [b]) => a - b)) {
      const own = rowsTouched(drug, tally, places, until, ahead)
      if (own) touched.push(own)
      await pauses.take()
    }
    const sheets = new Sheets()
    for (let at = 0; at < touched.length; at += drugsAtOnce) await writeDrugs(db, list, lens, touched.slice(at, at + drugsAtOnce), { until, places, slots, sheets, pauses })
    await putAhead(db, list.listId, lens, run, ahead, places)
    for (const [unit, fresh] of sheets.inOrder()) {
      await writeSheet(db, list, lens, unit, fresh)
      await pauses.take()
    }
  }
}

/** Moves the last day that is near on with the latest event, and takes what has come near. Answers that day. */
async function comeNear(db: Database, list: ListFacts, tallies: Tallies, places: PlaceSlots, latest: number): Promise<number> {
  const [row] = await rowsOf<{ to: number }>(db, sql`select counted_to as to from list where id = ${list.listId}`)
  const until = Math.max(row!.to, nearUntil(latest))
  if (until > row!.to) {
    await takeAhead(db, list.listId, until, tallies, places)
    await db.execute(sql`update list set counted_to = ${until} where id = ${list.listId}`)
  }
  return until
}

/** A drug whose rows change: from which day on, in which units (slots) and areas. */
interface Touched {
  drug: number
  tally: Tally
  first: number
  units: number[]
  areas: number[]
}

/** What the changes of a drug touch up to a day; later ones go to `ahead`. Null where they touch nothing. */
function rowsTouched(drug: number, tally: Tally, places: PlaceSlots, until: number, ahead: AheadChanges): Touched | null {
  const units = new Set<number>()
  const areas = new Set<number>()
  let first = Infinity
  tally.each((day, cell, n) => {
    const number = Math.floor(cell / width)
    if (day > until) return ahead.add(number, drug, day, cell - number * width, n)
    if (day < first) first = day
    const { unitSlot, area, citySlot } = places.slots[number]!
    if (unitSlot !== null) units.add(unitSlot)
    if (area !== null && citySlot !== null) areas.add(area)
  })
  const inOrder = (ids: ReadonlySet<number>) => [...ids].sort((a, b) => a - b)
  return first === Infinity ? null : { drug, tally, first, units: [wholeSlot, ...inOrder(units)], areas: inOrder(areas) }
}

interface Writing {
  until: number
  places: PlaceSlots
  slots: ReadonlyMap<number, readonly CitySlot[]>
  sheets: Sheets
  pauses: Pauses
}

interface Replaced {
  key: Key
  from: number
  rows: StoredRow[]
}

const drugCells = new DrugCells()
const none: readonly StoredRow[] = []

async function writeDrugs(db: Database, list: ListFacts, lens: number, touched: readonly Touched[], { until, places, slots, sheets, pauses }: Writing): Promise<void> {
  const unitRows = await touchedRows(db, 'drug', list.listId, lens, touched.flatMap(({ drug, units, first }) => units.map((unit) => ({ key: [drug, unit], first }))))
  const cityRows = await touchedRows(db, 'city', list.listId, lens, touched.flatMap(({ drug, areas, first }) => areas.map((area) => ({ key: [drug, area], first }))))
  const written: { units: Replaced[]; cities: Replaced[] } = { units: [], cities: [] }
  for (const { drug, tally, first } of touched) {
    const stored = { unit: (slot: number) => unitRows.get(keyText([drug, slot])) ?? none, cities: (area: number) => cityRows.get(keyText([drug, area])) ?? none }
    const { cities, units } = carryDrug(list, lens, drugCells.fill(tally, places, until), slots, stored)
    for (const { area, rows } of cities) written.cities.push({ key: [drug, area], from: Math.min(first, stored.cities(area)[0]?.from ?? first), rows })
    for (const { unit, rows, fresh } of units) {
      written.units.push({ key: [drug, unit], from: Math.min(first, stored.unit(unit)[0]?.from ?? first), rows })
      sheets.add(unit, list.drugSlots.get(drug)!, fresh)
    }
    // Here and not within a drug: what one is carried with is used again for the next.
    await pauses.take()
  }
  await replaceRows(db, 'drug', list.listId, lens, written.units)
  await replaceRows(db, 'city', list.listId, lens, written.cities)
}

/** Changes of units over all drugs (a sheet a unit), gathered drug by drug. */
class Sheets {
  readonly #units = new Map<number, Changes>()

  /** Adds the changes of a drug's one slot in a unit. Drugs come in the order of their slots. */
  add(unit: number, drugSlot: number, { length, days, cells, counts }: Changes): void {
    let own = this.#units.get(unit)
    if (!own) this.#units.set(unit, (own = new Changes()))
    for (let i = 0; i < length; i++) own.push(days[i]!, drugSlot * width + cells[i]!, counts[i]!)
  }

  *inOrder(): Generator<[unit: number, changes: Changes]> {
    for (const [unit, changes] of [...this.#units].sort(([a], [b]) => a - b)) {
      this.#units.delete(unit)
      yield [unit, byDay(changes)]
    }
  }
}

async function writeSheet(db: Database, list: ListFacts, lens: number, unit: number, fresh: Changes): Promise<void> {
  const { first } = fresh
  if (first === null) return
  const stored = (await touchedRows(db, 'unit', list.listId, lens, [{ key: [unit], first }])).get(keyText([unit])) ?? none
  await replaceRows(db, 'unit', list.listId, lens, [{ key: [unit], from: Math.min(first, stored[0]?.from ?? first), rows: carry(stored, fresh, list.drugSlots.size) }])
}
