import { inNoUnit, type Coverage, type CoverageCell } from '@lastmile/shared/coverage'
import type { Drug } from '@lastmile/shared/drug'
import { noUnit } from '@lastmile/shared/region'
import type { State } from '@lastmile/shared/state'
import { readCell, speakingState } from '../../lib/reading'
import type { MatrixSearch } from '../../lib/searches'

/** Which institutions a cell counts. */
export type Measure = NonNullable<MatrixSearch['measure']>

/** A drug with its cells by region, what lies in no unit among them. */
export interface MatrixRow {
  drug: Drug
  name: string
  cells: ReadonlyMap<string, CoverageCell>
  /** Over the whole area; null where the drug is not reported. */
  institutions: number | null
  units: number | null
  /** True where no institution of any kind is known to stock it. */
  unstocked: boolean
  /** True where, besides, something is said of it: silence is no alarm. */
  alarm: boolean
}

/** What a cell shows. `none`: never reported; `state`: nobody is known to stock it, and what was said instead. */
export type CellReading = { at: 'none' } | { at: 'stocked'; count: number } | { at: 'otherKind' } | { at: 'state'; state: State; count: number }

/** How many institutions of a kind stock the drug in a cell. */
export function countOf(cell: Pick<CoverageCell, 'stocked'>, measure: Measure): number {
  return measure === 'hospital' ? cell.stocked.hospitals : measure === 'pharmacy' ? cell.stocked.pharmacies : cell.stocked.institutions
}

/** Reads a cell: a number where somebody stocks it, else the state that speaks for it, as on the maps. Missing is not zero. */
export function readMatrixCell(cell: CoverageCell | undefined, measure: Measure): CellReading {
  if (!cell) return { at: 'none' }
  const count = countOf(cell, measure)
  if (count > 0) return { at: 'stocked', count }
  if (cell.stocked.institutions > 0) return { at: 'otherKind' }
  const state = speakingState([cell])
  return state === undefined ? { at: 'none' } : { at: 'state', state, count: cell.states[state] ?? 0 }
}

/** The rows that the filters leave, in the order of `sort`: `no`, `name`, `institutions`, `units` or a region's code, falling with `-`. */
export function matrixRows(coverage: Coverage | undefined, drugs: readonly Drug[], search: MatrixSearch, nameOf: (code: string) => string, compare: (a: string, b: string) => number): readonly MatrixRow[] {
  const measure = search.measure ?? 'all'
  const byDrug = new Map<string, Map<string, CoverageCell>>()
  const rests = coverage ? inNoUnit(coverage).values() : []
  for (const cell of [...(coverage?.cells ?? []), ...rests]) {
    const cells = byDrug.get(cell.drug) ?? new Map<string, CoverageCell>()
    cells.set(cell.region, cell)
    byDrug.set(cell.drug, cells)
  }
  const totals = new Map(coverage?.totals.map((total) => [total.drug, total]))
  const rows = drugs
    .filter((drug) => search.company === undefined || drug.company === search.company)
    .filter((drug) => search.form === undefined || drug.supplyForm === search.form)
    .map((drug): MatrixRow => {
      const total = totals.get(drug.code)
      const cells = byDrug.get(drug.code) ?? new Map<string, CoverageCell>()
      const said = total !== undefined && readCell(total).state !== 'not-reported'
      const stocks = (total?.stocked.institutions ?? 0) > 0
      const units = [...cells.values()].filter((cell) => cell.region !== noUnit && countOf(cell, measure) > 0).length
      return { drug, name: nameOf(drug.code), cells, institutions: said ? countOf(total, measure) : null, units: said ? units : null, unstocked: !stocks, alarm: said && !stocks }
    })
    .filter((row) => search.unstocked === undefined || row.unstocked)
  const { key, falling } = orderOf(search.sort)
  const value = (row: MatrixRow): string | number | null => {
    if (key === 'no') return row.drug.no
    if (key === 'name') return row.name
    if (key === 'institutions' || key === 'units') return row[key]
    const cell = row.cells.get(key)
    return cell ? countOf(cell, measure) : null
  }
  return rows.sort((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x === null || y === null) return x === y ? a.drug.no - b.drug.no : x === null ? 1 : -1
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y))
    return (falling ? -order : order) || a.drug.no - b.drug.no
  })
}

/** The codes of the columns: every unit and, where any drug has something there, no unit. */
export function columnCodes(rows: readonly MatrixRow[], units: readonly { code: string }[]): string[] {
  return [...units.map((unit) => unit.code), ...(rows.some((row) => row.cells.has(noUnit)) ? [noUnit] : [])]
}

/** `-units` → units, falling. */
export function orderOf(sort: string | undefined): { key: string; falling: boolean } {
  if (sort === undefined || sort === '') return { key: 'no', falling: false }
  return sort.startsWith('-') ? { key: sort.slice(1), falling: true } : { key: sort, falling: false }
}

/** What pressing a heading makes of the order: figures fall first, names and numbers in the list rise first. */
export function nextSort(sort: string | undefined, key: string): string | undefined {
  const now = orderOf(sort)
  const fallsFirst = key !== 'name' && key !== 'no'
  const falling = now.key === key ? !now.falling : fallsFirst
  return key === 'no' && !falling ? undefined : `${falling ? '-' : ''}${key}`
}
