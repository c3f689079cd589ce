import type { Field, Profile } from '@lastmile/shared/source'
import { clean, echo, fold, isBlank, textOf, type RawRow } from './cell.js'
import { refuse } from './refusal.js'
import type { Warnings } from './warnings.js'

/** Accepted headings, folded, with the field each stands for. */
export type Headings = ReadonlyMap<string, Field>

/** Where the columns are. */
export interface Header {
  readonly row: number
  /** Field and its column, from 0, in the order of the columns. */
  readonly columns: readonly (readonly [field: Field, column: number])[]
  /** Columns up to the last heading. */
  readonly width: number
}

/** The headings that a profile accepts. Compared trimmed, NFKC and without regard to ASCII case, and nothing looser. */
export function headingsOf(profile: Profile): Headings {
  const headings = new Map<string, Field>()
  for (const [field, names] of Object.entries(profile.columns)) {
    for (const name of names) headings.set(heading(name), field as Field)
  }
  return headings
}

/** How many different fields the cells of a row name. */
export function fieldsNamed(cells: readonly string[], headings: Headings): number {
  const found = new Set<Field>()
  for (const cell of cells) {
    const field = cell.length > 200 ? undefined : headings.get(heading(cell))
    if (field) found.add(field)
  }
  return found.size
}

/**
 * The first of the rows 1 to `searchRows` (as a spreadsheet numbers them) that names every required field, or null.
 * Titles, notes and empty rows may stand above it.
 */
export function findHeader(rows: readonly RawRow[], profile: Profile, searchRows: number): RawRow | null {
  const headings = headingsOf(profile)
  for (const row of rows) {
    if (row.row > searchRows) break
    if (missing(row, profile, headings).length === 0) return row
  }
  return null
}

/** Refuses a table without a header, naming the fields that the most likely row lacks. */
export function refuseWithoutHeader(rows: readonly RawRow[], profile: Profile, searchRows: number): never {
  const headings = headingsOf(profile)
  let lacking: readonly Field[] = profile.required
  for (const row of rows) {
    if (row.row > searchRows) break
    const here = missing(row, profile, headings)
    if (here.length < lacking.length) lacking = here
  }
  const names = lacking.map((field) => profile.columns[field]?.at(-1) ?? field)
  return refuse('HEADER_MISSING_COLUMN', `no row among the first ${searchRows} names these columns: ${names.join(', ')}`)
}

/** Reads the header row: which column holds which field. Two columns for one field are refused; unknown headings are reported and ignored. */
export function readHeader(row: RawRow, profile: Profile, warnings: Warnings): Header {
  const headings = headingsOf(profile)
  const columns: [Field, number][] = []
  const taken = new Set<Field>()
  let width = 0
  row.cells.forEach((cell, column) => {
    if (isBlank(cell)) return
    width = column + 1
    const field = headings.get(heading(textOf(cell)))
    if (!field) return warnings.add('EXTRA_COLUMN', undefined, echo(textOf(cell).trim()))
    if (taken.has(field)) refuse('HEADER_DUPLICATE_COLUMN', `two columns are headed as ${field}`)
    taken.add(field)
    columns.push([field, column])
  })
  return { row: row.row, columns, width }
}

function missing(row: RawRow, profile: Profile, headings: Headings): Field[] {
  const named = new Set<Field>()
  for (const cell of row.cells) {
    const field = headings.get(heading(textOf(cell)))
    if (field) named.add(field)
  }
  return profile.required.filter((field) => !named.has(field))
}

function heading(text: string): string {
  return text.length > 200 ? '' : fold(clean(text).text)
}
