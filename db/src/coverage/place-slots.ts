import { ensureCitySlots, citySlotsFor, slotKey, type CitySlot } from './city-slots.js'
import type { Database } from '../database.js'
import type { Place } from './places.js'

/** What of a place counters know. */
type Where = Pick<Place, 'unit' | 'unitSlot' | 'area' | 'city'>

/** Where institutions count: a (unit, city), as counters know it. */
export interface PlaceSlot {
  unit: number | null
  unitSlot: number | null
  area: number | null
  city: number | null
  /** Slot in the rows of the area; null where it counts in no city. */
  citySlot: number | null
}

/** Numbers the places of institutions from 0 on, so that a counter of a place is one small number. */
export class PlaceSlots {
  readonly slots: PlaceSlot[] = []
  readonly #numbers = new Map<string, number>()
  readonly #places: Where[] = []

  /** The number of an institution's place. */
  numberOf(place: Where): number {
    const key = `${place.unit}/${place.city}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.slots.length
      this.#numbers.set(key, number)
      this.#places.push(place)
      this.slots.push({ unit: place.unit, unitSlot: place.unitSlot, area: place.area, city: place.city, citySlot: null })
    }
    return number
  }

  /** Looks up where the cities of all places stand in their areas' rows, and gives slots out to those that have none yet. Answers the slots by area. */
  async ensure(db: Database): Promise<Map<number, CitySlot[]>> {
    return this.#filled(await ensureCitySlots(db, this.#places))
  }

  /** The same without giving them out. */
  async lookUp(db: Database): Promise<Map<number, CitySlot[]>> {
    return this.#filled((await citySlotsFor(db, this.#places)).slots)
  }

  #filled(slots: Map<number, CitySlot[]>): Map<number, CitySlot[]> {
    const known = new Map([...slots.values()].flat().map((one) => [slotKey(one.city, one.unit), one.slot]))
    for (const slot of this.slots) if (slot.city !== null && slot.unit !== null) slot.citySlot = known.get(slotKey(slot.city, slot.unit)) ?? null
    return slots
  }
}
