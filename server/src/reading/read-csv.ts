import type { Limits } from '@lastmile/shared/source'
import { isBlank, type Progress, type RawRow, type RawTable } from './cell.js'
import { fieldsNamed, type Headings } from './header.js'
import { refuse } from './refusal.js'

const separators = [',', ';', '\t'] as const
const quote = 0x22
const cr = 0x0d
const lf = 0x0a

/**
 * A delimited text to rows, strictly: a quote opens a field at its first character or the file is CSV_MALFORMED,
 * a closing quote is followed by a separator or the end of the row, an open quote at the end of the file is
 * CSV_MALFORMED (a lenient parser swallows the rest of the file into one cell). One pass, linear in the length.
 *
 * Rows are numbered as Excel shows them: blank lines count, a quoted field of several lines is one row, and a first
 * line `sep=;` does not count. CR, LF and CRLF end a row; U+2028, NEL and VT do not.
 */
export function readCsv(text: string, headings: Headings, limits: Limits, progress: Progress = () => {}): RawTable {
  const directive = /^"?sep=([,;\t|])"?(\r\n|\r|\n|$)/i.exec(text)
  const start = directive ? directive[0].length : 0
  const separator = directive ? (directive[1] as string) : likeliestSeparator(text, headings, limits)
  const rows: RawRow[] = []
  parse(text, start, separator, limits.maxColumns, (row, cells) => {
    if (cells.every(isBlank)) return true
    rows.push({ row, cells })
    if (rows.length % 10_000 === 0) progress(rows.length)
    if (rows.length > limits.maxRows + limits.headerSearchRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
    return true
  })
  return { rows, ragged: true }
}

/** The separator under which the first rows name most columns: titles and notes may hold any of the three. */
function likeliestSeparator(text: string, headings: Headings, limits: Limits): string {
  let best: string = separators[0]
  let most = 0
  for (const separator of separators) {
    let named = 0
    try {
      parse(text, 0, separator, limits.maxColumns, (row, cells) => {
        named = Math.max(named, fieldsNamed(cells, headings))
        return row < limits.headerSearchRows
      })
    } catch {
      // What is malformed under the right separator is refused when the file is read.
    }
    if (named > most) [best, most] = [separator, named]
  }
  return best
}

/** Calls `take` for every row until it returns false. A last line without an end is a row; a final line end opens none. */
function parse(text: string, start: number, separator: string, maxColumns: number, take: (row: number, cells: string[]) => boolean): void {
  const separatorCode = separator.charCodeAt(0)
  const end = text.length
  let row = 1
  let at = start
  let cells: string[] = []
  while (at < end || cells.length > 0) {
    let cell: string
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at + 1, row)
      cell = text.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
      const next = text.charCodeAt(at)
      if (at < end && next !== separatorCode && next !== cr && next !== lf) malformed(row, 'text follows a closing quote')
    } else {
      const from = at
      while (at < end) {
        const code = text.charCodeAt(at)
        if (code === separatorCode || code === cr || code === lf) break
        if (code === quote) malformed(row, 'a quote stands inside an unquoted field')
        at++
      }
      cell = text.slice(from, at)
    }
    cells.push(cell)
    if (cells.length > maxColumns) refuse('TOO_MANY_COLUMNS', `row ${row} has more than ${maxColumns} columns`)
    if (at < end && text.charCodeAt(at) === separatorCode) {
      at++
      continue
    }
    if (at < end) at += text.charCodeAt(at) === cr && text.charCodeAt(at + 1) === lf ? 2 : 1
    if (!take(row, cells)) return
    cells = []
    row++
  }
}

function closingQuote(text: string, from: number, row: number): number {
  let at = from
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0) malformed(row, 'a quote is opened and never closed')
    if (text.charCodeAt(close + 1) !== quote) return close
    at = close + 2
  }
}

function malformed(row: number, what: string): never {
  return refuse('CSV_MALFORMED', `row ${row}: ${what}`)
}
