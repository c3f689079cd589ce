import type { FileReason } from '@lastmile/shared/reading'
import { uploadLimits, type Limits } from '@lastmile/shared/source'
import type { Text } from '@lastmile/shared/text'
import { asWritten, cleanProse, isBlank, textOf, type RawCell, type RawRow } from '../reading/cell.js'
import { checkForm } from '../reading/check-cell.js'
import { openContent, type Content, type OpenContent } from '../reading/content.js'
import { decode, headOf, isBlankText } from '../reading/decode.js'
import { findHeader, headingsOf, readHeader, refuseWithoutHeader } from '../reading/header.js'
import { readCsv } from '../reading/read-csv.js'
import { readXlsx } from '../reading/read-xlsx.js'
import { FileRefused, refuse } from '../reading/refusal.js'
import { sniff, sniffText } from '../reading/sniff.js'
import { Warnings } from '../reading/warnings.js'
import { factHeadings, writtenColumns, type FactColumn } from './fact-columns.js'

/** A file of facts as it is read. */
export interface FactFile {
  readonly content: Content
  /** As the sender named it; only its ending is looked at. */
  readonly filename: string
}

/** A row as text: what stands in each column that the file has; blank cells are left out. `problems`: of cells that cannot be read. */
export interface FactRow {
  row: number
  cells: Partial<Record<FactColumn, string>>
  problems: { column: FactColumn | null; message: Text }[]
}

export type FactReading = { outcome: 'read'; rows: FactRow[] } | { outcome: 'rejected'; reason: FileReason; detail: string }

/** The largest file of facts: some rungs of each drug in each unit. */
export const factLimits: Limits = { ...uploadLimits, maxUploadBytes: 5 * 1024 * 1024, maxRows: 5_000, zipMaxEntryBytes: 50 * 1024 * 1024, zipMaxTotalBytes: 80 * 1024 * 1024 }

/** Reads a file of facts with the strict reader of reports: CSV or XLSX, a header among the first rows. What the cells mean is checked by `factsOf`. Pure; it runs in a thread of its own. */
export async function readFacts(file: FactFile): Promise<FactReading> {
  const content = openContent(file.content)
  try {
    return { outcome: 'read', rows: await rowsOf(content, file.filename) }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { outcome: 'rejected', reason: error.reason, detail: error.detail }
  } finally {
    content.close()
  }
}

async function rowsOf(content: OpenContent, filename: string): Promise<FactRow[]> {
  if (content.size > factLimits.maxUploadBytes) refuse('TOO_LARGE', `the file has at most ${factLimits.maxUploadBytes} bytes`)
  if (content.size === 0) refuse('EMPTY_FILE', 'the file is empty')
  const all = await allRows(content, filename)
  if (all.length === 0) refuse('EMPTY_FILE', 'the file is empty')
  const top = findHeader(all, factHeadings, factLimits.headerSearchRows)
  if (!top) return refuseWithoutHeader(all, factHeadings, factLimits.headerSearchRows)
  const rows = all.filter(({ row, cells }) => row > top.row && !isNote(cells))
  if (rows.length === 0) refuse('NO_DATA_ROWS', 'no row follows the header')
  const header = readHeader(top, factHeadings, new Warnings())
  return rows.map(({ row, cells }) => {
    const read: FactRow = { row, cells: {}, problems: [] }
    if (cells.slice(header.width).some((cell) => !isBlank(cell))) read.problems.push({ column: null, message: { zh: '单元格多于表头列数：文字中是否有未加引号的逗号？', en: 'has more cells than there are headings: is there a comma in a text that is not quoted?' } })
    for (const [column, at] of header.columns) {
      const cell: RawCell | undefined = cells[at]
      const form = checkForm(cell, factLimits.maxCellChars, true)
      if ('error' in form) read.problems.push({ column, message: formErrors[form.error] ?? { zh: '无法读取', en: 'cannot be read' } })
      else if (!form.blank) read.cells[column] = (writtenColumns.has(column) ? asWritten : cleanProse)(textOf(cell))
    }
    return read
  })
}

/** A line that an export as CSV has below its table, which says what it rests on. */
function isNote([first, ...others]: readonly RawCell[]): boolean {
  return textOf(first).startsWith('# ') && others.slice(1).every(isBlank)
}

async function allRows(content: OpenContent, filename: string): Promise<readonly RawRow[]> {
  if (sniff(content, filename) === 'xlsx') return readXlsx(content.all(), factHeadings, factLimits, new Warnings())
  const text = decode(content, new Warnings())
  if (isBlankText(text)) refuse('EMPTY_FILE', 'the file is empty')
  sniffText(headOf(text, 4096))
  return readCsv(text, headingsOf(factHeadings), factLimits)
}

/** What is wrong with the form of a cell, whatever it should mean. */
const formErrors: Readonly<Record<string, Text>> = {
  CELL_ERROR: { zh: '公式出错，请改为数值', en: 'holds a formula that failed: write the value' }, FORMULA_NO_VALUE: { zh: '公式没有结果，请用 Excel 打开并重新保存', en: 'holds a formula without a value: open the file in Excel and save it again' },
  CELL_TOO_LONG: { zh: '内容过长，请缩短', en: 'is too long: make it shorter' }, CONTROL_CHARS: { zh: '含有不可见字符，请重新输入', en: 'holds characters that nobody sees: type it again' },
}
