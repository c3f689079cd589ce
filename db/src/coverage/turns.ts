import { kinds } from '@lastmile/shared/kind'
import { countAt, eligibleStocked, stateCounter, width, type Counts } from './counts.js'

/* Where a slot turns from none to at least one, or back: what distinct cities and units are counted by. */

/** What a slot can have at least one of: something in stock, something in stock at an eligible institution. */
export const stocked = 0
const stockedEligible = 1
export const measures = [stocked, stockedEligible] as const

/** By measure: the counters that add to it; and by counter which measure it adds to, or −1. */
const countersOf = [kinds.map((_, kind) => stateCounter(kind, 0)), kinds.map((_, kind) => eligibleStocked + kind)]
const measureOf = Array.from({ length: width }, (_, counter) => countersOf.findIndex((counters) => counters.includes(counter)))

/**
 * Told when a slot turns from none to at least one (`on`) or back. `sign` is 1 for the timeline as it is now, −1 for what
 * it was: what turned then as it turns now cancels out where both are added up.
 */
export type Turned = (day: number, slot: number, measure: number, on: boolean, sign: 1 | -1) => void

/** Whether a slot has at least one. */
export function has(counts: Counts, slot: number, measure: number): boolean {
  return sumOf(counts, slot, measure) > 0
}

function sumOf(counts: Counts, slot: number, measure: number): number {
  let sum = 0
  for (const counter of countersOf[measure]!) sum += countAt(counts, slot, counter)
  return sum
}

/** Which slots have at least one, as a timeline goes on. */
export class Side {
  readonly #sums: number[] = []
  readonly #on: boolean[] = []
  readonly #moved: number[] = []

  constructor(base: Counts, slots: number, readonly sign: 1 | -1, readonly turned: Turned) {
    for (let slot = 0; slot < slots; slot++) {
      for (const measure of measures) {
        const sum = sumOf(base, slot, measure)
        this.#sums.push(sum)
        this.#on.push(sum > 0)
      }
    }
  }

  add(cell: number, n: number): void {
    const slot = (cell / width) | 0
    const measure = measureOf[cell - slot * width]!
    if (n === 0 || measure < 0) return
    const at = slot * measures.length + measure
    this.#sums[at]! += n
    if (this.#moved[this.#moved.length - 1] !== at) this.#moved.push(at)
  }

  /** Tells what turned on a day: only at its end, since a slot may lose its last and win another on the same day. */
  endOf(day: number): void {
    for (const at of this.#moved) {
      const on = this.#sums[at]! > 0
      if (on === this.#on[at]) continue
      this.#on[at] = on
      this.turned(day, (at / measures.length) | 0, at % measures.length, on, this.sign)
    }
    this.#moved.length = 0
  }
}
