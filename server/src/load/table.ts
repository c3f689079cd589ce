import { uploadLimits } from '@lastmile/shared/source'
import { textOf } from '../reading/cell.js'
import { decode } from '../reading/decode.js'
import type { Headings } from '../reading/header.js'
import { readCsv } from '../reading/read-csv.js'
import { FileRefused } from '../reading/refusal.js'
import { Warnings } from '../reading/warnings.js'
import { BadDataFile } from './bad-data-file.js'

/** A data file as a table: its header, and its rows as a spreadsheet numbers them. */
export interface Table {
  header: string[]
  rows: { row: number; cells: string[] }[]
}

/** Headings by which the reader tells the separator of a data file. */
const telling: Headings = new Map([['code', 'institution_code'], ['institution_code', 'institution_code'], ['name', 'provider_name'], ['kind', 'status'], ['region', 'state_code']])

/** Reads a CSV data file (UTF-8, UTF-16 or GB18030) whose first row is its header. @throws BadDataFile */
export function parseTable(bytes: Uint8Array, file: string): Table {
  try {
    const read = readCsv(decode(bytes, new Warnings()), telling, { ...uploadLimits, maxRows: 5_000_000 })
    const [first, ...rest] = read.map(({ row, cells }) => ({ row, cells: cells.map((cell) => textOf(cell)) }))
    if (!first) throw new BadDataFile(file, ['the file is empty'])
    return { header: first.cells.map((cell) => cell.trim()), rows: rest }
  } catch (error) {
    if (error instanceof FileRefused) throw new BadDataFile(file, [`${error.reason}: ${error.detail}`])
    throw error
  }
}
