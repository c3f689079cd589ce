import { width, type Counts } from './counts.js'
import type { DayChanges, Timeline } from './timeline.js'

/** Changes by day and cell, as they come. */
export type Fresh = Map<number, Map<number, number>>

/** Notes a change. */
export function addFresh(fresh: Fresh, day: number, cell: number, n: number): void {
  let cells = fresh.get(day)
  if (!cells) fresh.set(day, (cells = new Map()))
  cells.set(cell, (cells.get(cell) ?? 0) + n)
}

/** Told how the counters of slots move that changes touch, before and after. Answers a change of one more counter that follows, or 0. */
export type Follow = (day: number, moved: readonly number[], before: Counts, after: Counts) => number

/**
 * Carries changes into a timeline (null: there is none yet). On each day on which a slot moves that fresh changes have
 * touched by then, `follow` is told the slots and the counters of those slots as they stood on that day and stand now;
 * what it answers changes the counter `following`. Slots that nothing fresh touches are only passed on, unless they are
 * `watched`.
 */
export function merge(old: Timeline | null, fresh: Fresh, cells: number, follow: Follow | null = null, { following = 0, watched = [] as readonly number[] } = {}): Timeline {
  const freshDays = [...fresh.keys()].sort((a, b) => a - b)
  const first = freshDays[0]
  if (first === undefined) return old ?? { from: 0, base: new Int32Array(cells), days: [] }
  // Before the first row of all there is nothing: then the base is empty, and stays so.
  const base = old ? widened(old.base, cells) : new Int32Array(cells)
  const from = old ? Math.min(old.from, first) : first
  const dirty = new Uint8Array(Math.ceil(cells / width))
  for (const own of fresh.values()) for (const cell of own.keys()) dirty[slotOf(cell)] = 1
  for (const slot of watched) dirty[slot] = 1
  const before = Int32Array.from(base)
  const after = Int32Array.from(base)
  const moved: number[] = []
  const days: DayChanges[] = []
  let [at, next] = [0, 0]
  while (at < (old?.days.length ?? 0) || next < freshDays.length) {
    const day = Math.min(old?.days[at]?.day ?? Infinity, freshDays[next] ?? Infinity)
    const was = old?.days[at]?.day === day ? old.days[at++]! : null
    const now = freshDays[next] === day ? fresh.get(freshDays[next++]!)! : null
    moved.length = 0
    if (was) move(was, dirty, before, after, moved)
    if (now) {
      for (const [cell, n] of now) {
        after[cell]! += n
        if (!moved.includes(slotOf(cell))) moved.push(slotOf(cell))
      }
    }
    const extra = follow !== null && moved.length > 0 ? follow(day, moved, before, after) : 0
    if (extra !== 0) {
      const more = new Map(now ?? [])
      more.set(following, (more.get(following) ?? 0) + extra)
      add(days, day, was, more)
    } else add(days, day, was, now)
  }
  return { from, base, days }
}

function slotOf(cell: number): number {
  return (cell / width) | 0
}

function widened(counts: Counts, cells: number): Counts {
  if (counts.length >= cells) return counts
  const larger = new Int32Array(cells)
  larger.set(counts)
  return larger
}

/** Applies what was stored to the slots that are looked at. */
function move({ cells, changes }: DayChanges, dirty: Uint8Array, before: Counts, after: Counts, moved: number[]): void {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!
    const slot = slotOf(cell)
    if (dirty[slot] === 0) continue
    before[cell]! += changes[i]!
    after[cell]! += changes[i]!
    if (moved[moved.length - 1] !== slot) moved.push(slot)
  }
}

/** Adds a day with what was stored and what is new; what cancels out is left out, and a day on which nothing is left too. */
function add(days: DayChanges[], day: number, was: DayChanges | null, now: ReadonlyMap<number, number> | null): void {
  if (now === null || now.size === 0) {
    if (was) days.push(was)
    return
  }
  const own: DayChanges = { day, cells: [], changes: [] }
  const put = (cell: number, n: number) => {
    if (n === 0) return
    own.cells.push(cell)
    own.changes.push(n)
  }
  const fresh = [...now.keys()].sort((a, b) => a - b)
  let at = 0
  for (let i = 0; i < (was?.cells.length ?? 0); i++) {
    const cell = was!.cells[i]!
    while (at < fresh.length && fresh[at]! < cell) {
      put(fresh[at]!, now.get(fresh[at]!)!)
      at += 1
    }
    if (fresh[at] === cell) {
      put(cell, was!.changes[i]! + now.get(cell)!)
      at += 1
    } else put(cell, was!.changes[i]!)
  }
  for (; at < fresh.length; at++) put(fresh[at]!, now.get(fresh[at]!)!)
  if (own.cells.length > 0) days.push(own)
}
