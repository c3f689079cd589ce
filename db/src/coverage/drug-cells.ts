import type { DrugChanges } from './change-log.js'
import { wholeSlot, width } from './counts.js'
import type { PlaceSlots } from './place-slots.js'
import { Tally } from './tally.js'

/** Changes of one drug under one lens by the cells of its rows. Used for one drug after the other. */
export class DrugCells {
  /** By area: the cells of its cities. */
  readonly cities = new Map<number, Tally>()
  /** By slot, the whole (0) among them. */
  readonly units = new Map<number, Tally>()

  /** Forgets the last drug, and adds up what changes of another in each of its rows; days after `until` are left out. */
  fill(changes: DrugChanges, places: PlaceSlots, until: number): this {
    for (const own of [...this.units.values(), ...this.cities.values()]) own.clear()
    changes.each((day, cell, n) => {
      if (day > until) return
      const number = Math.floor(cell / width)
      const counter = cell - number * width
      const { unitSlot, area, citySlot } = places.slots[number]!
      this.unit(wholeSlot).add(day, counter, n)
      if (unitSlot !== null) this.unit(unitSlot).add(day, counter, n)
      if (area !== null && citySlot !== null) this.#area(area).add(day, citySlot * width + counter, n)
    })
    return this
  }

  /** The changes of a unit. */
  unit(slot: number): Tally {
    let own = this.units.get(slot)
    if (!own) this.units.set(slot, (own = new Tally()))
    return own
  }

  #area(area: number): Tally {
    let own = this.cities.get(area)
    if (!own) this.cities.set(area, (own = new Tally()))
    return own
  }
}
