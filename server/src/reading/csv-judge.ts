import type { Field } from '@lastmile/shared/source'
import { ByteMemo, hashOf } from './byte-memo.js'
import type { CsvRows } from './csv-rows.js'
import type { Judge, Verdict } from './judge-cell.js'

/**
 * Judges the cells of one column of a CSV. A cell whose bytes were seen before has the verdict it had then; plain numbers
 * are read from their bytes. All others go to the judge of the field, which knows the rules.
 */
export class CsvColumn {
  readonly #judge: Judge
  readonly #memo = new ByteMemo()
  readonly #verdicts: Verdict[] = []
  readonly #blank: Verdict
  /** Digits that a plain number may have before and after its point; null where cells are no numbers. */
  readonly #digits: { readonly whole: number; readonly part: number } | null
  /** Whether the value counts hundredths. */
  readonly #hundredths: boolean
  readonly #plain: Verdict = { error: null, echo: null, warnings: 0, value: 0, text: '', blank: false, stray: null }

  constructor(field: Field, judge: Judge, maxCellChars: number) {
    this.#judge = judge
    this.#blank = judge('')
    this.#digits = maxCellChars < 20 ? null : field === 'price' ? { whole: 8, part: 2 } : field === 'quantity' ? { whole: 9, part: 4 } : null
    this.#hundredths = field === 'price'
  }

  /** The verdict on a cell of the row at hand. It holds until the next is asked for. */
  verdict(rows: CsvRows, cell: number): Verdict {
    const start = rows.starts[cell]!
    const end = rows.ends[cell]!
    if (start === end) return this.#blank
    if (this.#digits) {
      const value = this.#plainNumber(rows.bytes, start, end, this.#digits)
      // Zero is left to the rules: no price is zero, and no supply.
      if (value > 0) {
        this.#plain.value = value
        return this.#plain
      }
    }
    const hash = hashOf(rows.bytes, start, end)
    const known = this.#memo.find(rows.bytes, start, end, hash)
    return known >= 0 ? this.#verdicts[known]! : this.#learn(rows, cell, hash)
  }

  #learn(rows: CsvRows, cell: number, hash: number): Verdict {
    const verdict = this.#judge(rows.text(cell))
    if (this.#memo.full) this.#memo.clear()
    const entry = this.#memo.add(rows.bytes, rows.starts[cell]!, rows.ends[cell]!, hash)
    if (entry >= 0) this.#verdicts[entry] = verdict
    return verdict
  }

  /** The value of `123` or `123.45` within the digits allowed, as the rules read it; −1 for any other text. */
  #plainNumber(bytes: Uint8Array, start: number, end: number, digits: { readonly whole: number; readonly part: number }): number {
    let value = 0
    let at = start
    for (; at < end; at++) {
      const digit = bytes[at]! - 0x30
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (at === start || at - start > digits.whole) return -1
    let scale = 1
    if (at < end) {
      if (bytes[at] !== 0x2e || at + 1 === end || end - at - 1 > digits.part) return -1
      for (at++; at < end; at++) {
        const digit = bytes[at]! - 0x30
        if (digit < 0 || digit > 9) return -1
        value = value * 10 + digit
        scale *= 10
      }
    }
    // Both are whole and below 2⁵³, so the quotient is the double nearest to what is written.
    return this.#hundredths ? value * (100 / scale) : value / scale
  }
}
