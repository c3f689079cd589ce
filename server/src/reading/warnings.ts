import type { ReadWarning, WarningCode } from '@lastmile/shared/reading'

const listedPerKind = 20
const listedAtMost = 300

/**
 * Collects warnings. Of one kind (code and column) the first 20 rows are listed, of all kinds 300:
 * a file with a foreign date form has as many warnings as rows, and nobody reads the 21st. The first
 * of every kind is always kept.
 */
export class Warnings {
  readonly #kinds = new Map<string, number>()
  readonly #list: ReadWarning[] = []

  add(code: WarningCode, row?: number, column?: string): void {
    const kind = column === undefined ? code : `${code} ${column}`
    const seen = this.#kinds.get(kind) ?? 0
    this.#kinds.set(kind, seen + 1)
    if (seen >= listedPerKind || (seen > 0 && this.#list.length >= listedAtMost)) return
    this.#list.push({ code, ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) })
  }

  /** Adds a warning of so many rows. */
  addCount(code: WarningCode, count: number): void {
    this.#list.push({ code, count })
  }

  /** The list, in the order in which the reader met them. */
  list(): ReadWarning[] {
    return [...this.#list]
  }
}
