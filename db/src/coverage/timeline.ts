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

/** Changes that a row takes before another follows: a row then stays around two kilobytes. */
const rowTakes = 400

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

/** Changes by day and cell, as they come. */
export type Fresh = Map<number, Map<number, number>>

/** Notes a change. */
export function addFresh(fresh: Fresh, day: number, cell: number, n: number): void {
  let cells = fresh.get(day)
  if (!cells) fresh.set(day, (cells = new Map()))
  cells.set(cell, (cells.get(cell) ?? 0) + n)
}

/**
 * Carries changes into a timeline (null: there is none yet). `visit` is called on each day on which anything changes,
 * before or after, with the cells touched and all counters as they stood on that day before and stand after.
 */
export function merge(old: Timeline | null, fresh: Fresh, cells: number, visit: (day: number, touched: readonly number[], before: Counts, after: Counts) => void): Timeline {
  const days = [...new Set([...(old?.days ?? []).map((one) => one.day), ...fresh.keys()])].sort((a, b) => a - b)
  const from = old === null ? days[0]! : Math.min(old.from, days[0] ?? old.from)
  const base = new Int32Array(cells)
  // Before the first row of all there is nothing: then the base is empty, and stays so.
  if (old) base.set(old.base)
  const before = Int32Array.from(base)
  const after = Int32Array.from(base)
  const merged: DayChanges[] = []
  let at = 0
  for (const day of days) {
    const was = old?.days[at]?.day === day ? old.days[at++]! : null
    const touched: number[] = []
    const own: DayChanges = { day, cells: [], changes: [] }
    const now = fresh.get(day)
    const add = (cell: number, stood: number, n: number) => {
      touched.push(cell)
      before[cell]! += stood
      after[cell]! += stood + n
      if (stood + n === 0) return
      own.cells.push(cell)
      own.changes.push(stood + n)
    }
    if (now === undefined) was!.cells.forEach((cell, i) => add(cell, was!.changes[i]!, 0))
    else {
      const stood = new Map<number, number>()
      was?.cells.forEach((cell, i) => stood.set(cell, was.changes[i]!))
      for (const cell of [...new Set([...stood.keys(), ...now.keys()])].sort((a, b) => a - b)) add(cell, stood.get(cell) ?? 0, now.get(cell) ?? 0)
    }
    visit(day, touched, before, after)
    if (own.cells.length > 0) merged.push(own)
  }
  return { from, base, days: merged }
}

/**
 * Cuts a timeline into days as rows hold them: a row is followed by another once it holds enough, up to the day `latest`
 * of the latest event; what lies behind that day stays in the last row, and there behind `nearTo` where it is much.
 */
export function cutRows(timeline: Timeline, latest: number): { from: number; nearTo: number; base: Counts; near: DayChanges[]; ahead: DayChanges[] }[] {
  const rows: { from: number; nearTo: number; base: Counts; near: DayChanges[]; ahead: DayChanges[] }[] = []
  const running = Int32Array.from(timeline.base)
  let row = { from: timeline.from, nearTo: endOfDays, base: timeline.base, near: [] as DayChanges[], ahead: [] as DayChanges[] }
  let held = 0
  for (const one of timeline.days) {
    const full = held > 0 && held + one.cells.length > rowTakes
    if (full && one.day <= latest) {
      rows.push({ ...row, nearTo: one.day - 1 })
      row = { from: one.day, nearTo: endOfDays, base: Int32Array.from(running), near: [], ahead: [] }
      held = 0
    } else if (full && row.nearTo === endOfDays) row.nearTo = one.day - 1
    const days = one.day > row.nearTo ? row.ahead : row.near
    days.push(one)
    held += one.cells.length
    one.cells.forEach((cell, i) => (running[cell]! += one.changes[i]!))
  }
  return [...rows, row]
}

/** Packs the cells from `first` (inclusive) to `end` (exclusive) of a row: its counters and near changes, and those ahead. */
export function packRow(row: { from: number; base: Counts; near: readonly DayChanges[]; ahead: readonly DayChanges[] }, first: number, end: number): PackedCells {
  const cells: number[] = []
  for (let cell = first; cell < Math.min(end, row.base.length); cell++) if (row.base[cell] !== 0) cells.push(cell)
  writeGroup(cells, (i) => row.base[cells[i]!]!)
  writeDays(row.from, row.near, first, end)
  const near = writer.take()
  writeDays(row.from, row.ahead, first, end)
  return { near, ahead: writer.take() }
}

function writeDays(from: number, days: readonly DayChanges[], first: number, end: number): void {
  let day = from
  for (const one of days) {
    const start = one.cells.findIndex((cell) => cell >= first)
    if (start < 0) continue
    let stop = one.cells.length
    while (stop > start && one.cells[stop - 1]! >= end) stop -= 1
    if (stop === start) continue
    writer.varint(one.day - day)
    day = one.day
    writeGroup(one.cells.slice(start, stop), (i) => one.changes[start + i]!)
  }
}

function writeGroup(cells: readonly number[], valueOf: (i: number) => number): void {
  writer.varint(cells.length)
  let last = 0
  for (let i = 0; i < cells.length; i++) {
    writer.varint(cells[i]! - last)
    last = cells[i]!
    writer.signed(valueOf(i))
  }
}
