import type { Day, Period } from '@lastmile/shared/day'
import type { FileReason, ReadWarning, RowError } from '@lastmile/shared/reading'
import type { Limits, Profile } from '@lastmile/shared/source'
import type { RawTable } from './cell.js'
import { checkRows } from './check-rows.js'
import type { CheckedRow, ParsedCounts } from './checked-row.js'
import { decode } from './decode.js'
import { findHeader, headingsOf, readHeader, refuseWithoutHeader } from './header.js'
import type { Masters } from './masters.js'
import type { Provider } from './provider.js'
import { readCsv } from './read-csv.js'
import { readXlsx } from './read-xlsx.js'
import { FileRefused, refuse } from './refusal.js'
import { sniff, sniffText } from './sniff.js'
import { storedSha256 } from './stored-hash.js'
import { Warnings } from './warnings.js'

export interface ReadRequest {
  readonly bytes: Uint8Array
  /** As the sender named it; only its ending is looked at. */
  readonly filename: string
  readonly profile: Profile
  readonly limits: Limits
  readonly masters: Masters
  /** The report's as-of day, or the last day of its period. */
  readonly asOf: Day
  readonly period: Period | null
  /** The list's own today. */
  readonly today: Day
}

/** What came of reading. Row errors are data; nothing of the three is an exception. */
export type ReadOutcome =
  | { outcome: 'rejected'; reason: FileReason; detail: string; rowsTotal: number | null; warnings: ReadWarning[] }
  | { outcome: 'row_errors'; errors: RowError[]; errorsTotal: number; rowsTotal: number; parsed: ParsedCounts; warnings: ReadWarning[] }
  | {
      outcome: 'accept'; rows: CheckedRow[]; providers: Provider[]; rowsTotal: number; parsed: ParsedCounts
      hasPriceColumn: boolean; storedSha256: string; warnings: ReadWarning[]
    }

/** Progress of a reading: rows read from the file, then rows checked. */
export interface ReadProgress {
  readonly stage: 'read' | 'check'
  readonly rows: number
}

/**
 * Reads a report: bytes to raw rows to rows checked against the masters. Pure: nothing but the request decides, and the
 * same request gives the same outcome. A reason about the file stops before row checks; then all errors of all rows are
 * reported. Throws only on a defect of its own, or when memory runs out: run it by readInWorker, which survives that.
 */
export async function readReport(request: ReadRequest, onProgress: (progress: ReadProgress) => void = () => {}): Promise<ReadOutcome> {
  const warnings = new Warnings()
  const { profile, limits } = request
  let rowsTotal: number | null = null
  try {
    const table = await readTable(request, warnings, (rows) => onProgress({ stage: 'read', rows }))
    if (table.rows.length === 0) refuse('EMPTY_FILE', 'the file is empty')
    const headerRow = findHeader(table.rows, profile, limits.headerSearchRows) ?? refuseWithoutHeader(table.rows, profile, limits.headerSearchRows)
    const header = readHeader(headerRow, profile, warnings)
    const total = table.rows.length - table.rows.indexOf(headerRow) - 1
    rowsTotal = total
    if (total === 0) refuse('NO_DATA_ROWS', 'no row follows the header: an empty report is not "nothing in stock"')
    if (total > limits.maxRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
    const checked = checkRows(table, header, request, warnings, (rows) => onProgress({ stage: 'check', rows }))
    const { errors, errorsTotal, parsed, rows, providers } = checked
    if (errorsTotal > 0) return { outcome: 'row_errors', errors, errorsTotal, rowsTotal: total, parsed, warnings: warnings.list() }
    const hasPriceColumn = header.columns.some(([field]) => field === 'price')
    return {
      outcome: 'accept', rows, providers, rowsTotal: total, parsed, hasPriceColumn,
      storedSha256: storedSha256(rows, request.asOf), warnings: warnings.list(),
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { outcome: 'rejected', reason: error.reason, detail: error.detail, rowsTotal, warnings: warnings.list() }
  }
}

async function readTable(request: ReadRequest, warnings: Warnings, progress: (rows: number) => void): Promise<RawTable> {
  const { bytes, filename, profile, limits } = request
  if (bytes.byteLength > limits.maxUploadBytes) refuse('TOO_LARGE', `a report has at most ${limits.maxUploadBytes} bytes`)
  if (bytes.byteLength === 0) refuse('EMPTY_FILE', 'the file is empty')
  if (sniff(bytes, filename) === 'xlsx') return readXlsx(bytes, profile, limits, warnings, progress)
  const text = decode(bytes, warnings)
  if (text.trim() === '') refuse('EMPTY_FILE', 'the file is empty')
  sniffText(text)
  return readCsv(text, headingsOf(profile), limits, progress)
}
