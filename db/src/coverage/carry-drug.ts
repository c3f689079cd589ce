import { carry } from './carry.js'
import { Changes } from './changes.js'
import type { CitySlot } from './city-slots.js'
import { citiesEligibleStocked, citiesStocked, unitsStocked, wholeSlot, width, type Counts } from './counts.js'
import type { DrugCells } from './drug-cells.js'
import { standingLens } from './lens.js'
import type { ListFacts } from './list-facts.js'
import { timelineOf, type StoredRow } from './timeline.js'
import { has, measures, stocked, type Turned } from './turns.js'

/** The rows of a drug after changes. */
export interface CarriedDrug {
  cities: { area: number; rows: StoredRow[] }[]
  /** The whole last. They are carried as they are asked for, all of them before another drug is begun. */
  units: Iterable<CarriedUnit>
}

/** The rows of a drug in a unit, and what changed in them: a list that is used again for the next. */
export interface CarriedUnit {
  unit: number
  rows: StoredRow[]
  fresh: Changes
}

/** What is stored of a drug. */
export interface StoredDrug {
  cities(area: number): readonly StoredRow[]
  unit(slot: number): readonly StoredRow[]
}

const fresh = new Changes()

/**
 * Carries the changes of a drug through its rows: those of cities first, whose 0 ↔ 1 transitions change the distinct
 * cities of units and of the whole; then those of units, which change the number of units; then the whole.
 */
export function carryDrug(list: ListFacts, lens: number, cells: DrugCells, slots: ReadonlyMap<number, readonly CitySlot[]>, stored: StoredDrug): CarriedDrug {
  const countsTurns = lens !== standingLens
  const cities: CarriedDrug['cities'] = []
  for (const [area, tally] of cells.cities) {
    if (tally.size === 0 || tally.sortedInto(fresh).length === 0) continue
    const areaSlots = slots.get(area)!
    const old = stored.cities(area)
    cities.push({ area, rows: carry(old, fresh, areaSlots.length, countsTurns ? citiesTurned(list, areaSlots, old, cells) : null) })
  }
  return { cities, units: carriedUnits(cells, countsTurns, stored) }
}

function* carriedUnits(cells: DrugCells, countsTurns: boolean, stored: StoredDrug): Generator<CarriedUnit> {
  const whole = cells.unit(wholeSlot)
  for (const [unit, tally] of cells.units) {
    // What turned in a city that several units share was noted for each of them, and may have cancelled out.
    if (unit === wholeSlot || tally.size === 0 || tally.sortedInto(fresh).length === 0) continue
    const rows = carry(stored.unit(unit), fresh, 1, countsTurns ? (day, _, measure, on, sign) => {
      if (measure === stocked) whole.add(day, unitsStocked, on ? sign : -sign)
    } : null)
    yield { unit, rows, fresh }
  }
  if (whole.sortedInto(fresh).length > 0) yield { unit: wholeSlot, rows: carry(stored.unit(wholeSlot), fresh, 1), fresh }
}

/** Adds to the distinct cities of units and of the whole what the cities of an area do: one shared by two units counts once in the whole. */
function citiesTurned(list: ListFacts, slots: readonly CitySlot[], old: readonly StoredRow[], cells: DrugCells): Turned {
  const shared = sharedCities(slots)
  const inUnits = shared.size === 0 ? null : new InUnits(slots, shared, timelineOf(old.slice(0, 1), slots.length * width)?.base ?? null)
  return (day, slot, measure, on, sign) => {
    const counter = measure === stocked ? citiesStocked : citiesEligibleStocked
    const { city, unit } = slots[slot]!
    cells.unit(list.unitSlots.get(unit)!).add(day, counter, on ? sign : -sign)
    if (!shared.has(city) || inUnits!.turns(city, measure, on, sign)) cells.unit(wholeSlot).add(day, counter, on ? sign : -sign)
  }
}

/** Cities that lie in several units. */
function sharedCities(slots: readonly CitySlot[]): ReadonlySet<number> {
  const seen = new Set<number>()
  return new Set(slots.filter(({ city }) => seen.size === seen.add(city).size).map((one) => one.city))
}

/** In how many of their units shared cities have at least one, before and after. */
class InUnits {
  readonly #counts = new Map<string, number>()

  constructor(slots: readonly CitySlot[], shared: ReadonlySet<number>, base: Counts | null) {
    if (base === null) return
    for (const [slot, { city }] of slots.entries()) {
      if (!shared.has(city)) continue
      for (const measure of measures) if (has(base, slot, measure)) for (const sign of [1, -1] as const) this.turns(city, measure, true, sign)
    }
  }

  /** Notes that a city turned in one of its units. True if it turned as a whole. */
  turns(city: number, measure: number, on: boolean, sign: 1 | -1): boolean {
    const key = `${city}/${measure}/${sign}`
    const before = this.#counts.get(key) ?? 0
    const now = before + (on ? 1 : -1)
    this.#counts.set(key, now)
    return (now > 0) !== (before > 0)
  }
}
