import { ByteReader } from '@lastmile/shared/bytes'
import { Changes } from './changes.js'
import { width, type Counts } from './counts.js'

/*
 * Counters over time. A row holds the counters as they were before its first day, and every change since, until the next
 * row's day: so that a report writes what it changes, and any day is answered from one row. Days ahead, on which what was
 * said will stop to count, are known without a job. `carry.ts` writes rows.
 */

/** A row as it is stored. */
export interface StoredRow {
  /** Its first day (since 1970-01-01). */
  from: number
  bytes: Uint8Array
}

/** Counters from a day on: what held before it, and what changes when. */
export interface Timeline {
  from: number
  base: Counts
  changes: Changes
}

const reader = new ByteReader()

/** The timeline that stored rows make together; they are in order and follow each other. Null where there are none. */
export function timelineOf(rows: readonly StoredRow[], cells: number): Timeline | null {
  const first = rows[0]
  if (!first) return null
  const base = new Int32Array(cells)
  const changes = new Changes()
  for (const row of rows) {
    reader.open(row.bytes)
    for (let left = reader.varint(), cell = 0; left > 0; left--) {
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
export function addCountsOn(counts: Counts, { from, bytes }: StoredRow, day: number, { stride, offset }: Target = asTheyStand): void {
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
