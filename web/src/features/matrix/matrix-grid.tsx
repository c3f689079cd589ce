import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLanguage } from '../../lib/i18n'
import { encodeRows } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { Icon } from '../../ui/icons'
import css from './matrix.module.css'
import { MatrixCell } from './matrix-cell'
import { countOf, nextSort, orderOf, type MatrixRow, type Measure } from './matrix-rows'
import { useGridKeys, type Place } from './use-grid-keys'

const rowHeight = 50
const headHeight = 58

/** The columns: two totals, then the units. */
interface Column { key: string; name: string; region: string | null; width: number }

/** Drugs down, units across, drawn only where one looks. A grid for the keyboard; a cell opens its rows, a heading sorts. */
export function MatrixGrid({ rows, measure, sort, onSort }: { rows: readonly MatrixRow[]; measure: Measure; sort: string | undefined; onSort: (sort: string | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { list, regions, unitName, companyName, places: { units: unitWord } } = useWorld()
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(box, sized)
  const names = width < 560 ? 124 : width < 1100 ? 230 : 290
  const columns = useMemo<Column[]>(() => {
    const total = width < 560 ? 66 : 88
    const rest = width - names - 2 * total - 14
    const wide = Math.max(language === 'zh' ? 58 : width > 1700 ? 98 : 86, Math.min(118, Math.floor(rest / regions.units.length)))
    return [
      { key: 'institutions', name: t('matrix.institutions'), region: null, width: total },
      { key: 'units', name: t('matrix.units'), region: null, width: total },
      ...regions.units.map((unit) => ({ key: unit.code, name: unitName(unit.code), region: unit.code, width: wide })),
    ]
  }, [regions.units, unitName, t, width, names, language])
  const top = useMemo(() => Math.max(1, ...rows.flatMap((row) => [...row.cells.values()].map((cell) => countOf(cell, measure)))), [rows, measure])
  const order = orderOf(sort)

  const activeRef = useRef<Place>({ row: 0, column: 0 })
  const withActive = (range: Range, index: number) => [...new Set([...defaultRangeExtractor(range), ...(index >= 0 && index < range.count ? [index] : [])])].sort((a, b) => a - b)
  const down = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 6, scrollPaddingStart: headHeight, rangeExtractor: (range) => withActive(range, activeRef.current.row) })
  const across = useVirtualizer({ horizontal: true, count: columns.length, getScrollElement: () => box.current, estimateSize: (i) => columns[i]?.width ?? 60, overscan: 4, scrollPaddingStart: names, rangeExtractor: (range) => withActive(range, activeRef.current.column) })
  const measured = `${width} ${columns.length}`
  const lastMeasured = useRef(measured)
  if (lastMeasured.current !== measured) {
    lastMeasured.current = measured
    across.measure()
  }

  const openRows = useCallback((drug: string, region: string | null) => {
    const kind = measure === 'all' ? undefined : measure
    void navigate({ to: '.', search: (previous) => ({ ...previous, rows: encodeRows({ drug, region: region ?? undefined, kind }) }), resetScroll: false })
  }, [measure, navigate])
  const open = useCallback(({ row, column }: Place) => {
    const drug = rows[row]?.drug.code
    const key = column < 0 ? 'name' : columns[column]?.key
    if (row < 0) return key !== undefined && onSort(nextSort(sort, key))
    if (drug === undefined) return
    if (column < 0) void navigate({ to: '/$list/drugs/$drug', params: { list: list.code, drug } })
    else openRows(drug, columns[column]?.region ?? null)
  }, [rows, columns, sort, onSort, navigate, list.code, openRows])
  const show = useCallback(({ row, column }: Place) => {
    activeRef.current = { row, column }
    if (row >= 0) down.scrollToIndex(row)
    if (column >= 0) across.scrollToIndex(column)
    else box.current?.scrollTo({ left: 0 })
  }, [down, across])
  const { active, setActive, onKeyDown } = useGridKeys({ rows: rows.length, columns: columns.length, box, show, open })
  activeRef.current = active
  const press = useCallback((row: number, column: number) => {
    setActive({ row, column })
    open({ row, column })
  }, [open, setActive])

  const at = (place: Place) => ({ 'data-place': `${place.row}:${place.column}`, tabIndex: active.row === place.row && active.column === place.column ? 0 : -1 })
  const arrow = (key: string) => order.key === key && <Icon name={order.falling ? 'down' : 'up'} size={11} />
  const sorted = (key: string) => (order.key !== key ? undefined : order.falling ? 'descending' : 'ascending')
  const total = names + across.getTotalSize()
  return (
    <div ref={ref} className={css.grid} role="grid" aria-label={t('matrix.grid', { unitWord })} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} onKeyDown={onKeyDown} style={{ maxHeight: headHeight + rows.length * rowHeight + 20 }}>
      <div role="row" aria-rowindex={1} className={css.head} style={{ width: total, height: headHeight }}>
        <div role="columnheader" aria-colindex={1} aria-sort={sorted('name')} className={css.corner} style={{ width: names }} {...at({ row: -1, column: -1 })} onClick={() => press(-1, -1)}>{t('matrix.drug')} {arrow('name')}</div>
        {across.getVirtualItems().map(({ index, start }) => {
          const column = columns[index]
          return column && (
            <div key={column.key} role="columnheader" aria-colindex={index + 2} aria-sort={sorted(column.key)} className={css.heading} style={{ left: names + start, width: column.width }} {...at({ row: -1, column: index })} onClick={() => press(-1, index)} title={t('table.sortBy', { column: column.name })}>
              <span>{column.name}</span> {arrow(column.key)}
            </div>
          )
        })}
      </div>
      <div role="rowgroup" style={{ height: down.getTotalSize(), width: total, position: 'relative' }}>
        {down.getVirtualItems().map(({ index, start: y }) => {
          const row = rows[index]
          return row && (
            <div key={row.drug.code} role="row" aria-rowindex={index + 2} className={css.row} style={{ transform: `translateY(${y}px)`, width: total, height: rowHeight }} data-alarm={row.nowhere}>
              <div role="rowheader" aria-colindex={1} className={css.name} style={{ width: names }} {...at({ row: index, column: -1 })} onClick={() => press(index, -1)} title={`${row.name} · ${companyName(row.drug.company)}`}>
                <strong>{row.name}</strong><small>{companyName(row.drug.company)}</small>
              </div>
              {across.getVirtualItems().map(({ index: column, start: x }) => {
                const unit = columns[column]
                if (!unit) return null
                const isActive = active.row === index && active.column === column
                if (unit.region !== null) return <MatrixCell key={unit.key} row={row} region={unit.region} place={unit.name} measure={measure} top={top} index={index} column={column} left={names + x} width={unit.width} active={isActive} onOpen={press} />
                const value = unit.key === 'units' ? row.units : row.institutions
                const words = value === null ? t('table.missing') : t(unit.key === 'units' ? 'matrix.totalUnits' : 'matrix.total', { drug: row.name, n: format.number(value), unitWord })
                return <div key={unit.key} role="gridcell" aria-colindex={column + 2} aria-label={words} className={css.total} style={{ left: names + x, width: unit.width }} {...at({ row: index, column })} onClick={() => press(index, column)}>{value === null ? '—' : format.number(value)}</div>
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
