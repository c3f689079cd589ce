import type { Day } from '@lastmile/shared/day'
import { Pack, packChars, type NewSettlementPrice } from '@lastmile/shared/price'
import type { FileReason, RowErrorCode } from '@lastmile/shared/reading'
import { uploadLimits, type Limits } from '@lastmile/shared/source'
import { clean, cleanProse, fold, isBlank, textOf, type RawCell, type RawRow } from '../reading/cell.js'
import { checkDate } from '../reading/check-date.js'
import { checkForm } from '../reading/check-cell.js'
import { checkPrice } from '../reading/check-price.js'
import { openContent, type Content, type OpenContent } from '../reading/content.js'
import { decode, headOf, isBlankText } from '../reading/decode.js'
import { findHeader, headingsOf, readHeader, refuseWithoutHeader, type Columns, type Header } from '../reading/header.js'
import { readCsv } from '../reading/read-csv.js'
import { readXlsx } from '../reading/read-xlsx.js'
import { FileRefused, refuse } from '../reading/refusal.js'
import { sniff, sniffText } from '../reading/sniff.js'
import { Warnings } from '../reading/warnings.js'

/** A file of settlement prices as it is read, and what it is checked against. */
export interface SettlementFile {
  readonly content: Content
  /** As the sender named it; only its ending is looked at. */
  readonly filename: string
  /** Codes of the list's drugs. */
  readonly drugs: readonly string[]
}

/** What is wrong in a row. No message holds what stood in the cell: where columns are shifted, that is a price. */
export interface SettlementError {
  row: number
  column: string | null
  code: RowErrorCode
  message: string
}

/** What came of reading: the prices, all that is wrong with rows, or why the file as a whole is refused. */
export type SettlementReading =
  | { outcome: 'read'; prices: NewSettlementPrice[] }
  | { outcome: 'row_errors'; errors: SettlementError[] }
  | { outcome: 'rejected'; reason: FileReason; detail: string }

type Column = 'drug_code' | 'valid_from' | 'amount' | 'pack'

const columns: Columns<Column> = {
  columns: { drug_code: ['药品编码', '药品代码', 'drug_code'], valid_from: ['生效日期', 'valid_from'], amount: ['结算价', 'amount'], pack: ['包装', 'pack'] },
  required: ['drug_code', 'valid_from', 'amount', 'pack'],
}

/** The largest file of settlement prices: a list has some hundred drugs, and each a price a year or so. */
export const settlementLimits: Limits = { ...uploadLimits, maxUploadBytes: 5 * 1024 * 1024, maxRows: 20_000, zipMaxEntryBytes: 50 * 1024 * 1024, zipMaxTotalBytes: 80 * 1024 * 1024 }

/**
 * Reads a file of settlement prices with the strict reader of reports: CSV or XLSX, a header among the first rows. Every
 * error of every row is found. Pure; a large or hostile file takes memory and time, so it runs in a thread of its own.
 */
export async function readSettlements(file: SettlementFile): Promise<SettlementReading> {
  const content = openContent(file.content)
  try {
    return checked(await tableIn(content, file.filename), file.drugs)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { outcome: 'rejected', reason: error.reason, detail: error.detail }
  } finally {
    content.close()
  }
}

/** The header of the table and the rows below it. @throws FileRefused */
async function tableIn(content: OpenContent, filename: string): Promise<{ header: Header<Column>; rows: readonly RawRow[] }> {
  if (content.size > settlementLimits.maxUploadBytes) refuse('TOO_LARGE', `the file has at most ${settlementLimits.maxUploadBytes} bytes`)
  if (content.size === 0) refuse('EMPTY_FILE', 'the file is empty')
  const all = await rowsIn(content, filename)
  if (all.length === 0) refuse('EMPTY_FILE', 'the file is empty')
  const top = findHeader(all, columns, settlementLimits.headerSearchRows)
  if (!top) return refuseWithoutHeader(all, columns, settlementLimits.headerSearchRows)
  const rows = all.filter(({ row }) => row > top.row)
  if (rows.length === 0) refuse('NO_DATA_ROWS', 'no row follows the header')
  return { header: readHeader(top, columns, new Warnings()), rows }
}

async function rowsIn(content: OpenContent, filename: string): Promise<readonly RawRow[]> {
  if (sniff(content, filename) === 'xlsx') return readXlsx(content.all(), columns, settlementLimits, new Warnings())
  const text = decode(content, new Warnings())
  if (isBlankText(text)) refuse('EMPTY_FILE', 'the file is empty')
  sniffText(headOf(text, 4096))
  return readCsv(text, headingsOf(columns), settlementLimits)
}

function checked({ header, rows }: { header: Header<Column>; rows: readonly RawRow[] }, drugs: readonly string[]): SettlementReading {
  const codes = new Map(drugs.map((code) => [fold(code), code]))
  const errors: SettlementError[] = []
  const prices: NewSettlementPrice[] = []
  const said = new Map<string, number>()
  for (const { row, cells } of rows) {
    const wrong = (column: Column | null, code: RowErrorCode, message: string): null => {
      errors.push({ row, column, code, message })
      return null
    }
    // A comma in an amount makes two cells of it, and all that follow are shifted.
    if (cells.slice(header.width).some((cell) => !isBlank(cell))) {
      wrong(null, 'TOO_MANY_FIELDS', 'has more cells than there are headings: is there a comma in an amount?')
      continue
    }
    const value = <Value>(column: Column, read: (cell: RawCell) => Value | null, code: RowErrorCode, message: string): Value | null => {
      const cell = cells[header.columns.find(([field]) => field === column)![1]]
      const form = checkForm(cell, column === 'pack' ? packChars : settlementLimits.maxCellChars, column === 'pack')
      if ('error' in form) return wrong(column, form.error, formErrors[form.error] ?? message)
      if (form.blank) return wrong(column, 'MISSING_VALUE', 'is empty')
      return read(cell!) ?? wrong(column, code, message)
    }
    const drug = value('drug_code', (cell) => codes.get(fold(clean(textOf(cell)).text)) ?? null, 'UNKNOWN_DRUG', 'is no code of a drug of this list')
    const validFrom = value('valid_from', (cell): Day | null => checkDate(cell, ['iso', 'slash', 'chinese', 'compact'])?.day ?? null, 'BAD_DATE', 'is no day: write it as 2026-01-31')
    const amount = value('amount', checkPrice, 'BAD_PRICE', 'is no amount: above zero, up to eight digits and two decimals, without separators or currency')
    const pack = value('pack', packOf, 'CONTROL_CHARS', 'holds characters that nobody sees')
    if (drug === null || validFrom === null || amount === null || pack === null) continue
    const before = said.get(`${drug} ${validFrom}`)
    if (before !== undefined) {
      wrong(null, 'DUPLICATE_ROW', `speaks of the same drug and day as row ${before}`)
      continue
    }
    said.set(`${drug} ${validFrom}`, row)
    prices.push({ drug, validFrom, amount, pack })
  }
  return errors.length > 0 ? { outcome: 'row_errors', errors } : { outcome: 'read', prices }
}

/** What is wrong with the form of a cell, whatever it should mean. */
const formErrors: Readonly<Record<string, string>> = {
  CELL_ERROR: 'holds a formula that failed', FORMULA_NO_VALUE: 'holds a formula without a value: open the file in Excel and save it again',
  CELL_TOO_LONG: 'is too long', CONTROL_CHARS: 'holds characters that nobody sees',
}

function packOf(cell: RawCell): string | null {
  return Pack.safeParse(cleanProse(textOf(cell))).data ?? null
}
