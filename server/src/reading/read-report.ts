import type { Day, Period } from '@lastmile/shared/day'
import type { FileReason, ReadWarning, RowError, ShiftedColumn } from '@lastmile/shared/reading'
import type { PackedLines } from '@lastmile/shared/report-lines'
import type { Limits, Profile } from '@lastmile/shared/source'
import type { RawRow } from './cell.js'
import { RowChecker } from './check-rows.js'
import { openContent, type Content, type OpenContent } from './content.js'
import { decode, headOf, isBlankText } from './decode.js'
import { findHeader, headingsOf, readHeader, refuseWithoutHeader, type Header } from './header.js'
import type { Masters } from './masters.js'
import type { PackedFacts, PackedPrices } from './pack-report.js'
import type { ParsedCounts } from './parsed-counts.js'
import type { Provider } from './provider.js'
import { openCsv } from './read-csv.js'
import { readXlsx } from './read-xlsx.js'
import { FileRefused, refuse } from './refusal.js'
import { sniff, sniffText } from './sniff.js'
import { Warnings } from './warnings.js'

export interface ReadRequest {
  readonly content: Content
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
  /** See {@link RowRules}. */
  readonly wasTaken?: boolean
  /** Where rows of a report of many millions may be put aside while it is read. Who asks removes the file. Null keeps them in memory. */
  readonly spoolPath?: string | null
}

/** What came of reading. Row errors are data; nothing of the three is an exception. */
export type ReadOutcome =
  | { outcome: 'rejected'; reason: FileReason; detail: string; rowsTotal: number | null; warnings: ReadWarning[] }
  | { outcome: 'row_errors'; errors: RowError[]; errorsTotal: number; rowsTotal: number; parsed: ParsedCounts; warnings: ReadWarning[]; shifted: ShiftedColumn[] | null }
  | AcceptedReading

/** A file that read well. */
export interface AcceptedReading extends PackedFacts {
  outcome: 'accept'
  /**
   * Its lines by institution, ascending over all parts; an institution stands in one part alone. Institutions and drugs by
   * narrow id; where rows bring their institutions along, institutions by their place in `providers`.
   */
  parts: PackedLines[]
  /** Its prices, apart; null where no row has one. */
  prices: PackedPrices | null
  /** Lines in all parts. */
  storedCount: number
  /** Codes of the drugs that its rows name, in the order of their ids. */
  drugsNamed: string[]
  providers: Provider[]
  rowsTotal: number
  parsed: ParsedCounts
  hasPriceColumn: boolean
  /** Fingerprint of what the report says; null for one of more than 200,000 rows. */
  storedSha256: string | null
  warnings: ReadWarning[]
  /** The columns that hold another field's values, where the table as a whole is shifted; null where it is not. Such a file is no matter of its rows. */
  shifted: ShiftedColumn[] | null
}

/** Called every 10,000 rows with how many were read and checked. */
export type ReadProgress = (rows: number) => void

const progressEvery = 10_000

/** How far a reading came: what a refusal of the file tells beside its reason. */
interface Stage {
  /** Checks the rows, once the header is known. */
  checker: RowChecker | null
  /** Warnings to tell; null is all that there are. Rows do not come into it: a file that is refused has none. */
  told: ReadWarning[] | null
  rowsTotal: number | null
}

/** A table with a header whose rows have been checked. */
interface Table {
  readonly header: Header
  readonly checker: RowChecker
  readonly total: number
}

/**
 * Reads a report: bytes to raw rows to rows checked against the masters, packed as lines. Pure: nothing but the request
 * decides, and the same request gives the same outcome. A reason about the file comes before anything that is wrong with
 * rows; else all errors of all rows are reported. A text is read and checked row by row, never held as a whole. Throws
 * only on a defect of its own, or when memory runs out: run it by readInWorker, which survives that.
 */
export async function readReport(request: ReadRequest, onProgress: ReadProgress = () => {}): Promise<ReadOutcome> {
  const warnings = new Warnings()
  const stage: Stage = { checker: null, told: null, rowsTotal: null }
  const content = openContent(request.content)
  try {
    if (content.size > request.limits.maxUploadBytes) refuse('TOO_LARGE', `a report has at most ${request.limits.maxUploadBytes} bytes`)
    if (content.size === 0) refuse('EMPTY_FILE', 'the file is empty')
    const isWorkbook = sniff(content, request.filename) === 'xlsx'
    return outcomeOf(request, isWorkbook ? await readSheet(content, request, warnings, stage, onProgress) : readText(content, request, warnings, stage, onProgress), warnings)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { outcome: 'rejected', reason: error.reason, detail: error.detail, rowsTotal: stage.rowsTotal, warnings: stage.told ?? warnings.list() }
  } finally {
    stage.checker?.close()
    content.close()
  }
}

function outcomeOf({ masters }: ReadRequest, { header, checker, total }: Table, warnings: Warnings): ReadOutcome {
  const { errors, errorsTotal, parsed, drugsNamed, ...stored } = checker.finish()
  if (checker.leftBlank > 0) warnings.addCount('ROWS_LEFT_BLANK', checker.leftBlank)
  const shifted = checker.shifted(total)
  if (errorsTotal > 0) return { outcome: 'row_errors', errors, errorsTotal, rowsTotal: total, parsed, warnings: warnings.list(), shifted }
  const hasPriceColumn = header.columns.some(([field]) => field === 'price')
  return { outcome: 'accept', ...stored, drugsNamed: drugsNamed.map((place) => masters.drugs[place]!.code), rowsTotal: total, parsed, hasPriceColumn, warnings: warnings.list(), shifted }
}

function readText(content: OpenContent, request: ReadRequest, warnings: Warnings, stage: Stage, onProgress: ReadProgress): Table {
  const { profile, limits } = request
  const text = decode(content, warnings)
  if (isBlankText(text)) refuse('EMPTY_FILE', 'the file is empty')
  sniffText(headOf(text, 4096))
  const rows = openCsv(text, headingsOf(profile), limits)
  const table = new TableReading(request, warnings, stage)
  let count = 0
  while (rows.next()) {
    if (rows.isBlank()) continue
    if (++count % progressEvery === 0) onProgress(count)
    if (count > limits.maxRows + limits.headerSearchRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
    if (table.checker) {
      table.total++
      table.checker.checkCsv(rows)
    } else if (table.seeksHeader) table.offer({ row: rows.row, cells: rows.texts() })
  }
  return table.end()
}

async function readSheet(content: OpenContent, request: ReadRequest, warnings: Warnings, stage: Stage, onProgress: ReadProgress): Promise<Table> {
  const { profile, limits } = request
  // A workbook is read by places, so it is the one kind of file that is held whole; what it may grow to bounds it.
  if (content.size > limits.zipMaxTotalBytes) refuse('TOO_LARGE', `a workbook has at most ${limits.zipMaxTotalBytes} bytes: send a CSV`)
  const rows = await readXlsx(content.all(), profile, limits, warnings, onProgress)
  const table = new TableReading(request, warnings, stage)
  for (const row of rows) {
    if (table.checker) {
      table.total++
      table.checker.checkSheetRow(row)
    } else if (table.seeksHeader) table.offer(row)
  }
  return table.end()
}

/**
 * Rows as they come: the first to name every required column is the header, those after it are checked. What is wrong
 * with the header is told only when all rows have come, because a file that cannot be read to its end is refused for that.
 */
class TableReading {
  checker: RowChecker | null = null
  /** Rows below the header. */
  total = 0
  seeksHeader = true
  readonly #request: ReadRequest
  readonly #warnings: Warnings
  readonly #stage: Stage
  readonly #above: RawRow[] = []
  #header: Header | null = null
  #refused: FileRefused | null = null
  #toldWithHeader: ReadWarning[] | null = null
  #empty = true

  constructor(request: ReadRequest, warnings: Warnings, stage: Stage) {
    this.#request = request
    this.#warnings = warnings
    this.#stage = stage
    stage.told = warnings.list()
  }

  /** Looks whether a row is the header. */
  offer(row: RawRow): void {
    const { profile, limits } = this.#request
    this.#empty = false
    if (row.row > limits.headerSearchRows) {
      this.seeksHeader = false
      return
    }
    this.#above.push(row)
    if (!findHeader([row], profile, limits.headerSearchRows)) return
    this.seeksHeader = false
    try {
      this.#header = readHeader(row, profile, this.#warnings)
      this.checker = this.#stage.checker = new RowChecker(this.#header, this.#request, this.#warnings, this.#request.spoolPath ?? null)
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      this.#refused = error
    }
    this.#toldWithHeader = this.#warnings.list()
  }

  /** All rows have come. @throws FileRefused for a header that is missing or wrong, no rows below it, or too many */
  end(): Table {
    const { profile, limits } = this.#request
    this.#stage.told = this.#toldWithHeader
    if (this.#empty) refuse('EMPTY_FILE', 'the file is empty')
    if (this.#refused) throw this.#refused
    if (!this.checker || !this.#header) return refuseWithoutHeader(this.#above, profile, limits.headerSearchRows)
    this.#stage.rowsTotal = this.total
    if (this.total === 0) refuse('NO_DATA_ROWS', 'no row follows the header: an empty report is not "nothing in stock". Where there is nothing to report, send a nil report (POST …/reports/entries, kind nil)')
    if (this.total > limits.maxRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
    if (this.total === this.checker.leftBlank) refuse('NO_DATA_ROWS', 'every row was left blank, which reports nothing: it is not "nothing in stock"')
    return { header: this.#header, checker: this.checker, total: this.total - this.checker.leftBlank }
  }
}
