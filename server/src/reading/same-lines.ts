import type { RowErrorCode } from '@lastmile/shared/reading'
import type { Profile } from '@lastmile/shared/source'
import { dayBases, statuses } from '@lastmile/shared/status'
import type { LineColumns } from './line-columns.js'

/** Rows of one key that collapse are told in the order in which the second of each was met. */
interface Collapsed {
  readonly second: number
  readonly lines: readonly number[]
}

const asOfBasis = dayBases.indexOf('as_of')
/** Which of two statuses holds where rows collapse: the one with the lower strength. */
const strength = (['in_stock', 'out_of_stock', 'on_order', 'not_carried', 'discontinued', 'not_known'] as const).reduce((places, status, place) => {
  places[statuses.indexOf(status)] = place
  return places
}, new Uint8Array(statuses.length))

/**
 * Rows are the same if institution and drug are; of supplies, which are events, if the day is too.
 *
 * A profile refuses them: alike in every value, the first is sound and each later one is DUPLICATE_ROW; different in any,
 * all of them are CONFLICTING_ROW, since nothing says which to believe. Or it collapses them to one: in stock if any row
 * is, else zero if any row says zero, else the best of what is left; among those of that status the later day wins (a row
 * without a day is the earliest), then the later row. Supplies of one day are several sales: their quantities add up, to
 * none if one is not given.
 */
export class SameLines {
  readonly #profile: Profile
  readonly #listed: number
  #errors: { row: number; code: RowErrorCode }[] = []
  #collapsed: Collapsed[] = []
  errorsTotal = 0

  /** @param listed how many errors and collapsed rows anybody will want to see */
  constructor(profile: Profile, listed: number) {
    this.#profile = profile
    this.#listed = Math.max(listed, 1)
  }

  /** The first errors, in order of their rows. */
  errors(): { row: number; code: RowErrorCode }[] {
    return this.#errors.sort((a, b) => a.row - b.row).slice(0, this.#listed)
  }

  /** The first lines that were collapsed into others. */
  collapsedLines(): number[] {
    return this.#collapsed.sort((a, b) => a.second - b.second).flatMap(({ lines }) => lines).slice(0, this.#listed)
  }

  /**
   * Judges the rows of one institution (places `order[from]` up to `order[to - 1]`, by drug, then line). Answers the
   * places that stand, in that order, or null if all do. Quantities that add up are written into the columns.
   */
  settle(columns: LineColumns, order: Uint32Array, from: number, to: number): number[] | null {
    let alone = true
    for (let i = from + 1; i < to && alone; i++) alone = columns.drug(order[i]!) !== columns.drug(order[i - 1]!)
    if (alone) return null
    const standing: number[] = []
    for (let start = from; start < to;) {
      let end = start + 1
      while (end < to && columns.drug(order[end]!) === columns.drug(order[start]!)) end++
      if (end === start + 1) standing.push(order[start]!)
      else for (const place of this.#settleDrug(columns, Array.from(order.subarray(start, end)))) standing.push(place)
      start = end
    }
    return standing
  }

  #settleDrug(columns: LineColumns, places: number[]): number[] {
    if (this.#profile.statusFrom !== 'event') return this.#settleKey(columns, places)
    const byDay = new Map<number, number[]>()
    for (const place of places) {
      const day = dayOf(columns, place)
      const others = byDay.get(day)
      if (others) others.push(place)
      else byDay.set(day, [place])
    }
    return [...byDay.values()].flatMap((group) => this.#settleKey(columns, group)).sort((a, b) => columns.line(a) - columns.line(b))
  }

  #settleKey(columns: LineColumns, places: number[]): number[] {
    if (places.length === 1) return places
    if (this.#profile.sameRows === 'refuse') {
      this.#refuse(columns, places)
      return places
    }
    return [this.#collapse(columns, places)]
  }

  #refuse(columns: LineColumns, places: readonly number[]): void {
    const [head, ...rest] = places as [number, ...number[]]
    const alike = rest.every((place) => columns.areAlike(place, head))
    for (const place of alike ? rest : places) this.#errors.push({ row: columns.line(place), code: alike ? 'DUPLICATE_ROW' : 'CONFLICTING_ROW' })
    this.errorsTotal += alike ? rest.length : places.length
    if (this.#errors.length > 100 * this.#listed) this.#errors = this.errors()
  }

  #collapse(columns: LineColumns, places: readonly number[]): number {
    const [head, ...rest] = places as [number, ...number[]]
    let kept = head
    let sum = columns.quantity(head)
    const lines: number[] = []
    for (const place of rest) {
      sum += columns.quantity(place)
      const loser = isStronger(columns, place, kept) ? kept : place
      if (loser === kept) kept = place
      lines.push(columns.line(loser))
    }
    if (this.#profile.statusFrom === 'event') columns.setQuantity(kept, sum)
    this.#collapsed.push({ second: columns.line(places[1]!), lines: lines.slice(0, this.#listed) })
    if (this.#collapsed.length > 100 * this.#listed) this.#collapsed = this.#collapsed.sort((a, b) => a.second - b.second).slice(0, this.#listed)
    return kept
  }
}

/** The day of a row; a row without one comes before every other. */
function dayOf(columns: LineColumns, place: number): number {
  return columns.dayBasis(place) === asOfBasis ? -Infinity : columns.day(place)
}

function isStronger(columns: LineColumns, place: number, kept: number): boolean {
  const difference = strength[columns.status(place)]! - strength[columns.status(kept)]!
  return difference < 0 || (difference === 0 && dayOf(columns, place) >= dayOf(columns, kept))
}
