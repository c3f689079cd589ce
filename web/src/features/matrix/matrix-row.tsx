import { states, type State } from '@lastmile/shared/state'
import { memo, type CSSProperties } from 'react'
import type { Format } from '../../lib/format'
import { stateLooks } from '../../ui/marks'
import { LookShape } from '../../ui/state-mark'
import type { CellWords } from './cell-words'
import css from './matrix.module.css'
import { readMatrixCell, type MatrixRow as Row, type Measure } from './matrix-rows'

/** The columns: two totals, then the units. */
export interface Column { key: string; name: string; region: string | null }

/** What all rows share. One object for all of them, so that scrolling draws only the rows that come into view. */
export interface RowContext {
  columns: readonly Column[]
  measure: Measure
  /** The highest count in the matrix: full ground. */
  top: number
  words: CellWords
  totalWords: (column: string, drug: string, value: number | null) => string
  companyName: (code: string) => string
  number: Format['number']
  /** Heads the ids of the marks. */
  marks: string
}

/**
 * A drug with its cells: a number on a ground that is the darker the more, or the mark of what was said instead. Made of
 * as little as will do; the grid hears clicks and keys for all. Cells stand from column `from` to `to`, after `skip` pixels
 * of those before; `active` is the column with the grid's tab stop, −2 for none.
 */
export const MatrixRow = memo(function MatrixRow({ row, index, y, from, to, skip, active, context }: { row: Row; index: number; y: number; from: number; to: number; skip: number; active: number; context: RowContext }) {
  const { columns, measure, top, words, totalWords, companyName, number, marks } = context
  const company = companyName(row.drug.company)
  return (
    <div role="row" aria-rowindex={index + 2} className={css.row} style={{ top: y }} data-alarm={row.alarm}>
      <div role="rowheader" aria-colindex={1} className={css.name} data-place={`${index}:-1`} tabIndex={active === -1 ? 0 : -1} title={`${row.name} · ${company}`}>
        <strong>{row.name}</strong><small>{company}</small>
      </div>
      {columns.slice(from, to + 1).map((column, i) => {
        const at = from + i
        // A property of this cell alone: one of the row would have every cell's style computed anew.
        const after = i === 0 ? { marginLeft: skip } : undefined
        const place = { 'data-place': `${index}:${at}`, tabIndex: active === at ? 0 : -1, 'aria-colindex': at + 2 }
        if (column.region === null) {
          const value = column.key === 'units' ? row.units : row.institutions
          return <div key={column.key} role="gridcell" {...place} aria-label={totalWords(column.key, row.name, value)} className={css.total} style={after}>{value === null ? '—' : number(value)}</div>
        }
        const cell = row.cells.get(column.region)
        const reading = readMatrixCell(cell, measure)
        return (
          <div key={column.key} role="gridcell" {...place} aria-label={words(row.name, column.name, cell, reading)} className={css.cell} style={reading.at === 'stocked' ? { ...ground(reading.count / top), ...after } : after}>
            {reading.at === 'stocked' ? number(reading.count) : reading.at === 'otherKind' ? <span className={css.zero}>0</span> : <svg width={18} height={18} aria-hidden="true"><use href={`#${marks}-${reading.at === 'none' ? 'not_reported' : reading.state}`} /></svg>}
          </div>
        )
      })}
    </div>
  )
})

/** The ground of a number, the darker the greater its part (0 to 1) of the highest. A colour and no opacity: that would be a layer of its own for each cell. */
function ground(part: number): CSSProperties {
  return { background: `rgb(var(--s-in-stock-rgb) / ${(0.1 + 0.3 * Math.sqrt(part)).toFixed(2)})` }
}

/** The marks of states, drawn once for all cells that use them. */
export function CellMarks({ id }: { id: string }) {
  return (
    <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true">
      {states.map((state: State) => <symbol key={state} id={`${id}-${state}`} viewBox="0 0 16 16"><LookShape look={stateLooks[state]} id={`${id}-${state}-fill`} /></symbol>)}
    </svg>
  )
}
