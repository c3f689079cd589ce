import type { Changes } from './changes.js'

/** More cells than any row has: a day and a cell make one number to sort by. */
const cellsAtMost = 2 ** 24

/**
 * Changes of counters by day, added up: an open-addressed table in typed arrays. Meant to be small enough to stay near the
 * processor, one row's at a time. A change that cancels another out leaves a zero, which nobody reads.
 */
export class Tally {
  #days = new Int32Array(32)
  #cells = new Int32Array(32).fill(-1)
  #changes = new Int32Array(32)
  /** Where entries stand, as they came. */
  readonly #used: number[] = []

  /** From `day` on, the counter `cell` (place × width + counter) changes by `n`. */
  add(day: number, cell: number, n: number): void {
    let at = this.#slot(day, cell)
    if (this.#cells[at] === -1) {
      if (this.#used.length * 2 >= this.#cells.length) {
        this.#grow()
        at = this.#slot(day, cell)
      }
      this.#used.push(at)
      this.#days[at] = day
      this.#cells[at] = cell
    }
    this.#changes[at]! += n
  }

  /** Counters and days touched, zeros included. */
  get size(): number {
    return this.#used.length
  }

  /** Calls back for every change that is not zero, in no order. */
  each(visit: (day: number, cell: number, n: number) => void): void {
    for (const at of this.#used) if (this.#changes[at] !== 0) visit(this.#days[at]!, this.#cells[at]!, this.#changes[at]!)
  }

  /** Puts the changes in order into a list, in the place of what it held. Answers it. */
  sortedInto(result: Changes): Changes {
    const keys = new Float64Array(this.#used.length)
    let count = 0
    for (const at of this.#used) if (this.#changes[at] !== 0) keys[count++] = this.#days[at]! * cellsAtMost + this.#cells[at]!
    result.clear()
    for (const key of keys.subarray(0, count).sort()) {
      const day = Math.floor(key / cellsAtMost)
      const cell = key - day * cellsAtMost
      result.push(day, cell, this.#changes[this.#slot(day, cell)]!)
    }
    return result
  }

  /** Forgets all, and keeps its room: one tally can add up one drug after the other. */
  clear(): void {
    for (const at of this.#used) {
      this.#cells[at] = -1
      this.#changes[at] = 0
    }
    this.#used.length = 0
  }

  #slot(day: number, cell: number): number {
    const mask = this.#cells.length - 1
    let at = (Math.imul(day, 0x9e37_79b1) ^ Math.imul(cell, 0x85eb_ca6b)) >>> 0
    at = (at ^ (at >>> 15)) & mask
    while (this.#cells[at] !== -1 && (this.#cells[at] !== cell || this.#days[at] !== day)) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [days, cells, changes, used] = [this.#days, this.#cells, this.#changes, this.#used]
    const room = 4 * cells.length
    this.#days = new Int32Array(room)
    this.#cells = new Int32Array(room).fill(-1)
    this.#changes = new Int32Array(room)
    for (let i = 0; i < used.length; i++) {
      const from = used[i]!
      const at = this.#slot(days[from]!, cells[from]!)
      this.#days[at] = days[from]!
      this.#cells[at] = cells[from]!
      this.#changes[at] = changes[from]!
      used[i] = at
    }
  }
}
