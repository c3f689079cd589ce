import type { Field } from '@lastmile/shared/source'
import { clean, echo, fold, isBlank, textOf, type RawRow } from './cell.js'
import { isOwnHeading, isTemplate } from './own-headings.js'
import { refuse } from './refusal.js'
import type { Warnings } from './warnings.js'

/** Which columns a table has: the accepted headings of each field, and the fields that must have a column. A report's profile is one. */
export interface Columns<F extends string> {
  readonly columns: Readonly<Partial<Record<F, readonly string[]>>>
  readonly required: readonly F[]
}

/** Accepted headings, folded, with the field each stands for. */
export type Headings<F extends string = string> = ReadonlyMap<string, F>

/** Where the columns are. */
export interface Header<F extends string = Field> {
  readonly row: number
  /** Field and its column, from 0, in the order of the columns. */
  readonly columns: readonly (readonly [field: F, column: number])[]
  /** Columns up to the last heading. */
  readonly width: number
  /** It is a template of ours: a row of which nothing was filled in is not reported. */
  readonly leavesBlank: boolean
}

/** The headings that are accepted. Compared trimmed, NFKC and without regard to ASCII case, and nothing looser. */
export function headingsOf<F extends string>({ columns }: Columns<F>): Headings<F> {
  const headings = new Map<string, F>()
  for (const [field, names] of Object.entries(columns) as [F, readonly string[]][]) {
    for (const name of names) headings.set(heading(name), field)
  }
  return headings
}

/** How many different fields the cells of a row name. */
export function fieldsNamed(cells: readonly string[], headings: Headings): number {
  const found = new Set<string>()
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
export function findHeader<F extends string>(rows: readonly RawRow[], profile: Columns<F>, searchRows: number): RawRow | null {
  const headings = headingsOf(profile)
  for (const row of rows) {
    if (row.row > searchRows) break
    if (missing(row, profile, headings).length === 0) return row
  }
  return null
}

/** Refuses a table without a header, naming the fields that the most likely row lacks. */
export function refuseWithoutHeader<F extends string>(rows: readonly RawRow[], profile: Columns<F>, searchRows: number): never {
  const headings = headingsOf(profile)
  let lacking: readonly F[] = profile.required
  for (const row of rows) {
    if (row.row > searchRows) break
    const here = missing(row, profile, headings)
    if (here.length < lacking.length) lacking = here
  }
  const names = lacking.map((field) => profile.columns[field]?.at(-1) ?? field)
  return refuse('HEADER_MISSING_COLUMN', `no row among the first ${searchRows} names these columns: ${names.join(', ')}`)
}

/** Reads the header row: which column holds which field. Two columns for one field are refused; unknown headings are reported and ignored, those of our own files are ignored. */
export function readHeader<F extends string>(row: RawRow, profile: Columns<F>, warnings: Warnings): Header<F> {
  const headings = headingsOf(profile)
  const columns: [F, number][] = []
  const taken = new Set<F>()
  const leavesBlank = isTemplate(row.cells.map((cell) => heading(textOf(cell))))
  let width = 0
  row.cells.forEach((cell, column) => {
    if (isBlank(cell)) return
    width = column + 1
    const name = heading(textOf(cell))
    const field = headings.get(name)
    if (!field && isOwnHeading(name, leavesBlank)) return
    if (!field) return warnings.add('EXTRA_COLUMN', undefined, echo(textOf(cell).trim()))
    if (taken.has(field)) refuse('HEADER_DUPLICATE_COLUMN', `two columns are headed as ${field}`)
    taken.add(field)
    columns.push([field, column])
  })
  return { row: row.row, columns, width, leavesBlank }
}

function missing<F extends string>(row: RawRow, profile: Columns<F>, headings: Headings<F>): F[] {
  const named = new Set<F>()
  for (const cell of row.cells) {
    const field = headings.get(heading(textOf(cell)))
    if (field) named.add(field)
  }
  return profile.required.filter((field) => !named.has(field))
}

function heading(text: string): string {
  return text.length > 200 ? '' : fold(clean(text).text)
}
