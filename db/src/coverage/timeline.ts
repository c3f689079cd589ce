import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { Changes } from './changes.js'
import { width, type Counts } from './counts.js'

/*
 * Counters over time. A row holds the counters as they were before its first day, and every change since, until the next
 * row's day: so that a report writes what it changes, and any day is answered from one row. Days ahead, on which what was
 * said will stop to count, are known without a job.
 */

/** Counters from a day on: what held before it, and what changes when. */
export interface Timeline {
  from: number
  base: Counts
  changes: Changes
}

/** A row of one or several timelines that are cut on the same days. */
export interface TimelineRow {
  from: number
  parts: Uint8Array<ArrayBuffer>[]
}

/** Changes that a row takes at least before another follows. */
const rowTakes = 500

const writer = new ByteWriter(1 << 16)
const reader = new ByteReader()

/** The timeline that stored rows make together; they are in order and follow each other. Null where there are none. */
export function timelineOf(rows: readonly { from: number; bytes: Uint8Array }[], cells: number): Timeline | null {
  const first = rows[0]
  if (!first) return null
  const base = new Int32Array(cells)
  const changes = new Changes(256)
  for (const row of rows) {
    reader.open(row.bytes)
    for (let left = reader.done ? 0 : reader.varint(), cell = 0; left > 0; left--) {
      cell += reader.varint()
      const n = reader.signed()
      if (row === first) base[cell] = n
    }
    for (let day = row.from; !reader.done; ) {
      day += reader.varint()
      for (let left = reader.varint(), cell = 0; left > 0; left--) {
        cell += reader.varint()
        changes.push(day, cell, reader.signed())
      }
    }
  }
  return { from: first.from, base, changes }
}

/**
 * Cuts timelines into rows and packs them. A row is followed by another once it holds as many changes as counters (and
 * some hundreds): so that its size stays within twice that of the counters, and what is stored within twice the changes.
 */
export function packRows(timelines: readonly Timeline[]): TimelineRow[] {
  const rows: TimelineRow[] = []
  const parts = timelines.map((timeline) => new Part(timeline))
  let from = Math.min(...timelines.filter((one) => one.changes.length > 0 || one.base.some((n) => n !== 0)).map((one) => one.from))
  if (from === Infinity) return []
  let takes = takesOf(parts)
  for (let held = 0; ; ) {
    const day = Math.min(...parts.map((part) => part.nextDay))
    if (day === Infinity) break
    const more = parts.reduce((sum, part) => sum + part.countOn(day), 0)
    if (held > 0 && held + more > takes) {
      rows.push({ from, parts: parts.map((part) => part.pack(from)) })
      from = day
      held = 0
      takes = takesOf(parts)
    }
    for (const part of parts) part.passBy(day)
    held += more
  }
  rows.push({ from, parts: parts.map((part) => part.pack(from)) })
  return rows
}

function takesOf(parts: readonly Part[]): number {
  return Math.max(rowTakes, parts.reduce((sum, part) => sum + part.counters, 0))
}

/** A timeline on its way into rows. */
class Part {
  readonly #running: Counts
  readonly #changes: Changes
  /** Where the changes of the row begin, and how far the row has come. */
  #start = 0
  #at = 0

  constructor({ base, changes }: Timeline) {
    this.#running = Int32Array.from(base)
    this.#changes = changes
  }

  /** Counters that are not zero before the row's first day. */
  get counters(): number {
    let count = 0
    for (const n of this.#running) if (n !== 0) count += 1
    return count
  }

  get nextDay(): number {
    return this.#at < this.#changes.length ? this.#changes.days[this.#at]! : Infinity
  }

  countOn(day: number): number {
    const { days, length } = this.#changes
    let at = this.#at
    while (at < length && days[at] === day) at += 1
    return at - this.#at
  }

  passBy(day: number): void {
    this.#at += this.countOn(day)
  }

  /** Packs the row up to here; the next begins here. Empty where there is nothing in it. */
  pack(from: number): Uint8Array<ArrayBuffer> {
    const { counters } = this
    const running = this.#running
    if (counters === 0 && this.#start === this.#at) return writer.take()
    writer.varint(counters)
    for (let cell = 0, last = 0; cell < running.length; cell++) {
      if (running[cell] === 0) continue
      writer.varint(cell - last)
      last = cell
      writer.signed(running[cell]!)
    }
    const { days, cells, counts } = this.#changes
    let day = from
    while (this.#start < this.#at) {
      const count = this.#countFrom(this.#start)
      writer.varint(days[this.#start]! - day)
      day = days[this.#start]!
      writer.varint(count)
      let last = 0
      for (const end = this.#start + count; this.#start < end; this.#start++) {
        const cell = cells[this.#start]!
        writer.varint(cell - last)
        last = cell
        writer.signed(counts[this.#start]!)
        running[cell]! += counts[this.#start]!
      }
    }
    return writer.take()
  }

  #countFrom(start: number): number {
    const { days } = this.#changes
    let end = start
    while (end < this.#at && days[end] === days[start]) end += 1
    return end - start
  }
}

/** Where the cells of a row go: the counters of a slot begin at `slot * stride + offset`. */
export interface Target {
  stride: number
  offset: number
}

const asTheyStand: Target = { stride: width, offset: 0 }

/**
 * Adds to `counts` what a stored row says of a day on or after its first. The inner loop of every question: it reads
 * bytes without calling anything.
 */
export function addCountsOn(counts: Counts, bytes: Uint8Array, from: number, day: number, { stride, offset }: Target = asTheyStand): void {
  const length = bytes.length
  let at = 0
  let on = from
  let isBase = true
  while (at < length) {
    let byte = 0
    if (!isBase) {
      let later = 0
      for (let shift = 0; ; shift += 7) {
        byte = bytes[at++]!
        later |= (byte & 0x7f) << shift
        if (byte < 0x80) break
      }
      on += later
      if (on > day) return
    }
    isBase = false
    let left = 0
    for (let shift = 0; ; shift += 7) {
      byte = bytes[at++]!
      left |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    let counter = 0
    let to = offset
    for (; left > 0; left--) {
      byte = bytes[at++]!
      let gap = byte & 0x7f
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = bytes[at++]!
        gap |= (byte & 0x7f) << shift
      }
      counter += gap
      while (counter >= width) {
        counter -= width
        to += stride
      }
      byte = bytes[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = bytes[at++]!
        value |= (byte & 0x7f) << shift
      }
      counts[to + counter]! += (value >>> 1) ^ -(value & 1)
    }
  }
}
