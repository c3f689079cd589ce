import { Tally } from './tally.js'

/** Told of a change: from `day` on, the counter `cell` (place × width + counter) counts `n` more. */
export type Visit = (day: number, cell: number, n: number) => void

/** Changes of one drug's counters, as they came: the same counter and day may come more than once. */
export interface DrugChanges {
  drug: number
  each(visit: Visit): void
}

// Room that one drug after the other uses.
const sums = new Tally()

/** Numbers an entry has: drug, day, cell, change. */
const entry = 4

/**
 * Changes of counters under one lens, in the order in which they come. A report makes millions of them about hundreds of
 * drugs: written one behind the other they cost nothing to look up, and each drug's are brought together when they are
 * read.
 */
export class ChangeLog {
  #entries = new Int32Array(64 * entry)
  #length = 0

  add(drug: number, day: number, cell: number, n: number): void {
    if (this.#length === this.#entries.length) {
      const larger = new Int32Array(2 * this.#length)
      larger.set(this.#entries)
      this.#entries = larger
    }
    const entries = this.#entries
    entries[this.#length] = drug
    entries[this.#length + 1] = day
    entries[this.#length + 2] = cell
    entries[this.#length + 3] = n
    this.#length += entry
  }

  get size(): number {
    return this.#length / entry
  }

  /** The changes of each drug that has any (0 stands for any drug), in the order of drugs. Good until another is added. */
  byDrug(): Map<number, DrugChanges> {
    const entries = this.#entries.subarray(0, this.#length)
    const counts = new Map<number, number>()
    for (let at = 0; at < entries.length; at += entry) counts.set(entries[at]!, (counts.get(entries[at]!) ?? 0) + 1)
    const ends = new Map<number, number>()
    const drugs = [...counts.keys()].sort((a, b) => a - b)
    let end = 0
    for (const drug of drugs) {
      ends.set(drug, end)
      end += counts.get(drug)!
    }
    // Where each entry stands, drug by drug: a counting sort, which keeps the order of a drug's entries.
    const order = new Int32Array(this.size)
    for (let at = 0; at < entries.length; at += entry) {
      const drug = entries[at]!
      const place = ends.get(drug)!
      order[place] = at
      ends.set(drug, place + 1)
    }
    return new Map(drugs.map((drug) => {
      const own = order.subarray(ends.get(drug)! - counts.get(drug)!, ends.get(drug)!)
      return [drug, { drug, each: (visit: Visit) => {
        for (const at of own) visit(entries[at + 1]!, entries[at + 2]!, entries[at + 3]!)
      } }]
    }))
  }

  /** Puts one change in the place of all those of the same drug, counter and day; what cancels out is gone. */
  addUp(): void {
    const before = this.byDrug()
    this.#entries = new Int32Array(64 * entry)
    this.#length = 0
    for (const { drug, each } of before.values()) {
      sums.clear()
      each((day, cell, n) => sums.add(day, cell, n))
      sums.each((day, cell, n) => this.add(drug, day, cell, n))
    }
  }

  /** Forgets all, and keeps its room. */
  clear(): void {
    this.#length = 0
  }
}

/** Changes from which on adding them up saves memory. */
const manyChanges = 2_000_000

/** Change logs by lens. */
export class ChangeLogs {
  readonly #byLens = new Map<number, ChangeLog>()
  #many = manyChanges

  of(lens: number): ChangeLog {
    let log = this.#byLens.get(lens)
    if (!log) this.#byLens.set(lens, (log = new ChangeLog()))
    return log
  }

  /** Lenses under which there are changes, in order. */
  lenses(): number[] {
    return [...this.#byLens].filter(([, log]) => log.size > 0).map(([lens]) => lens).sort((a, b) => a - b)
  }

  /** Changes in all. */
  get size(): number {
    let size = 0
    for (const log of this.#byLens.values()) size += log.size
    return size
  }

  /** Adds up what has grown to twice what it was the last time: who keeps changes of a whole history holds no more than twice its sums. */
  addUpIfMany(): void {
    if (this.size < this.#many) return
    for (const log of this.#byLens.values()) log.addUp()
    this.#many = Math.max(manyChanges, 2 * this.size)
  }

  /** Forgets all, and keeps its room. */
  clear(): void {
    for (const log of this.#byLens.values()) log.clear()
  }
}
