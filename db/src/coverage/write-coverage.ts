import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { carry, has, measures, stocked, type Turned } from './carry.js'
import { byDay, Changes } from './changes.js'
import type { CitySlot } from './city-slots.js'
import { citiesEligibleStocked, citiesStocked, unitsStocked, wholeSlot, width } from './counts.js'
import { drugAreaKey, loadDrugRows, replaceDrugRows, type AreaTimelines } from './drug-rows.js'
import { AheadChanges, nearUntil, putAhead, takeAhead } from './far-ahead.js'
import { wholeArea, type ListFacts } from './list-facts.js'
import { standingLens } from './lens.js'
import type { PlaceSlots } from './place-slots.js'
import { loadSheets, replaceSheets } from './sheet-rows.js'
import { Tally, type Tallies } from './tally.js'
import { packRows, type Timeline } from './timeline.js'

/** Drugs whose rows are in memory together. */
const drugsAtOnce = 100

/**
 * Carries changes into the maintained counts: the rows of drugs by area, then the sheets of units. Lenses, drugs, areas
 * and units are taken in a fixed order, so that two reports cannot wait for each other in a circle. `latest` is the day of
 * the latest event behind the changes; changes of days far behind it wait in `coverage_ahead` under `run`, and those that
 * waited until now and have come near join.
 */
export async function writeCoverage(db: Database, list: ListFacts, tallies: Tallies, places: PlaceSlots, latest: number, run: number): Promise<void> {
  const until = await comeNear(db, list, tallies, places, latest)
  const slots = await places.ensure(db)
  const byLens = tallies.lenses()
  for (const lens of [...byLens.keys()].sort((a, b) => a - b)) {
    const drugs = [...byLens.get(lens)!].sort(([a], [b]) => a - b)
    const sheets = new Sheets()
    const ahead = new AheadChanges()
    for (let at = 0; at < drugs.length; at += drugsAtOnce) {
      const changes = drugs.slice(at, at + drugsAtOnce).map(([drug, tally]) => changesOf(drug, tally, places, until, ahead)).filter((one) => one.first !== null)
      if (changes.length > 0) await writeDrugs(db, list, lens, changes, slots, sheets)
    }
    await putAhead(db, list.listId, lens, run, ahead, places)
    for (const [unit, fresh] of sheets.inOrder()) await writeSheet(db, list, lens, unit, fresh)
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

/** Changes of one drug under one lens, as rows know them. */
export interface DrugChanges {
  drug: number
  /** First day on which anything changes; null where nothing does. */
  first: number | null
  /** By area: changes of the cells of its cities. */
  cities: Map<number, Tally>
  /** Changes of units, each in the slot of its own. */
  units: Tally
  whole: Tally
}

/** What is added up of a drug, by the cells of rows. Days behind `until` go to `ahead`. */
export function changesOf(drug: number, tally: Tally, places: PlaceSlots, until: number, ahead: AheadChanges): DrugChanges {
  const changes: DrugChanges = { drug, first: null, cities: new Map(), units: new Tally(), whole: new Tally() }
  tally.each((day, cell, n) => {
    const number = Math.floor(cell / width)
    const counter = cell - number * width
    if (day > until) return ahead.add(number, drug, day, counter, n)
    if (changes.first === null || day < changes.first) changes.first = day
    const place = places.slots[number]!
    changes.whole.add(day, counter, n)
    if (place.unitSlot !== null) changes.units.add(day, place.unitSlot * width + counter, n)
    if (place.area === null || place.citySlot === null) return
    let own = changes.cities.get(place.area)
    if (!own) changes.cities.set(place.area, (own = new Tally()))
    own.add(day, place.citySlot * width + counter, n)
  })
  return changes
}

/** The timelines of a drug after changes, by area in their order, and what they change in the sheets. */
export interface CarriedDrug {
  areas: [area: number, timelines: { own: Timeline; cities: Timeline }][]
  /** By the slot of a unit (0: the whole). */
  sheets: [unit: number, changes: Changes][]
}

/**
 * Carries the changes of a drug through its rows: those of cities first, whose 0 ↔ 1 transitions change the distinct
 * cities of units and of the whole; then those of units, which change the number of units; then the whole.
 */
export function carryDrug(list: ListFacts, lens: number, changes: DrugChanges, slots: ReadonlyMap<number, readonly CitySlot[]>, stored: (area: number) => AreaTimelines | undefined): CarriedDrug {
  const { units, whole } = changes
  const countsTurns = lens !== standingLens
  const areas = new Map<number, { own: Timeline | null; cities: Timeline | null }>()
  for (const [area, tally] of changes.cities) {
    const areaSlots = slots.get(area)!
    const old = stored(area)?.cities ?? null
    const cities = carry(old, tally.sorted(), areaSlots.length, countsTurns ? citiesTurned(list, areaSlots, old, units, whole) : null)
    areas.set(area, { own: null, cities })
  }
  const sheets: CarriedDrug['sheets'] = []
  for (const [slot, fresh] of bySlot(units.sorted())) {
    const area = list.homes.get(slot)!
    const own = carry(stored(area)?.own ?? null, fresh, 1, countsTurns ? (day, _, measure, on, sign) => {
      if (measure === stocked) whole.add(day, unitsStocked, on ? sign : -sign)
    } : null)
    areas.set(area, { own, cities: areas.get(area)?.cities ?? null })
    sheets.push([slot, fresh])
  }
  const fresh = whole.sorted()
  areas.set(wholeArea, { own: carry(stored(wholeArea)?.own ?? null, fresh, 1), cities: null })
  sheets.push([wholeSlot, fresh])
  const kept = (area: number, own: Timeline | null, of: keyof AreaTimelines) => own ?? stored(area)?.[of] ?? nothing
  return { areas: [...areas].sort(([a], [b]) => a - b).map(([area, { own, cities }]) => [area, { own: kept(area, own, 'own'), cities: kept(area, cities, 'cities') }]), sheets }
}

const nothing: Timeline = { from: Infinity, base: new Int32Array(0), changes: new Changes(0) }

/** Adds to the distinct cities of units and of the whole what the cities of an area do: one shared by two units counts once in the whole. */
function citiesTurned(list: ListFacts, slots: readonly CitySlot[], old: Timeline | null, units: Tally, whole: Tally): Turned {
  const unitSlotOf = new Map(list.units.map((unit) => [unit.id, unit.slot]))
  const shared = new SharedCities(slots, old)
  return (day, slot, measure, on, sign) => {
    const counter = measure === stocked ? citiesStocked : citiesEligibleStocked
    const { city, unit } = slots[slot]!
    units.add(day, unitSlotOf.get(unit)! * width + counter, on ? sign : -sign)
    if (shared.turns(city, measure, on, sign)) whole.add(day, counter, on ? sign : -sign)
  }
}

/** Cities that lie in several units: in how many of them each has at least one, before and after. */
class SharedCities {
  readonly #shared: ReadonlySet<number>
  readonly #counts = new Map<string, number>()

  constructor(slots: readonly CitySlot[], old: Timeline | null) {
    const seen = new Set<number>()
    this.#shared = new Set(slots.filter(({ city }) => seen.size === seen.add(city).size).map((one) => one.city))
    if (!old) return
    for (const [slot, { city }] of slots.entries()) {
      if (!this.#shared.has(city)) continue
      for (const measure of measures) if (has(old.base, slot, measure)) for (const sign of [1, -1] as const) this.turns(city, measure, true, sign)
    }
  }

  /** Notes that a city turned in one of its units. True if it turned as a whole. */
  turns(city: number, measure: number, on: boolean, sign: 1 | -1): boolean {
    if (!this.#shared.has(city)) return true
    const key = `${city}/${measure}/${sign}`
    const before = this.#counts.get(key) ?? 0
    const now = before + (on ? 1 : -1)
    this.#counts.set(key, now)
    return (now > 0) !== (before > 0)
  }
}

/** Changes by the slot they touch, each as the changes of one slot, in the order of slots. */
function bySlot(changes: Changes): [slot: number, changes: Changes][] {
  const slots = new Map<number, Changes>()
  for (let i = 0; i < changes.length; i++) {
    const cell = changes.cells[i]!
    const slot = Math.floor(cell / width)
    let own = slots.get(slot)
    if (!own) slots.set(slot, (own = new Changes()))
    own.push(changes.days[i]!, cell - slot * width, changes.counts[i]!)
  }
  return [...slots].sort(([a], [b]) => a - b)
}

async function writeDrugs(db: Database, list: ListFacts, lens: number, all: readonly DrugChanges[], slots: ReadonlyMap<number, readonly CitySlot[]>, sheets: Sheets): Promise<void> {
  const wanted = all.flatMap((changes) => [...areasOf(list, changes)].sort((a, b) => a - b).map((area) => ({ drug: changes.drug, area, first: changes.first!, citySlots: slots.get(area)?.length ?? 0 })))
  const stored = await loadDrugRows(db, list.listId, lens, wanted)
  const rows = all.flatMap((changes) => {
    const { drug } = changes
    const carried = carryDrug(list, lens, changes, slots, (area) => stored.get(drugAreaKey({ drug, area })))
    for (const [unit, fresh] of carried.sheets) sheets.add(unit, list.drugSlots.get(drug)!, fresh)
    return carried.areas.map(([area, { own, cities }]) => ({ drug, area, from: Math.min(own.from, cities.from), rows: packRows([own, cities]) }))
  }).filter((one) => one.from !== Infinity)
  await replaceDrugRows(db, list.listId, lens, rows)
}

/** The areas whose rows changes of a drug touch. */
function areasOf(list: ListFacts, { cities, units }: DrugChanges): Set<number> {
  const areas = new Set([wholeArea, ...cities.keys()])
  units.each((_, cell) => areas.add(list.homes.get(Math.floor(cell / width))!))
  return areas
}

/** Changes of units over all drugs, gathered drug by drug. */
class Sheets {
  readonly #units = new Map<number, Changes>()

  /** Adds the changes of a drug's one slot in a unit. Drugs come in the order of their slots. */
  add(unit: number, drugSlot: number, { length, days, cells, counts }: Changes): void {
    let own = this.#units.get(unit)
    if (!own) this.#units.set(unit, (own = new Changes(256)))
    for (let i = 0; i < length; i++) own.push(days[i]!, drugSlot * width + cells[i]!, counts[i]!)
  }

  inOrder(): [unit: number, changes: Changes][] {
    return [...this.#units].sort(([a], [b]) => a - b).map(([unit, changes]) => [unit, byDay(changes)])
  }
}

async function writeSheet(db: Database, list: ListFacts, lens: number, unit: number, fresh: Changes): Promise<void> {
  if (fresh.length === 0) return
  const drugSlots = list.drugSlots.size
  const stored = (await loadSheets(db, list.listId, lens, [{ unit, first: fresh.first! }], drugSlots)).get(unit) ?? null
  const timeline = carry(stored, fresh, drugSlots)
  await replaceSheets(db, list.listId, lens, { unit, from: timeline.from, rows: packRows([timeline]) })
}
