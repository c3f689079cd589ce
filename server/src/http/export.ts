import { stringify } from 'csv-stringify/sync'
import type { Context, TypedResponse } from 'hono'
import writeXlsxFile from 'write-excel-file/node'
import type { Format } from '@lastmile/shared/basis'
import { demonstrationNote } from './basis-notes.js'

/** An answer as a table: one row a thing, one column a field. */
export interface ExportTable {
  /** File name without ending. */
  name: string
  columns: string[]
  rows: (string | number | null)[][]
  /** Lines below the table that say what it rests on; a spreadsheet gets them on a sheet of their own. */
  notes: [string, string][]
}

/**
 * Sends an answer as JSON, CSV or XLSX: the same question in another format. CSV is UTF-8 with a byte-order mark and
 * CRLF, so that Chinese Excel and WPS open it rightly. What comes from the demonstration says so.
 */
export async function sendAnswer<Answer extends object>(c: Context, format: Format, answer: Answer, table: (answer: Answer) => ExportTable, demonstration = false): Promise<Response & TypedResponse<Answer, 200, 'json'>> {
  if (format === 'json') return c.json(answer, 200) as unknown as Response & TypedResponse<Answer, 200, 'json'>
  const made = table(answer)
  if (demonstration) made.notes.push(demonstrationNote)
  const body = format === 'csv' ? csvOf(made) : await xlsxOf(made)
  c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', attachment(`${made.name}.${format}`))
  return c.body(body as Uint8Array<ArrayBuffer>, 200) as unknown as Response & TypedResponse<Answer, 200, 'json'>
}

/** The header under which a file is saved: its name in ASCII, and as it is for browsers that read more. */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${name.replace(/[^A-Za-z0-9._-]+/g, '_')}"; filename*=UTF-8''${encoded}`
}

function csvOf(table: ExportTable): Uint8Array {
  const notes = table.notes.map(([what, value]) => [`# ${what}`, safe(value)])
  const text = stringify([table.columns, ...table.rows.map((row) => row.map(safe)), ...(notes.length > 0 ? [[], ...notes] : [])], { bom: true, record_delimiter: 'windows' })
  return new TextEncoder().encode(text)
}

async function xlsxOf(table: ExportTable): Promise<Uint8Array> {
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
function safe<Value extends string | number | null>(value: Value): Value | string {
  return typeof value === 'string' && /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value
}

/** XLSX cells are typed text, so nothing is computed, until somebody saves them as CSV; control characters cannot stand in XML. */
function clean(text: string): string {
  return [...text].filter((letter) => letter >= ' ' || letter === '\t' || letter === '\n').join('')
}
