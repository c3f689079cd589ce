import type { Day } from '@lastmile/shared/day'
import { unpackCounts, withSlots, width, type Counts } from './counts.js'

/** A counter of a slot that changes by `n` from a day on. */
export interface SlotDelta {
  day: Day
  slot: number
  counter: number
  n: number
}

/** Counts from a day until the next row's day. */
export interface TimelineRow {
  day: Day
  counts: Counts
}

/** Rows as stored, unpacked and in order. */
export function timelineOf(rows: readonly { day: Day; counts: Uint8Array }[]): TimelineRow[] {
  return rows.map((row) => ({ day: row.day, counts: unpackCounts(row.counts) })).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The counts that hold on a day: those of the last row on or before it. */
export function countsOn(rows: readonly TimelineRow[], day: Day): Counts {
  let counts: Counts = new Int32Array(0)
  for (const row of rows) {
    if (row.day > day) break
    counts = row.counts
  }
  return counts
}

/**
 * A timeline after changes. `rows` holds the last row on or before the first change and all later ones; the answer
 * holds every row from the first change on, each with what stood there before.
 */
export function applyDeltas(rows: readonly TimelineRow[], deltas: readonly SlotDelta[]): { day: Day; before: Counts; after: Counts }[] {
  const byDay = netChanges(deltas)
  if (byDay.size === 0) return []
  const slots = 1 + deltas.reduce((most, delta) => Math.max(most, delta.slot), 0)
  const first = [...byDay.keys()].reduce((a, b) => (a < b ? a : b))
  const days = new Set([...byDay.keys(), ...rows.filter((row) => row.day >= first).map((row) => row.day)])

  const changed = new Int32Array(slots * width)
  let before: Counts = countsOn(rows, first)
  let at = rows.findIndex((row) => row.day >= first)
  if (at < 0) at = rows.length
  return [...days].sort().map((day) => {
    if (rows[at]?.day === day) before = rows[at++]!.counts
    for (const [counter, n] of byDay.get(day) ?? []) changed[counter]! += n
    const after = withSlots(before, slots)
    for (let i = 0; i < changed.length; i++) after[i]! += changed[i]!
    return { day, before, after }
  })
}

/** Day → counter → net change; what cancels out (a statement restated unchanged) leaves no row behind. */
function netChanges(deltas: readonly SlotDelta[]): Map<Day, Map<number, number>> {
  const byDay = new Map<Day, Map<number, number>>()
  for (const { day, slot, counter, n } of deltas) {
    let counters = byDay.get(day)
    if (!counters) byDay.set(day, (counters = new Map()))
    const at = slot * width + counter
    const net = (counters.get(at) ?? 0) + n
    if (net === 0) counters.delete(at)
    else counters.set(at, net)
  }
  for (const [day, counters] of byDay) if (counters.size === 0) byDay.delete(day)
  return byDay
}
