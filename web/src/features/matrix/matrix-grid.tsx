import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useMemo, useRef, type CSSProperties, type MouseEvent, type PointerEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLanguage } from '../../lib/i18n'
import { encodeRows } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { Icon } from '../../ui/icons'
import { cellWords } from './cell-words'
import css from './matrix.module.css'
import { CellMarks, MatrixRow, type Column, type RowContext } from './matrix-row'
import { columnCodes, countOf, nextSort, orderOf, type MatrixRow as Row, type Measure } from './matrix-rows'
import { useGridKeys, type Place } from '../../ui/use-grid-keys'

const rowHeight = 50
const headHeight = 58
/** Columns that come and go together. */
const columnBlock = 8

/** Drugs down, units across; rows and columns are drawn only where one looks. A grid for the keyboard; a cell opens its rows, a heading sorts. */
export function MatrixGrid({ rows, measure, sort, onSort }: { rows: readonly Row[]; measure: Measure; sort: string | undefined; onSort: (sort: string | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { list, regions, unitName, companyName, places: { units: unitWord } } = useWorld()
  const language = useLanguage()
  const marks = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(box, sized)
  const across = columnCodes(rows, regions.units).length
  const widths = useMemo(() => {
    const names = width < 560 ? 124 : width < 1100 ? 230 : 290
    const total = width < 560 ? 66 : 88
    const least = language === 'zh' ? 58 : width > 1700 ? 98 : 86
    const unit = Math.max(least, Math.min(118, Math.floor((width - names - 2 * total - 14) / across)))
    return { names, total, unit, all: names + 2 * total + unit * across }
  }, [width, language, across])
  const columns = useMemo<Column[]>(() => [
    { key: 'institutions', name: t('matrix.institutions'), region: null },
    { key: 'units', name: t('matrix.units'), region: null },
    ...columnCodes(rows, regions.units).map((code) => ({ key: code, name: unitName(code), region: code })),
  ], [rows, regions.units, unitName, t])
  const context = useMemo<RowContext>(() => ({
    columns, measure, companyName, number: format.number, marks, words: cellWords(t, format),
    top: rows.reduce((most, row) => [...row.cells.values()].reduce((own, cell) => Math.max(own, countOf(cell, measure)), most), 1),
    totalWords: (column, drug, value) => (value === null ? t('table.missing') : t(column === 'units' ? 'matrix.totalUnits' : 'matrix.total', { drug, n: format.number(value), unitWord })),
  }), [columns, measure, companyName, format, marks, t, rows, unitWord])
  const order = orderOf(sort)

  const scrollTo = useRef<(row: number) => void>(() => {})
  const openRows = useCallback((drug: string, region: string | null) => {
    const kind = measure === 'all' ? undefined : measure
    void navigate({ to: '.', search: (previous) => ({ ...previous, rows: encodeRows({ drug, region: region ?? undefined, kind }) }), state: { rowsOpened: true }, resetScroll: false })
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
    if (row >= 0) scrollTo.current(row)
    const grid = box.current
    if (!grid) return
    const [left, right] = [leftOf(column, widths), leftOf(column + 1, widths)]
    const seen = grid.clientWidth - widths.names
    if (column < 0) grid.scrollTo({ left: 0 })
    else if (left < grid.scrollLeft) grid.scrollTo({ left })
    else if (right > grid.scrollLeft + seen) grid.scrollTo({ left: right - seen })
  }, [widths])
  const { active, setActive, onKeyDown } = useGridKeys({ rows: rows.length, columns: columns.length, box, show, open })
  const press = (event: MouseEvent) => {
    const place = placeOf(event.target)
    if (!place) return
    setActive(place)
    open(place)
  }
  // The words of a cell as the eye's tooltip too, once the pointer is there.
  const hover = (event: PointerEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=gridcell]') : null
    if (cell && cell.title === '') cell.title = cell.getAttribute('aria-label') ?? ''
  }

  const at = (column: number) => ({ 'data-place': `-1:${column}`, tabIndex: active.row === -1 && active.column === column ? 0 : -1 })
  const arrow = (key: string) => order.key === key && <Icon name={order.falling ? 'down' : 'up'} size={11} />
  const sorted = (key: string) => (order.key !== key ? undefined : order.falling ? 'descending' : 'ascending')
  const sizes = { '--names': `${widths.names}px`, '--total': `${widths.total}px`, '--unit': `${widths.unit}px`, '--all': `${widths.all}px`, '--row': `${rowHeight}px`, maxHeight: headHeight + rows.length * rowHeight + 20 } as CSSProperties
  return (
    <div ref={ref} className={css.grid} role="grid" aria-label={t('matrix.grid', { unitWord })} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} onKeyDown={onKeyDown} onClick={press} onPointerOver={hover} style={sizes}>
      <CellMarks id={marks} />
      <div role="row" aria-rowindex={1} className={css.head} style={{ height: headHeight }}>
        <div role="columnheader" aria-colindex={1} aria-sort={sorted('name')} className={css.corner} {...at(-1)}>{t('matrix.drug')} {arrow('name')}</div>
        {columns.map((column, index) => (
          <div key={column.key} role="columnheader" aria-colindex={index + 2} aria-sort={sorted(column.key)} className={css.heading} data-total={column.region === null} {...at(index)} title={t('table.sortBy', { column: column.name })}>
            <span>{column.name}</span> {arrow(column.key)}
          </div>
        ))}
      </div>
      <Rows rows={rows} widths={widths} box={box} active={active} context={context} scrollTo={scrollTo} />
    </div>
  )
}

/** Pixels from the first column to another: two totals, then the units. */
function leftOf(column: number, { total, unit }: Widths): number {
  return Math.min(column, 2) * total + Math.max(0, column - 2) * unit
}

/** The place that an element of the grid belongs to. */
function placeOf(target: EventTarget): Place | null {
  const [row, column] = (target instanceof Element ? target.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? '' : '').split(':').map(Number)
  return row === undefined || column === undefined || Number.isNaN(row) ? null : { row, column }
}

/** Widths in pixels: of the drugs' names, of a total, of a unit. */
interface Widths {
  names: number
  total: number
  unit: number
}

/** The rows in view, and of them the columns in view. Apart from the grid, so that scrolling draws nothing else. `scrollTo` gets the way to bring a row into view. */
function Rows({ rows, widths, box, active, context, scrollTo }: { rows: readonly Row[]; widths: Widths; box: RefObject<HTMLDivElement | null>; active: Place; context: RowContext; scrollTo: RefObject<(row: number) => void> }) {
  const activeRow = useRef(active.row)
  activeRow.current = active.row
  const down = useVirtualizer({
    count: rows.length, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 4, scrollPaddingStart: headHeight,
    // The row with the grid's tab stop stays, wherever one scrolls.
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), ...(activeRow.current >= 0 && activeRow.current < range.count ? [activeRow.current] : [])])].sort((a, b) => a - b),
  })
  const across = useVirtualizer({
    horizontal: true, count: context.columns.length, getScrollElement: () => box.current, estimateSize: (column) => (column < 2 ? widths.total : widths.unit), overscan: 2, paddingStart: widths.names,
  })
  useEffect(() => across.measure(), [across, widths])
  // By blocks, so that going across draws all rows anew now and then, and not at every column.
  const [seen, end] = [across.getVirtualItems().at(0)?.index ?? 0, across.getVirtualItems().at(-1)?.index ?? -1]
  const [first, last] = [seen - (seen % columnBlock), Math.min(context.columns.length - 1, end + columnBlock - 1 - (end % columnBlock))]
  useEffect(() => {
    scrollTo.current = (row) => {
      activeRow.current = row
      down.scrollToIndex(row)
    }
  }, [scrollTo, down])
  return (
    <div role="rowgroup" className={css.rows} style={{ height: down.getTotalSize() }}>
      {down.getVirtualItems().map(({ index, start }) => {
        const row = rows[index]
        const own = active.row === index ? active.column : -2
        // The cell with the grid's tab stop stays too.
        const [from, to] = own < 0 ? [first, last] : [Math.min(first, own), Math.max(last, own)]
        return row && <MatrixRow key={row.drug.code} row={row} index={index} y={start} from={from} to={to} skip={leftOf(from, widths)} active={own} context={context} />
      })}
    </div>
  )
}
