import type { Limits } from '@lastmile/shared/source'
import type { Progress, RawCell, RawRow } from './cell.js'
import { serialDate } from './excel-date.js'
import { refuse } from './refusal.js'
import { textCollector, unescape } from './shared-strings.js'
import { isSheetSpace } from './workbook.js'
import { readXml } from './xml.js'
import type { ZipEntry } from './zip.js'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly epoch1904: boolean
  readonly limits: Limits
  readonly progress: Progress
}

export interface Sheet {
  /** Rows that hold anything, in order of their number, however they are stored. */
  readonly rows: RawRow[]
  /** A value stands to the right of the last permitted column (it was not kept). */
  readonly tooWide: boolean
  /** Numbers of rows that are hidden; they are data all the same. */
  readonly hiddenRows: number[]
}

/**
 * Reads the rows of a worksheet. The declared dimension and merged ranges are not looked at: a merged value stands in
 * its first cell only. Formulas are not computed; the cached value is taken. Two rows or cells in one place, or a
 * reference outside Excel's grid, are ARCHIVE_CORRUPT; more rows than the limit are TOO_MANY_ROWS as soon as they are met.
 */
export async function readSheet(part: ZipEntry, context: SheetContext): Promise<Sheet> {
  const { limits } = context
  const rows: RawRow[] = []
  const hiddenRows: number[] = []
  const numbers = new Set<number>()
  const inline = textCollector(limits.maxCellChars)
  let [tooWide, inData, row, hidden, column] = [false, false, 0, false, 0]
  let cells: RawCell[] = []
  let [type, style, value, hasValue, hasFormula, inValue, inInline] = ['n', 0, '', false, false, false, false]

  const endCell = (): void => {
    const cell = cellOf(inInline ? inline.take() : value, hasValue || inInline, hasFormula, type, style, context)
    if (cell === '') return
    if (column > limits.maxColumns) {
      tooWide = true
      return
    }
    while (cells.length < column - 1) cells.push('')
    if (cells.length >= column) corrupt('two cells stand in one place')
    cells.push(cell)
  }
  const endRow = (): void => {
    if (cells.every((cell) => typeof cell === 'string' && cell.trim() === '')) return
    rows.push({ row, cells })
    if (hidden) hiddenRows.push(row)
    if (rows.length % 10_000 === 0) context.progress(rows.length)
    if (rows.length > limits.maxRows + limits.headerSearchRows) refuse('TOO_MANY_ROWS', `a report has at most ${limits.maxRows} rows`)
  }
  await readXml(part, {
    open({ space, name, attributes }) {
      if (!isSheetSpace(space)) return
      if (name === 'sheetData') inData = true
      if (!inData) return
      if (name === 'row') {
        row = attributes['r'] === undefined ? row + 1 : rowNumber(attributes['r'])
        if (numbers.has(row)) corrupt('two rows have one number')
        numbers.add(row)
        hidden = attributes['hidden'] === '1' || attributes['hidden'] === 'true'
        ;[cells, column] = [[], 0]
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnNumber(attributes['r'], row)
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        ;[value, hasValue, hasFormula, inInline] = ['', false, false, false]
      } else if (name === 'v') [inValue, hasValue] = [true, true]
      else if (name === 'f') hasFormula = true
      else if (name === 'is') {
        inInline = true
        inline.start()
      } else if (inInline) inline.open(name)
    },
    close(name) {
      if (!inData) return
      if (name === 'c') endCell()
      else if (name === 'row') endRow()
      else if (name === 'v') inValue = false
      else if (name === 'sheetData') inData = false
      else if (inInline && name !== 'is') inline.close(name)
    },
    text(text) {
      if (inValue) {
        if (value.length <= limits.maxCellChars * 7) value += text
      } else if (inInline) inline.text(text)
    },
  })
  for (let index = 1; index < rows.length; index++) {
    if ((rows[index - 1] as RawRow).row < (rows[index] as RawRow).row) continue
    rows.sort((a, b) => a.row - b.row)
    hiddenRows.sort((a, b) => a - b)
    break
  }
  return { rows, tooWide, hiddenRows }
}

function cellOf(raw: string, hasValue: boolean, hasFormula: boolean, type: string, style: number, context: SheetContext): RawCell {
  if (!hasValue) return hasFormula ? { text: '', kind: 'text', formula: 'no_value' } : ''
  const formula = hasFormula ? 'cached' : 'none'
  switch (type) {
    case 's': {
      const text = /^\s*\d+\s*$/.test(raw) ? context.strings[Number(raw)] : undefined
      if (text === undefined) return corrupt('a cell refers to a text that is not there')
      return hasFormula && text !== '' ? { text, kind: 'text', formula } : text
    }
    case 'inlineStr':
    case 'str': {
      const text = type === 'str' ? unescape(raw).slice(0, context.limits.maxCellChars + 1) : raw
      return hasFormula && text !== '' ? { text, kind: 'text', formula } : text
    }
    case 'b':
      return { text: raw.trim() === '1' || raw.trim() === 'true' ? 'TRUE' : 'FALSE', kind: 'boolean', formula }
    case 'e':
      return { text: raw, kind: 'error', formula }
    case 'd':
      return raw.trim() === '' ? '' : { text: raw.trim(), kind: 'date', formula }
    case 'n': {
      const text = raw.trim().slice(0, context.limits.maxCellChars + 1)
      if (text === '') return ''
      const date = context.dateStyles[style] ? serialDate(Number(text), context.epoch1904) : null
      return date === null ? { text, kind: 'number', formula } : { text: date, kind: 'date', formula }
    }
    default:
      return corrupt('a cell has an unknown type')
  }
}

function rowNumber(text: string): number {
  const row = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return row >= 1 && row <= 1_048_576 ? row : corrupt('a row stands outside the sheet')
}

function columnNumber(reference: string, row: number): number {
  let column = 0
  let at = 0
  for (; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  if (column < 1 || column > 16_384 || Number(reference.slice(at)) !== row) corrupt('a cell stands outside its row')
  return column
}

function corrupt(detail: string): never {
  return refuse('ARCHIVE_CORRUPT', detail)
}
