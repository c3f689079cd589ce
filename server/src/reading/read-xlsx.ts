import type { Limits } from '@lastmile/shared/source'
import type { Progress, RawRow } from './cell.js'
import { findHeader, refuseWithoutHeader, type Columns } from './header.js'
import { readSheet, type Sheet } from './read-sheet.js'
import { refuse } from './refusal.js'
import { readSharedStrings } from './shared-strings.js'
import { readDateStyles } from './styles.js'
import type { Warnings } from './warnings.js'
import { openWorkbook } from './workbook.js'
import { readZip } from './zip.js'

/**
 * The rows of the one visible worksheet that holds the report's header. Two such sheets are AMBIGUOUS_SHEETS, none is
 * HEADER_MISSING_COLUMN (EMPTY_FILE where no visible sheet holds anything). Hidden sheets are not read, with a warning;
 * hidden rows are data, with a warning.
 */
export async function readXlsx<F extends string>(bytes: Uint8Array, profile: Columns<F>, limits: Limits, warnings: Warnings, progress: Progress = () => {}): Promise<readonly RawRow[]> {
  const book = await openWorkbook(readZip(bytes, limits))
  if (book.hidden > 0) warnings.add('HIDDEN_SHEET_IGNORED')
  const strings = book.sharedStrings ? await readSharedStrings(book.sharedStrings, limits.maxCellChars) : []
  const dateStyles = await readDateStyles(book.styles)
  let report: Sheet | null = null
  let other: Sheet | null = null
  let tooWide = false
  for (const { part } of book.visible) {
    const sheet = await readSheet(part, { strings, dateStyles, epoch1904: book.epoch1904, limits, progress })
    tooWide ||= sheet.tooWide
    if (!findHeader(sheet.rows, profile, limits.headerSearchRows)) {
      if (!other || other.rows.length === 0) other = sheet
      continue
    }
    if (report) refuse('AMBIGUOUS_SHEETS', 'two visible worksheets hold the columns of a report: keep one')
    report = sheet
  }
  if (report?.tooWide ?? tooWide) refuse('TOO_MANY_COLUMNS', `a report has at most ${limits.maxColumns} columns`)
  if (!report) {
    if (!other || other.rows.length === 0) refuse('EMPTY_FILE', 'the worksheet is empty')
    refuseWithoutHeader(other.rows, profile, limits.headerSearchRows)
  }
  for (const row of report.hiddenRows) warnings.add('HIDDEN_ROWS', row)
  return report.rows
}
