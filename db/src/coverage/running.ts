import { width, type Counts } from './counts.js'
import type { Timeline } from './timeline.js'

/** Counts that move along a timeline. */
export class Running {
  readonly now: Counts
  #at = 0

  constructor(readonly timeline: Timeline | null, slots: number) {
    this.now = timeline ? Int32Array.from(timeline.base) : new Int32Array(slots * width)
  }

  /** The next day on which anything changes; never where nothing does any more. */
  get next(): number {
    const changes = this.timeline?.changes
    return changes && this.#at < changes.length ? changes.days[this.#at]! : Infinity
  }

  /** Goes on to a day. */
  moveTo(day: number): void {
    if (!this.timeline) return
    const { length, days, cells, counts } = this.timeline.changes
    for (; this.#at < length && days[this.#at]! <= day; this.#at++) this.now[cells[this.#at]!]! += counts[this.#at]!
  }
}
