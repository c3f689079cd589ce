import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { Pauses } from '../pause.js'
import { lookedUpAhead, withQueue, type StatementQueue } from '../statement-queue.js'
import { carry } from './carry.js'
import { carryDrug } from './carry-drug.js'
import type { ChangeLogs, DrugChanges } from './change-log.js'
import { byDay, Changes } from './changes.js'
import type { CitySlot } from './city-slots.js'
import { wholeSlot, width } from './counts.js'
import { DrugCells } from './drug-cells.js'
import { AheadChanges, nearUntil, putAhead, takeAhead } from './far-ahead.js'
import type { ListFacts } from './list-facts.js'
import type { PlaceSlots } from './place-slots.js'
import { keyText, replaceRows, touchedRows, type Key } from './timeline-rows.js'
import type { StoredRow } from './timeline.js'

/** Drugs whose rows are in memory together. */
const drugsAtOnce = 100
/** Sheets whose rows are in memory together. */
const sheetsAtOnce = 8

/**
 * Carries changes into the maintained counts: the rows of drugs by area and unit, then those of units over all drugs.
 * Lenses, drugs and units are taken in a fixed order. `latest` is the day of the latest event behind the changes; changes
 * of days long after it wait in `coverage_ahead`, and those that waited until now and have come near join.
 */
export async function writeCoverage(db: Database, list: ListFacts, changes: ChangeLogs, places: PlaceSlots, latest: number): Promise<void> {
  const until = await comeNear(db, list, changes, places, latest)
  const slots = await places.ensure(db)
  const pauses = new Pauses()
  // While some rows are carried, the database stores those before and looks up the next.
  await withQueue(async (queue) => {
    for (const lens of changes.lenses()) {
      const ahead = new AheadChanges()
      const touched: Touched[] = []
      const log = changes.of(lens)
      // What cancels out touches no row, and what waits is as little as it can be.
      log.addUp()
      for (const one of log.byDrug().values()) {
        const own = rowsTouched(one, places, until, ahead)
        if (own) touched.push(own)
        await pauses.take()
      }
      const sheets = new Sheets()
      const rows: Rows = { db, list, lens, queue, pauses }
      await writeDrugs(rows, touched, { until, places, slots, sheets })
      void queue.run(() => putAhead(db, list.listId, lens, ahead, places))
      await writeSheets(rows, sheets)
    }
  })
}

/** Moves the last day that is near on with the latest event, and takes what has come near. Answers that day. */
async function comeNear(db: Database, list: ListFacts, changes: ChangeLogs, places: PlaceSlots, latest: number): Promise<number> {
  const [row] = await rowsOf<{ to: number }>(db, sql`select counted_to as to from list where id = ${list.listId}`)
  const until = Math.max(row!.to, nearUntil(latest))
  if (until > row!.to) {
    await takeAhead(db, list.listId, until, changes, places)
    await db.execute(sql`update list set counted_to = ${until} where id = ${list.listId}`)
  }
  return until
}

/** A drug whose rows change: from which day on, in which units (slots) and areas. */
interface Touched {
  drug: number
  changes: DrugChanges
  first: number
  units: number[]
  areas: number[]
}

/** What the changes of a drug touch up to a day; later ones go to `ahead`. Null where they touch nothing. */
function rowsTouched(changes: DrugChanges, places: PlaceSlots, until: number, ahead: AheadChanges): Touched | null {
  const touched = new Uint8Array(places.slots.length)
  let first = Infinity
  changes.each((day, cell, n) => {
    const number = (cell / width) | 0
    if (day > until) return ahead.add(number, changes.drug, day, cell - number * width, n)
    if (day < first) first = day
    touched[number] = 1
  })
  if (first === Infinity) return null
  const own = places.slots.filter((_, number) => touched[number] === 1)
  const inOrder = (ids: readonly (number | null)[]) => [...new Set(ids)].filter((id) => id !== null).sort((a, b) => a - b)
  return {
    drug: changes.drug, changes, first, units: [wholeSlot, ...inOrder(own.map((one) => one.unitSlot))],
    areas: inOrder(own.map((one) => (one.citySlot === null ? null : one.area))),
  }
}

/** Whose rows are written, and how. */
interface Rows {
  db: Database
  list: ListFacts
  lens: number
  queue: StatementQueue
  pauses: Pauses
}

interface Writing {
  until: number
  places: PlaceSlots
  slots: ReadonlyMap<number, readonly CitySlot[]>
  sheets: Sheets
}

interface Replaced {
  key: Key
  from: number
  rows: StoredRow[]
}

const drugCells = new DrugCells()
const none: readonly StoredRow[] = []

async function writeDrugs({ db, list, lens, queue, pauses }: Rows, touched: readonly Touched[], { until, places, slots, sheets }: Writing): Promise<void> {
  const lookUp = async (some: readonly Touched[]) => ({
    unitRows: await touchedRows(db, 'drug', list.listId, lens, some.flatMap(({ drug, units, first }) => units.map((unit) => ({ key: [drug, unit], first })))),
    cityRows: await touchedRows(db, 'city', list.listId, lens, some.flatMap(({ drug, areas, first }) => areas.map((area) => ({ key: [drug, area], first })))),
  })
  for await (const [some, { unitRows, cityRows }] of lookedUpAhead(inParts(touched, drugsAtOnce), (own) => queue.run(() => lookUp(own)))) {
    const written: { units: Replaced[]; cities: Replaced[] } = { units: [], cities: [] }
    for (const { drug, changes, first } of some) {
      const stored = { unit: (slot: number) => unitRows.get(keyText([drug, slot])) ?? none, cities: (area: number) => cityRows.get(keyText([drug, area])) ?? none }
      const { cities, units } = carryDrug(list, lens, drugCells.fill(changes, places, until), slots, stored)
      for (const { area, rows } of cities) written.cities.push({ key: [drug, area], from: Math.min(first, stored.cities(area)[0]?.from ?? first), rows })
      for (const { unit, rows, fresh } of units) {
        written.units.push({ key: [drug, unit], from: Math.min(first, stored.unit(unit)[0]?.from ?? first), rows })
        sheets.add(unit, list.drugSlots.get(drug)!, fresh)
      }
      // Here and not within a drug: what one is carried with is used again for the next.
      await pauses.take()
    }
    void queue.run(() => replaceRows(db, 'drug', list.listId, lens, written.units))
    void queue.run(() => replaceRows(db, 'city', list.listId, lens, written.cities))
  }
}

async function writeSheets({ db, list, lens, queue, pauses }: Rows, sheets: Sheets): Promise<void> {
  const lookUp = (some: readonly Sheet[]) => touchedRows(db, 'unit', list.listId, lens, some.map(({ unit, fresh }) => ({ key: [unit], first: fresh.first! })))
  for await (const [some, stored] of lookedUpAhead(inParts(sheets.inOrder(), sheetsAtOnce), (own) => queue.run(() => lookUp(own)))) {
    const written: Replaced[] = []
    for (const { unit, fresh } of some) {
      const old = stored.get(keyText([unit])) ?? none
      written.push({ key: [unit], from: Math.min(fresh.first!, old[0]?.from ?? fresh.first!), rows: carry(old, fresh, list.drugSlots.size) })
      await pauses.take()
    }
    void queue.run(() => replaceRows(db, 'unit', list.listId, lens, written))
  }
}

function* inParts<One>(all: readonly One[], atOnce: number): Generator<readonly One[]> {
  for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce)
}

/** What changes in a unit over all drugs. */
interface Sheet {
  unit: number
  fresh: Changes
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

  /** The sheets in which anything changes, in the order of units. They are handed over. */
  inOrder(): Sheet[] {
    const sheets = [...this.#units].sort(([a], [b]) => a - b).map(([unit, changes]) => ({ unit, fresh: byDay(changes) }))
    this.#units.clear()
    return sheets.filter(({ fresh }) => fresh.length > 0)
  }
}
