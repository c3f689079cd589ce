import { stringify } from 'csv-stringify/sync'
import writeXlsxFile from 'write-excel-file/node'

/** An answer as a table: one row a thing, one column a field. */
export interface ExportTable {
  /** File name without ending. */
  name: string
  columns: string[]
  rows: TableRow[]
  /** Lines below the table that say what it rests on; a spreadsheet gets them on a sheet of their own. */
  notes: [string, string][]
}

export type TableRow = (string | number | null)[]

/** Rows that are written or handed on at a time: a few milliseconds, and then others have their turn. */
const portion = 1_000

/** The rows of a table in portions. */
export function* portionsOf(rows: readonly TableRow[]): Generator<TableRow[]> {
  for (let at = 0; at < rows.length; at += portion) yield rows.slice(at, at + portion)
}

/** A table as CSV, piece by piece: UTF-8 with a byte-order mark and CRLF, so that Chinese Excel and WPS open it rightly. */
export function* csvPieces(table: Omit<ExportTable, 'name'>): Generator<Uint8Array<ArrayBuffer>> {
  yield csvHead(table.columns)
  for (const rows of portionsOf(table.rows)) yield csvRows(rows)
  if (table.notes.length > 0) yield csvNotes(table.notes)
}

/** The line of headings with which a table as CSV begins; {@link csvRows} and {@link csvNotes} follow, for tables that are not in memory as a whole. */
export function csvHead(columns: readonly string[]): Uint8Array<ArrayBuffer> {
  return csvText([[...columns]], true)
}

/** Some rows of a table as CSV. */
export function csvRows(rows: readonly TableRow[]): Uint8Array<ArrayBuffer> {
  return csvText(rows.map((row) => row.map(safe)))
}

/** What stands below a table as CSV. */
export function csvNotes(notes: ExportTable['notes']): Uint8Array<ArrayBuffer> {
  return csvText([[], ...notes.map(([what, value]) => [`# ${what}`, safe(value)])])
}

function csvText(records: TableRow[], bom = false): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(stringify(records, { bom, record_delimiter: 'windows' }))
}

/** A table as a workbook of two sheets: the data, and what they rest on. Takes seconds and hundreds of megabytes for 100,000 rows: not for a thread that answers. */
export async function xlsxOf(table: Omit<ExportTable, 'name'>): Promise<Uint8Array<ArrayBuffer>> {
  const header = table.columns.map((value) => ({ value, fontWeight: 'bold' as const }))
  const rows = table.rows.map((row) => row.map((value) => (value === null ? null : typeof value === 'number' ? { value, type: Number } : { value: clean(safe(value)), type: String })))
  const notes = table.notes.map(([what, value]) => [{ value: what, type: String }, { value: clean(safe(value)), type: String }])
  const buffer = await writeXlsxFile([
    { data: [header, ...rows], sheet: 'data', stickyRowsCount: 1, columns: table.columns.map((name, i) => ({ width: widthOf(name, rows, i) })) },
    { data: notes, sheet: 'about', columns: [{ width: 24 }, { width: 80 }] },
  ]).toBuffer()
  return new Uint8Array(buffer)
}

function widthOf(name: string, rows: readonly ({ value: string | number } | null)[][], column: number): number {
  return Math.min(48, 2 + rows.slice(0, 200).reduce((most, row) => Math.max(most, String(row[column]?.value ?? '').length), name.length))
}

/** Text that a spreadsheet would take for a formula, also in full width, gets an apostrophe in front; numbers stay numbers. */
export function safe<Value extends string | number | null>(value: Value): Value | string {
  return typeof value === 'string' && /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value
}

/** XLSX cells are typed text, so nothing is computed, until somebody saves them as CSV; control characters cannot stand in XML. */
function clean(text: string): string {
  return [...text].filter((letter) => letter >= ' ' || letter === '\t' || letter === '\n').join('')
}
