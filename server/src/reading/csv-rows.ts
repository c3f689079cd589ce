import type { TextSource } from './decode.js'
import { refuse } from './refusal.js'

const quote = 0x22
const cr = 0x0d
const lf = 0x0a
const firstBuffer = 1024 * 1024
/** A row beyond this is a quote that was never closed; smaller files may consist of one row. */
const longestRow = 64 * 1024 * 1024

/**
 * Goes over the rows of a delimited text, strictly and in one pass: a quote opens a field at its first character or the
 * file is CSV_MALFORMED, a closing quote is followed by a separator or the end of the row, an open quote at the end of
 * the file is CSV_MALFORMED (a lenient parser swallows the rest of the file into one cell).
 *
 * Rows are numbered as Excel shows them: blank lines count, a quoted field of several lines is one row. CR, LF and CRLF
 * end a row; U+2028, NEL and VT do not. A last line without an end is a row; a final line end opens none.
 *
 * Cells are places in a buffer of UTF-8, so that no string is made of a cell that is known already. They hold until the next call of {@link CsvRows.next}. Memory is that of the longest row.
 */
export class CsvRows {
  /** The row's number as a spreadsheet shows it, from 1. */
  row = 0
  /** How many cells the row has. */
  width = 0
  bytes = new Uint8Array(firstBuffer)
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly #source: TextSource
  readonly #separator: number
  readonly #maxColumns: number
  /** 1 for the bytes that may end a cell or must not stand in one. */
  readonly #special = new Uint8Array(256)
  /** Cells of this row in which quotes are doubled: they are undoubled once the row is complete. */
  readonly #doubled: Int32Array
  #doubledCount = 0
  #at = 0
  #end = 0
  #ended = false

  /** Rows from the beginning of a text, `skip` bytes of it left out. */
  constructor(source: TextSource, separator: string, maxColumns: number, skip = 0) {
    this.#source = source
    this.#separator = separator.charCodeAt(0)
    this.#maxColumns = maxColumns
    for (const byte of [this.#separator, quote, cr, lf]) this.#special[byte] = 1
    this.starts = new Int32Array(maxColumns)
    this.ends = new Int32Array(maxColumns)
    this.#doubled = new Int32Array(maxColumns + 1)
    source.rewind()
    this.#fill()
    this.#at = Math.min(skip, this.#end)
  }

  /** Moves to the next row; false after the last. @throws FileRefused CSV_MALFORMED, TOO_MANY_COLUMNS */
  next(): boolean {
    for (;;) {
      if (this.#at >= this.#end && this.#ended) return false
      const after = this.#at < this.#end ? this.#scan() : -1
      if (after >= 0) {
        this.#at = after
        this.row++
        for (let at = 0; at < this.#doubledCount; at++) this.#undouble(this.#doubled[at]!)
        return true
      }
      this.#fill()
    }
  }

  /** A cell as text. */
  text(cell: number): string {
    const [start, end] = [this.starts[cell]!, this.ends[cell]!]
    return start === end ? '' : Buffer.from(this.bytes.buffer, start, end - start).toString('utf8')
  }

  /** The cells of the row as texts. */
  texts(): string[] {
    return Array.from({ length: this.width }, (_, cell) => this.text(cell))
  }

  /** True if nothing but white space stands in the row. */
  isBlank(): boolean {
    for (let cell = 0; cell < this.width; cell++) if (!this.isBlankCell(cell)) return false
    return true
  }

  isBlankCell(cell: number): boolean {
    const start = this.starts[cell]!
    if (start === this.ends[cell]) return true
    const first = this.bytes[start]!
    return (first <= 0x20 || first >= 0x7f) && this.text(cell).trim() === ''
  }

  /** Finds the cells of the row that begins here; answers where the next begins, or −1 where the buffer ends within the row. */
  #scan(): number {
    const { bytes, starts, ends } = this
    const end = this.#end
    const separator = this.#separator
    const maxColumns = this.#maxColumns
    const special = this.#special
    let at = this.#at
    let width = 0
    this.#doubledCount = 0
    for (;;) {
      let from = at
      let to = at
      if (at < end && bytes[at] === quote) {
        from = ++at
        let doubled = false
        for (;;) {
          if (at >= end) return this.#ended ? this.#malformed('a quote is opened and never closed') : -1
          if (bytes[at] === quote) {
            if (at + 1 >= end && !this.#ended) return -1
            if (at + 1 >= end || bytes[at + 1] !== quote) break
            doubled = true
            at++
          }
          at++
        }
        to = at++
        if (at < end && bytes[at] !== separator && bytes[at] !== cr && bytes[at] !== lf) this.#malformed('text follows a closing quote')
        if (doubled) this.#doubled[this.#doubledCount++] = width
      } else {
        while (at < end) {
          const byte = bytes[at]!
          if (special[byte] !== 0) {
            if (byte === separator || byte === lf || byte === cr) break
            if (byte === quote) this.#malformed('a quote stands inside an unquoted field')
          }
          at++
        }
        to = at
      }
      if (at >= end && !this.#ended) return -1
      if (width >= maxColumns) refuse('TOO_MANY_COLUMNS', `row ${this.row + 1} has more than ${maxColumns} columns`)
      starts[width] = from
      ends[width] = to
      width++
      if (at < end && bytes[at] === separator) {
        at++
        continue
      }
      if (at < end && bytes[at] === cr) {
        // Whether a line feed follows is not known yet.
        if (at + 1 >= end && !this.#ended) return -1
        at += bytes[at + 1] === lf && at + 1 < end ? 2 : 1
      } else if (at < end) at++
      this.width = width
      return at
    }
  }

  #undouble(cell: number): void {
    const { bytes } = this
    let to = this.starts[cell]!
    for (let at = to; at < this.ends[cell]!; at++) {
      bytes[to++] = bytes[at]!
      if (bytes[at] === quote) at++
    }
    this.ends[cell] = to
  }

  /** Moves what is left of the buffer to its front and reads on behind it; a row that fills the buffer makes it larger. */
  #fill(): void {
    const left = this.#end - this.#at
    if (left >= longestRow) this.#malformed(`the row is longer than ${longestRow} bytes: a quote is opened and never closed`)
    if (left > this.bytes.length / 2) {
      const larger = new Uint8Array(this.bytes.length * 2)
      larger.set(this.bytes.subarray(this.#at, this.#end))
      this.bytes = larger
    } else this.bytes.copyWithin(0, this.#at, this.#end)
    this.#at = 0
    this.#end = left
    while (this.#end < this.bytes.length) {
      const count = this.#source.read(this.bytes, this.#end)
      if (count === 0) {
        this.#ended = true
        break
      }
      this.#end += count
    }
  }

  #malformed(what: string): never {
    return refuse('CSV_MALFORMED', `row ${this.row + 1}: ${what}`)
  }
}
