import { kinds } from '@lastmile/shared/kind'
import { Changes } from './changes.js'
import { countAt, eligibleStocked, stateCounter, width, type Counts } from './counts.js'
import type { Timeline } from './timeline.js'

/** What a slot can have at least one of: something in stock, something in stock at an eligible institution. */
export const stocked = 0
const stockedEligible = 1
export const measures = [stocked, stockedEligible] as const

/** By counter: which measure it adds to, or −1. */
const measureOf = new Int8Array(width).fill(-1)
for (let kind = 0; kind < kinds.length; kind++) {
  measureOf[stateCounter(kind, 0)] = stocked
  measureOf[eligibleStocked + kind] = stockedEligible
}

/**
 * Told when a slot turns from none to at least one (`on`) or back. `sign` is 1 for the timeline as it is now, −1 for what
 * it was: what turned then as it turns now cancels out where both are added up.
 */
export type Turned = (day: number, slot: number, measure: number, on: boolean, sign: 1 | -1) => void

/**
 * Carries changes into a timeline (null: there is none yet), whose counters are those of `slots`. Before the first row of
 * all there is nothing: a timeline that begins earlier than before begins with nothing.
 */
export function carry(old: Timeline | null, fresh: Changes, slots: number, turned: Turned | null = null): Timeline {
  const base = widened(old?.base, slots * width)
  if (fresh.length === 0) return { from: old?.from ?? Infinity, base, changes: old?.changes ?? fresh }
  const from = Math.min(old?.from ?? Infinity, fresh.first!)
  const was = old?.changes ?? new Changes(0)
  const changes = new Changes(was.length + fresh.length)
  const sides = turned && { before: new Side(base, slots, -1, turned), after: new Side(base, slots, 1, turned) }
  let [at, next] = [0, 0]
  while (at < was.length || next < fresh.length) {
    const day = Math.min(at < was.length ? was.days[at]! : Infinity, next < fresh.length ? fresh.days[next]! : Infinity)
    while ((at < was.length && was.days[at] === day) || (next < fresh.length && fresh.days[next] === day)) {
      const old = at < was.length && was.days[at] === day ? was.cells[at]! : Infinity
      const now = next < fresh.length && fresh.days[next] === day ? fresh.cells[next]! : Infinity
      const cell = Math.min(old, now)
      const before = old === cell ? was.counts[at++]! : 0
      const after = before + (now === cell ? fresh.counts[next++]! : 0)
      changes.push(day, cell, after)
      if (sides && measureOf[cell % width]! >= 0) {
        if (before !== 0) sides.before.add(cell, before)
        if (after !== 0) sides.after.add(cell, after)
      }
    }
    sides?.before.endOf(day)
    sides?.after.endOf(day)
  }
  return { from, base, changes }
}

function widened(counts: Counts | undefined, cells: number): Counts {
  if (counts && counts.length >= cells) return counts
  const larger = new Int32Array(cells)
  if (counts) larger.set(counts)
  return larger
}

/** Whether a slot has at least one. */
export function has(counts: Counts, slot: number, measure: number): boolean {
  return sumOf(counts, slot, measure) > 0
}

function sumOf(counts: Counts, slot: number, measure: number): number {
  let sum = 0
  for (let counter = 0; counter < width; counter++) if (measureOf[counter] === measure) sum += countAt(counts, slot, counter)
  return sum
}

/** Which slots have at least one, as a timeline goes on. */
class Side {
  readonly #sums: Int32Array
  readonly #on: Uint8Array
  readonly #moved: number[] = []

  constructor(base: Counts, slots: number, readonly sign: 1 | -1, readonly turned: Turned) {
    this.#sums = new Int32Array(slots * measures.length)
    this.#on = new Uint8Array(slots * measures.length)
    for (let slot = 0; slot < slots; slot++) for (const measure of measures) this.#sums[slot * measures.length + measure] = sumOf(base, slot, measure)
    for (let i = 0; i < this.#on.length; i++) this.#on[i] = this.#sums[i]! > 0 ? 1 : 0
  }

  add(cell: number, n: number): void {
    const slot = (cell / width) | 0
    const at = slot * measures.length + measureOf[cell - slot * width]!
    this.#sums[at]! += n
    if (this.#moved[this.#moved.length - 1] !== at) this.#moved.push(at)
  }

  /** Tells what turned on a day: only at its end, since a slot may lose its last and win another on the same day. */
  endOf(day: number): void {
    for (const at of this.#moved) {
      const on = this.#sums[at]! > 0 ? 1 : 0
      if (on === this.#on[at]) continue
      this.#on[at] = on
      this.turned(day, (at / measures.length) | 0, at % measures.length, on === 1, this.sign)
    }
    this.#moved.length = 0
  }
}
