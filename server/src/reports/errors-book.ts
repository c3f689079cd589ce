import { dayNumber } from '@lastmile/shared/day'
import type { RowError } from '@lastmile/shared/reading'
import { rowErrorWords } from '@lastmile/shared/row-error-words'
import type { Limits, Profile } from '@lastmile/shared/source'
import type { Language, Text } from '@lastmile/shared/text'
import { safe } from '../http/table-file.js'
import { clean, fold, textOf, type RawCell, type RawRow } from '../reading/cell.js'
import type { Content } from '../reading/content.js'
import { findHeader, readHeader } from '../reading/header.js'
import { errorHeading, priceNote } from '../reading/own-headings.js'
import { refuse } from '../reading/refusal.js'
import { rowsOfFile } from '../reading/rows-of-file.js'
import { Warnings } from '../reading/warnings.js'
import { columnLetters, serialOfDay, workbookFile, type BookCell, type BookRow, type BookSheet } from '../writing/workbook-file.js'

/** What a workbook of errors is made of: the file as it was sent, and what is wrong with it. Plain data: it goes to a thread. */
export interface ErrorsRequest {
  readonly content: Content
  readonly filename: string
  readonly profile: Profile
  readonly limits: Limits
  readonly errors: readonly RowError[]
  /** All errors, listed or not. */
  readonly errorsTotal: number
  readonly language: Language
  /** Of its receipt. */
  readonly number: string
}

const words = {
  data: { zh: '数据', en: 'Data' },
  about: { zh: '说明', en: 'About' },
  title: { zh: '{file}：{total}处错误（回执{number}）', en: '{file}: {total} errors (receipt {number})' },
  mend: { zh: '红色单元格有误，说明见“{heading}”列。请在原处改正，保存后重新报送本文件。', en: 'Red cells are wrong; the column "{heading}" says why. Mend them where they stand, save, and send this file again.' },
  ignored: { zh: '错误列、颜色和本说明在再次报送时忽略，无需删除。', en: 'The column of errors, the colours and this sheet are ignored when the file is sent again.' },
  cut: { zh: '此处标出前{listed}处错误；其余的在改正后再次报送时列出。', en: 'The first {listed} errors are marked; the others are listed when the mended file is sent.' },
  formula: { zh: '公式已换成其结果；以等号等开头的文本前加了撇号，读取时不计。', en: 'Formulas were replaced by their results; texts that begin as a formula does have an apostrophe before them, which is not read.' },
} as const satisfies Record<string, Text>

/** Makes the sender's own rows into a workbook, each at its row, with wrong cells filled and a last column that says what is wrong. Prices are blank. @throws FileRefused where the file cannot be read any more */
export async function errorsBook(request: ErrorsRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { content, filename, profile, limits } = request
  const rows = await rowsOfFile(content, filename, profile, limits)
  const header = findHeader(rows, profile, limits.headerSearchRows) ?? refuse('HEADER_MISSING_COLUMN', 'the columns of this source are others than when it was sent')
  return workbookFile([dataSheet(request, rows, header), aboutSheet(request)])
}

function dataSheet({ profile, errors, language }: ErrorsRequest, rows: readonly RawRow[], header: RawRow): BookSheet {
  const { columns } = readHeader(header, profile, new Warnings())
  const columnOf = new Map<string, number>(columns)
  const priceColumn = columnOf.get('price')
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  // A file that came back before has these columns already.
  const own = (text: Text, place: number) => {
    const found = header.cells.findIndex((cell) => [text.zh, text.en].some((one) => fold(clean(one).text) === fold(clean(textOf(cell)).text)))
    return found >= 0 ? found : place
  }
  const errorsAt = own(errorHeading, width)
  const noteAt = priceColumn === undefined ? -1 : own(priceNote, Math.max(width, errorsAt + 1))
  const last = Math.max(width - 1, errorsAt, noteAt)
  const byRow = new Map<number, RowError[]>()
  for (const error of errors) byRow.set(error.row, [...(byRow.get(error.row) ?? []), error])
  const heading = (field: string | null) => (field === null ? '' : textOf(header.cells[columnOf.get(field) ?? -1]).trim())

  const rowOf = ({ row, cells }: RawRow): BookRow => {
    const isData = row > header.row
    const wrong = byRow.get(row) ?? []
    const marked = new Set(wrong.flatMap(({ column }) => (column === null ? [columnOf.get('institution_code') ?? -1, columnOf.get('drug_code') ?? -1] : [columnOf.get(column) ?? -1])))
    const book = Array.from({ length: last + 1 }, (_, column): BookCell | null => {
      if (row === header.row) return column === errorsAt ? { value: errorHeading[language], style: 'headOfErrors' } : column === noteAt ? { value: priceNote[language], style: 'headOfErrors' } : { value: safe(textOf(cells[column])), style: 'head' }
      if (isData && column === errorsAt) return wrong.length === 0 ? null : { value: wrong.map((error) => sentence(error, heading(error.column), language)).join('\n'), style: 'errors' }
      if (isData && (column === noteAt || column === priceColumn)) return marked.has(column) ? { value: null, style: 'wrongText' } : null
      return cellOf(cells[column] ?? '', marked.has(column))
    })
    return { at: row, cells: book, ...(wrong.length > 1 ? { height: 15 * wrong.length } : {}) }
  }
  return {
    name: words.data[language], frozenRows: header.row, filter: `A${header.row}:${columnLetters(last)}${Math.max(header.row, rows.at(-1)!.row)}`,
    columns: Array.from({ length: last + 1 }, (_, column) => ({ width: column === errorsAt ? 70 : widthOf(rows.slice(rows.indexOf(header)), column) })),
    rows: rows.map(rowOf),
  }
}

/** As wide as what stands in the first hundred rows of a column, within reason, in characters: a Chinese one takes two. */
function widthOf(rows: readonly RawRow[], column: number): number {
  const widest = rows.slice(0, 100).reduce((most, { cells }) => Math.max(most, textOf(cells[column]).replace(/[\u1100-\uffef]/g, '  ').length), 0)
  return Math.min(40, Math.max(10, widest + 2))
}

function sentence({ code }: RowError, heading: string, language: Language): string {
  const { word, mend } = rowErrorWords[code]
  return language === 'zh' ? `${heading === '' ? '' : `${heading}：`}${word.zh}。${mend.zh}` : `${heading === '' ? '' : `${heading}: `}${word.en}. ${mend.en}`
}

const trick = /^="([^"]*)"$/

/** A cell as it was sent, never a formula: a number and a day as such, all else as text. */
function cellOf(cell: RawCell, wrong: boolean): BookCell | null {
  const text = textOf(cell)
  const kind = typeof cell === 'string' ? 'text' : cell.kind
  if (text === '') return wrong ? { value: null, style: 'wrongText' } : null
  if (kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return { value: Number(text), style: wrong ? 'wrongNumber' : 'number' }
  const day = kind === 'date' ? /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?/.exec(text) : null
  if (day && day[1]! >= '1900-03-01') {
    const seconds = Number(day[2] ?? 0) * 3_600 + Number(day[3] ?? 0) * 60 + Number(day[4] ?? 0)
    const value = serialOfDay(dayNumber(day[1]!)) + seconds / 86_400
    return { value, style: seconds === 0 ? (wrong ? 'wrongDay' : 'day') : wrong ? 'wrongTime' : 'time' }
  }
  return { value: safe(trick.exec(text.trim())?.[1] ?? text), style: wrong ? 'wrongText' : 'text' }
}

function aboutSheet({ filename, errors, errorsTotal, language, number, profile }: ErrorsRequest): BookSheet {
  const filled = (text: Text) => text[language].replace('{file}', () => filename).replace('{total}', String(errorsTotal)).replace('{number}', number).replace('{heading}', errorHeading[language]).replace('{listed}', String(errors.length))
  const lines = [words.mend, words.ignored, ...(errors.length < errorsTotal ? [words.cut] : []), ...(profile.columns.price ? [priceNote] : []), words.formula].map(filled)
  return {
    name: words.about[language], columns: [{ width: 110 }],
    rows: [{ at: 1, cells: [{ value: filled(words.title), style: 'title' }], height: 22 }, ...lines.map((line, i): BookRow => ({ at: i + 2, cells: [{ value: line, style: 'wrapped' }] }))],
  }
}
