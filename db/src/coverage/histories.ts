import type { Instant } from '@lastmile/shared/day'
import type { Database } from '../database.js'
import { lensCodes, type Lens } from '../schema/codes.js'
import { carryDrug } from './carry-drug.js'
import { citySlotsOf, type CitySlot } from './city-slots.js'
import { width } from './counts.js'
import { Difference } from './difference.js'
import { DrugCells } from './drug-cells.js'
import type { ListFacts } from './list-facts.js'
import { contribute } from './recompute.js'
import { rowsSpanning } from './timeline-rows.js'
import { timelineOf, type StoredRow, type Timeline } from './timeline.js'
import { wholeHoldings, type WholeHolding } from './whole.js'

/** A drug (by its narrow id) in a unit (by its slot; 0: the whole), or in the cities of an area (by its id). */
export interface Place {
  drug: number
  place: number
}

/** The counts of a list over days, wherever they come from: what {@link Counted} is for one day. Null where nothing was ever counted. */
export interface Histories {
  /** Of drugs in units under a lens, in the order asked for. */
  units(lens: Lens, wanted: readonly Place[]): Promise<(Timeline | null)[]>
  /** Of drugs in the cities of areas. */
  cities(lens: Lens, wanted: readonly Place[]): Promise<(Timeline | null)[]>
  /** The slots of areas, by area. */
  slotsOf(areas: readonly number[]): Promise<ReadonlyMap<number, readonly CitySlot[]>>
}

/** What is maintained, for days that have been reached (`reachDay`). */
export function maintainedHistories(db: Database, list: ListFacts, days: { from: number; to: number }): Histories {
  const slotsOf = (areas: readonly number[]) => citySlotsOf(db, areas)
  const read = async (family: 'drug' | 'city', lens: Lens, wanted: readonly Place[], slots: (place: number) => number) => {
    const rows = await rowsSpanning(db, family, list.listId, wanted.map(({ drug, place }) => [lensCodes.code(lens), drug, place]), days)
    return wanted.map(({ place }, at) => timelineOf(rows.get(at) ?? [], slots(place) * width))
  }
  return {
    units: (lens, wanted) => read('drug', lens, wanted, () => 1),
    async cities(lens, wanted) {
      const slots = await slotsOf([...new Set(wanted.map(({ place }) => place))])
      return read('city', lens, wanted, (place) => slots.get(place)!.length)
    },
    slotsOf,
  }
}

/** The same of some drugs, computed from the statements as they were known at an instant, or with supplies counted since another day: all that was ever said is read. */
export async function computedHistories(db: Database, list: ListFacts, to: number, drugs: ReadonlySet<number>, options: { knownOn: Instant | null; since?: number | undefined }): Promise<Histories> {
  const histories = new HistoriesOfHoldings(list, to, drugs)
  for await (const batch of wholeHoldings(db, list, options)) histories.take(batch)
  return histories.made(db)
}

/** Adds up what institutions count over days as they are read, for who makes more of them than that. */
export class HistoriesOfHoldings {
  readonly #list: ListFacts
  readonly #to: number
  readonly #drugs: ReadonlySet<number>
  readonly #difference = new Difference()

  /** @param to the last day; @param drugs those that will be asked for */
  constructor(list: ListFacts, to: number, drugs: ReadonlySet<number>) {
    this.#list = list
    this.#to = to
    this.#drugs = drugs
  }

  take(batch: readonly WholeHolding[]): void {
    for (const holding of batch) contribute({ list: this.#list, difference: this.#difference, wanted: this.#drugs }, holding, holding.place, 1)
    this.#difference.changes.addUpIfMany()
  }

  /** The histories, once all were taken. */
  async made(db: Database): Promise<Histories> {
    return historiesIn(this.#list, this.#difference, this.#to, await this.#difference.places.lookUp(db))
  }
}

function historiesIn(list: ListFacts, difference: Difference, to: number, slots: ReadonlyMap<number, CitySlot[]>): Histories {
  const nothing = { unit: () => [], cities: () => [] }
  const cells = new DrugCells()
  const carried = new Map<string, StoredRow[]>()
  const key = (family: 'unit' | 'city', lens: Lens, { drug, place }: Place) => `${family} ${lens} ${drug} ${place}`
  for (const lens of ['declared', 'confirmed', 'supplied', 'standing', 'eligible'] as const) {
    for (const [drug, changes] of difference.changes.of(lensCodes.code(lens)).byDrug()) {
      const { cities, units } = carryDrug(list, lensCodes.code(lens), cells.fill(changes, difference.places, to), slots, nothing)
      for (const { area, rows } of cities) carried.set(key('city', lens, { drug, place: area }), rows)
      for (const { unit, rows } of units) carried.set(key('unit', lens, { drug, place: unit }), rows)
    }
  }
  const of = (family: 'unit' | 'city', lens: Lens, one: Place, cellsOfOne: number) => timelineOf(carried.get(key(family, lens, one)) ?? [], cellsOfOne)
  return {
    units: async (lens, wanted) => wanted.map((one) => of('unit', lens, one, width)),
    cities: async (lens, wanted) => wanted.map((one) => of('city', lens, one, (slots.get(one.place) ?? []).length * width)),
    slotsOf: async (areas) => new Map(areas.map((area) => [area, slots.get(area) ?? []])),
  }
}
