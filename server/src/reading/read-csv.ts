import type { Limits } from '@lastmile/shared/source'
import type { Progress, RawRow } from './cell.js'
import { CsvRows } from './csv-rows.js'
import { headOf, type TextSource } from './decode.js'
import { fieldsNamed, type Headings } from './header.js'
import { refuse } from './refusal.js'

const separators = [',', ';', '\t', '|'] as const

/** The rows of a delimited text, from its first on: its separator is told, and a first line `sep=;`, which does not count as a row, is left out. */
export function openCsv(source: TextSource, headings: Headings, limits: Limits): CsvRows {
  const directive = /^"?sep=([,;\t|])"?(\r\n|\r|\n|$)/i.exec(headOf(source, 64))
  const separator = directive ? (directive[1] as string) : likeliestSeparator(source, headings, limits)
  return new CsvRows(source, separator, limits.maxColumns, directive ? directive[0].length : 0)
}

/** All rows of a delimited text that hold anything: for small tables. A report is read row by row ({@link openCsv}). */
export function readCsv(source: TextSource, headings: Headings, limits: Limits, progress: Progress = () => {}): readonly RawRow[] {
  const csv = openCsv(source, headings, limits)
  const rows: RawRow[] = []
  while (csv.next()) {
    if (csv.isBlank()) continue
    rows.push({ row: csv.row, cells: csv.texts() })
    if (rows.length % 10_000 === 0) progress(rows.length)
    if (rows.length > limits.maxRows + limits.headerSearchRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
  }
  return rows
}

/** The separator under which the first rows name most columns: titles and notes may hold any of them. */
function likeliestSeparator(source: TextSource, headings: Headings, limits: Limits): string {
  let best: string = separators[0]
  let most = 0
  for (const separator of separators) {
    let named = 0
    try {
      const csv = new CsvRows(source, separator, limits.maxColumns)
      while (csv.row < limits.headerSearchRows && csv.next()) named = Math.max(named, fieldsNamed(csv.texts(), headings))
    } catch {
      // What is malformed under the right separator is refused when the file is read.
    }
    if (named > most) [best, most] = [separator, named]
  }
  return best
}
