import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { endOfDays } from '@lastmile/shared/day'
import type { Counts } from './counts.js'

/*
 * Counters over time. A row holds the counters as they were before its first day, and every change since: so that a
 * report writes what it changes, any day is answered from one row, and the days ahead, on which what was said will stop
 * to count, are known without a job. A row that has grown is followed by another; days behind the last event stay in the
 * last row, split into those near, which most questions need, and those ahead.
 */

/** Changes of counters on one day, by ascending cell (`slot * width + counter`). */
export interface DayChanges {
  day: number
  cells: number[]
  changes: number[]
}

/** Counters from a day on: what held before it, and what changes when. */
export interface Timeline {
  from: number
  base: Counts
  days: DayChanges[]
}

/** Packed cells of a row: `near` holds the counters before the row's first day and the changes up to its `nearTo`, `ahead` those after. */
export interface PackedCells {
  near: Uint8Array
  ahead: Uint8Array
}

/** A row as it is stored, its cells in one part or several, in order. */
export interface TimelineRow {
  from: number
  parts: PackedCells[]
}

/** Changes that a row takes before another follows, up to twice as many where it began: some kilobytes. */
const rowTakes = 500

const writer = new ByteWriter(1 << 14)
const reader = new ByteReader()

/** The timeline that stored rows make together; they are in order and follow each other. */
export function timelineOf(rows: readonly TimelineRow[], cells: number): Timeline | null {
  const first = rows[0]
  if (!first) return null
  const base = new Int32Array(cells)
  const days: DayChanges[] = []
  for (const row of rows) {
    const own: DayChanges[] = []
    for (const { near, ahead } of row.parts) {
      reader.open(near)
      readGroup((cell, n) => {
        if (row === first) base[cell] = n
      })
      readDays(row.from, own)
      reader.open(ahead)
      readDays(row.from, own)
    }
    days.push(...(row.parts.length > 1 ? joined(own) : own))
  }
  return { from: first.from, base, days }
}

function readDays(from: number, days: DayChanges[]): void {
  let day = from
  while (!reader.done) {
    day += reader.varint()
    const own: DayChanges = { day, cells: [], changes: [] }
    readGroup((cell, n) => {
      own.cells.push(cell)
      own.changes.push(n)
    })
    days.push(own)
  }
}

/** Days of several parts, whose cells ascend from part to part, as one list. */
function joined(days: readonly DayChanges[]): DayChanges[] {
  const byDay = new Map<number, DayChanges>()
  for (const one of days) {
    const own = byDay.get(one.day)
    if (own) {
      own.cells.push(...one.cells)
      own.changes.push(...one.changes)
    } else byDay.set(one.day, one)
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day)
}

function readGroup(take: (cell: number, n: number) => void): void {
  let cell = 0
  for (let left = reader.varint(); left > 0; left--) {
    cell += reader.varint()
    take(cell, reader.signed())
  }
}

/**
 * Adds to `counts` what a stored row says of a day on or after its first. The inner loop of every question: it reads
 * bytes without calling anything.
 */
export function addCountsOn(counts: Counts, row: { from: number; near: Uint8Array; ahead: Uint8Array | null }, day: number): void {
  addBytes(counts, row.near, true, row.from, day)
  if (row.ahead) addBytes(counts, row.ahead, false, row.from, day)
}

function addBytes(counts: Counts, bytes: Uint8Array, startsWithBase: boolean, from: number, day: number): void {
  const length = bytes.length
  let at = 0
  let on = from
  let isBase = startsWithBase
  while (at < length) {
    let byte = 0
    if (!isBase) {
      let offset = 0
      for (let shift = 0; ; shift += 7) {
        byte = bytes[at++]!
        offset |= (byte & 0x7f) << shift
        if (byte < 0x80) break
      }
      on += offset
      if (on > day) return
    }
    isBase = false
    let left = 0
    for (let shift = 0; ; shift += 7) {
      byte = bytes[at++]!
      left |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    let cell = 0
    for (; left > 0; left--) {
      byte = bytes[at++]!
      let gap = byte & 0x7f
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = bytes[at++]!
        gap |= (byte & 0x7f) << shift
      }
      cell += gap
      byte = bytes[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = bytes[at++]!
        value |= (byte & 0x7f) << shift
      }
      counts[cell]! += (value >>> 1) ^ -(value & 1)
    }
  }
}

/**
 * Cuts a timeline into rows. A row is followed by another once it holds enough, up to the day `latest` of the latest
 * event; what lies behind that day stays in the last row, and there behind `nearTo` where it is much. Where rows began
 * before (`starts`) they begin again, unless they have grown to twice as much: else every report would move them all.
 */
export function cutRows(timeline: Timeline, latest: number, starts: ReadonlySet<number>): { from: number; nearTo: number; base: Counts; near: DayChanges[]; ahead: DayChanges[] }[] {
  const rows: { from: number; nearTo: number; base: Counts; near: DayChanges[]; ahead: DayChanges[] }[] = []
  const running = Int32Array.from(timeline.base)
  let row = { from: timeline.from, nearTo: endOfDays, base: timeline.base, near: [] as DayChanges[], ahead: [] as DayChanges[] }
  let held = 0
  const begin = (day: number) => {
    rows.push({ ...row, nearTo: day - 1 })
    row = { from: day, nearTo: endOfDays, base: Int32Array.from(running), near: [], ahead: [] }
    held = 0
  }
  // A row keeps its first day also where nothing changes on it any more.
  const kept = [...starts].filter((day) => day > timeline.from).sort((a, b) => a - b)
  for (const one of timeline.days) {
    while (kept.length > 0 && kept[0]! <= one.day) {
      const start = kept.shift()!
      if (held > 0) begin(start)
    }
    const full = held > 0 && held + one.cells.length > 2 * rowTakes
    if (full && one.day <= latest) begin(one.day)
    else if (row.nearTo === endOfDays && held + one.cells.length > rowTakes && one.day > latest) row.nearTo = Math.max(row.from, one.day - 1)
    const where = one.day > row.nearTo ? row.ahead : row.near
    where.push(one)
    held += one.cells.length
    one.cells.forEach((cell, i) => (running[cell]! += one.changes[i]!))
  }
  return [...rows, row]
}

/** Packs the cells from `first` (inclusive) to `end` (exclusive) of a row: its counters and near changes, and those ahead. */
export function packRow(row: { from: number; base: Counts; near: readonly DayChanges[]; ahead: readonly DayChanges[] }, first: number, end: number): PackedCells {
  const { base } = row
  const stop = Math.min(end, base.length)
  let count = 0
  for (let cell = first; cell < stop; cell++) if (base[cell] !== 0) count += 1
  writer.varint(count)
  let last = 0
  for (let cell = first; cell < stop; cell++) {
    if (base[cell] === 0) continue
    writer.varint(cell - last)
    last = cell
    writer.signed(base[cell]!)
  }
  writeDays(row.from, row.near, first, end)
  const near = writer.take()
  writeDays(row.from, row.ahead, first, end)
  return { near, ahead: writer.take() }
}

function writeDays(from: number, days: readonly DayChanges[], first: number, end: number): void {
  let day = from
  for (const { day: on, cells, changes } of days) {
    let start = 0
    while (start < cells.length && cells[start]! < first) start += 1
    let stop = cells.length
    while (stop > start && cells[stop - 1]! >= end) stop -= 1
    if (stop === start) continue
    writer.varint(on - day)
    day = on
    writer.varint(stop - start)
    let last = 0
    for (let i = start; i < stop; i++) {
      writer.varint(cells[i]! - last)
      last = cells[i]!
      writer.signed(changes[i]!)
    }
  }
}
