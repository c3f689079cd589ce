import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import type { Changes } from './changes.js'
import { width } from './counts.js'
import type { StoredRow } from './timeline.js'
import { Side, type Turned } from './turns.js'

/** Changes that a row takes at least before another follows. */
const rowTakes = 500

/**
 * Carries changes into the rows of a timeline whose counters are those of `slots`: stored rows are read a day at a time,
 * merged with what is new, and packed again, and nothing else is held of them. Answers the rows that stand in the place of
 * all that was given; none where nothing is left. A row is followed by another once it holds as many changes as counters,
 * at least some hundreds: so what is stored stays within twice the changes, and what a day takes to read within twice the
 * counters. Before the first row of all there is nothing, and a timeline that begins earlier than before begins with that.
 */
export function carry(stored: readonly StoredRow[], fresh: Changes, slots: number, turned: Turned | null = null): StoredRow[] {
  const cells = slots * width
  if (running.length < cells) running = new Int32Array(cells)
  running.fill(0, 0, cells)
  old.open(stored)
  const [before, after] = turned ? [new Side(running, slots, -1, turned), new Side(running, slots, 1, turned)] : [null, null]
  const row = new RowWriter(Math.min(stored[0]?.from ?? Infinity, fresh.first ?? Infinity), cells)
  for (let next = 0; old.day !== Infinity || next < fresh.length; ) {
    const freshDay = next < fresh.length ? fresh.days[next]! : Infinity
    const day = old.day < freshDay ? old.day : freshDay
    merged.length = 0
    let more = old.day === day && old.nextChange()
    for (;;) {
      const oldCell = more ? old.cell : Infinity
      const freshCell = next < fresh.length && fresh.days[next] === day ? fresh.cells[next]! : Infinity
      const cell = oldCell < freshCell ? oldCell : freshCell
      if (cell === Infinity) break
      let then = 0
      if (oldCell === cell) {
        then = old.count
        more = old.nextChange()
      }
      const now = freshCell === cell ? then + fresh.counts[next++]! : then
      if (now !== 0) addMerged(cell, now)
      before?.add(cell, then)
      after?.add(cell, now)
    }
    before?.endOf(day)
    after?.endOf(day)
    if (old.day === day) old.nextDay()
    row.add(day)
  }
  return row.end()
}

// Room that one timeline after the other uses: a report carries tens of thousands.
let running = new Int32Array(width)
const writer = new ByteWriter(1 << 16)
/** The changes of a day. */
const merged = { cells: new Int32Array(256), counts: new Int32Array(256), length: 0 }

function addMerged(cell: number, n: number): void {
  if (merged.length === merged.cells.length) {
    const { cells, counts } = merged
    merged.cells = new Int32Array(2 * cells.length)
    merged.cells.set(cells)
    merged.counts = new Int32Array(2 * cells.length)
    merged.counts.set(counts)
  }
  merged.cells[merged.length] = cell
  merged.counts[merged.length++] = n
}

/** Reads the changes of rows that follow each other. */
class RowsReader {
  /** The day whose changes come next; never where there are no more. */
  day = Infinity
  cell = 0
  count = 0
  readonly #reader = new ByteReader()
  #rows: readonly StoredRow[] = []
  #at = 0
  #left = 0

  /** Begins with the first row, whose counters become those that run. */
  open(rows: readonly StoredRow[]): void {
    this.#rows = rows
    this.#at = -1
    this.#openNext(true)
    this.nextDay()
  }

  /** Goes on to the next day, when all changes of the last have been read. */
  nextDay(): void {
    while (this.#reader.done) {
      if (!this.#openNext(false)) {
        this.day = Infinity
        return
      }
    }
    this.day += this.#reader.varint()
    this.#left = this.#reader.varint()
    this.cell = 0
  }

  /** Reads the next change of the day. False where there is none. */
  nextChange(): boolean {
    if (this.#left === 0) return false
    this.#left -= 1
    this.cell += this.#reader.varint()
    this.count = this.#reader.signed()
    return true
  }

  #openNext(takes: boolean): boolean {
    const row = this.#rows[this.#at + 1]
    if (!row) {
      this.#reader.open(nothing)
      return false
    }
    this.#at += 1
    this.day = row.from
    this.#reader.open(row.bytes)
    let cell = 0
    for (let left = this.#reader.varint(); left > 0; left--) {
      cell += this.#reader.varint()
      const n = this.#reader.signed()
      if (takes) running[cell] = n
    }
    return true
  }
}

const nothing = new Uint8Array(0)
const old = new RowsReader()

/** Packs rows, a day at a time. */
class RowWriter {
  readonly #rows: StoredRow[] = []
  #from: number
  #last = 0
  /** Changes in the row, and how many it takes. */
  #held = 0
  #takes = 0
  /** Counters that are not zero. */
  #counters = 0

  constructor(from: number, readonly cells: number) {
    // What another left behind that failed is none of this one's.
    writer.take()
    this.#from = from
    for (let cell = 0; cell < cells; cell++) if (running[cell] !== 0) this.#counters += 1
    this.#begin(from)
  }

  /** Adds the merged changes of a day. */
  add(day: number): void {
    const { cells, counts, length } = merged
    if (length === 0) return
    if (this.#held > 0 && this.#held + length > this.#takes) {
      this.#rows.push({ from: this.#from, bytes: writer.take() })
      this.#begin(day)
    }
    this.#held += length
    writer.varint(day - this.#last)
    writer.varint(length)
    this.#last = day
    for (let i = 0, before = 0; i < length; i++) {
      const cell = cells[i]!
      writer.varint(cell - before)
      writer.signed(counts[i]!)
      before = cell
      const was = running[cell]!
      running[cell] = was + counts[i]!
      if (was === 0) this.#counters += 1
      else if (running[cell] === 0) this.#counters -= 1
    }
  }

  end(): StoredRow[] {
    const bytes = writer.take()
    return this.#held === 0 && this.#counters === 0 ? this.#rows : [...this.#rows, { from: this.#from, bytes }]
  }

  #begin(from: number): void {
    this.#from = from
    this.#last = from
    this.#held = 0
    this.#takes = Math.max(rowTakes, this.#counters)
    writer.varint(this.#counters)
    for (let cell = 0, before = 0; cell < this.cells; cell++) {
      if (running[cell] === 0) continue
      writer.varint(cell - before)
      writer.signed(running[cell]!)
      before = cell
    }
  }
}
