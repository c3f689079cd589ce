import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { kindsTold } from '../../lib/kinds-told'
import { stateLooks } from '../../ui/marks'
import { LookMark } from '../../ui/state-mark'
import css from './matrix.module.css'
import { readMatrixCell, type CellReading, type MatrixRow, type Measure } from './matrix-rows'

/** One cell: a number on a ground that is the darker the more, or the mark of what was said instead. */
export const MatrixCell = memo(function MatrixCell({ row, region, place, measure, top, column, index, left, width, active, onOpen }: {
  row: MatrixRow
  region: string
  place: string
  measure: Measure
  /** The highest count in the matrix: full ground. */
  top: number
  index: number
  column: number
  left: number
  width: number
  active: boolean
  onOpen: (row: number, column: number) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const cell = row.cells.get(region)
  const reading = readMatrixCell(cell, measure)
  const say = (): string => {
    const names = { drug: row.name, place }
    if (reading.at === 'none') return t('matrix.cell.none', names)
    if (reading.at === 'otherKind') return t('matrix.cell.otherKind', names)
    if (reading.at === 'state') return t('matrix.cell.state', { ...names, state: t(`words.state.${reading.state}`), n: format.number(reading.count) })
    if (cell && !kindsTold([cell.stocked])) return t('matrix.cell.stockedAny', { ...names, n: format.number(reading.count) })
    return t('matrix.cell.stocked', { ...names, n: format.number(reading.count), hospitals: format.number(cell?.stocked.hospitals ?? 0), pharmacies: format.number(cell?.stocked.pharmacies ?? 0) })
  }
  const words = say()
  return (
    <div
      role="gridcell" aria-colindex={column + 2} aria-label={words} title={words} data-place={`${index}:${column}`} tabIndex={active ? 0 : -1} className={css.cell} data-at={reading.at}
      style={{ left, width }} onClick={() => onOpen(index, column)}
    >
      {reading.at === 'stocked' && <span className={css.ground} style={{ opacity: 0.1 + 0.3 * Math.sqrt(reading.count / Math.max(1, top)) }} />}
      <Inside reading={reading} number={format.number} />
    </div>
  )
})

function Inside({ reading, number }: { reading: CellReading; number: (value: number) => string }) {
  if (reading.at === 'stocked') return <span className={css.count}>{number(reading.count)}</span>
  if (reading.at === 'otherKind') return <span className={css.zero}>0</span>
  return <LookMark look={stateLooks[reading.at === 'none' ? 'not_reported' : reading.state]} size={18} />
}
