/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- stacked as cards, a table keeps its meaning in every browser only if it is said in words. */
import type { Sort } from '@lastmile/shared/sort'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import css from './data-table.module.css'
import { Icon } from './icons'
import type { Sorting } from './sorting'
import stacking from './stacked.module.css'
import { useRovingLinks } from './use-roving-links'

/** A column of a table. `value` sorts and goes into the CSV; null is "nobody said", never zero. `cell` draws it, else the value is written. */
export interface Column<Row> {
  id: string
  header: string
  value: (row: Row) => string | number | null
  cell?: ((row: Row) => ReactNode) | undefined
  numeric?: boolean | undefined
  /** False where sorting by it says nothing. */
  sortable?: boolean | undefined
  /** True for the column that names the row. */
  heading?: boolean | undefined
  /** True for what takes a line of its own on a phone. */
  wide?: boolean | undefined
}

/** Rows in an order; what is null stays last either way. */
function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Sort | null, compare: (a: string, b: string) => number): readonly Row[] {
  const column = order && columns.find((one) => one.id === order.by)
  if (!order || !column) return rows
  const way = order.falling ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return way * (typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y)))
  })
}

/** Up to so many rows each link of a table is a stop for Tab; in longer ones they are one stop, with arrow keys among them. */
const fewRows = 20

/**
 * A table whose headings sort it, with a sticky head, scrolled by keyboard. `caption` names it for screen readers. On a
 * phone each row is drawn as a card.
 * `sorting`: the rows come in an order from the server, which knows these columns alone: a page of many, sorted by itself,
 * would seem to be the first of all. Without it the table sorts its rows and keeps the order itself.
 */
export function DataTable<Row>({ columns, rows, rowKey, caption, sorting, maxHeight, empty }: {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  caption: string
  sorting?: Sorting | undefined
  maxHeight?: number | undefined
  empty?: ReactNode
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const [own, setOwn] = useState<Sort | null>(null)
  const current = sorting ? sorting.sort : own
  const sorted = useMemo(() => sortRows(rows, columns, own, format.compare), [rows, columns, own, format])
  const box = useRef<HTMLDivElement>(null)
  const roving = rows.length > fewRows
  const links = useRovingLinks(box, roving)
  const press = (column: Column<Row>) => {
    const next = { by: column.id, falling: current?.by === column.id ? !current.falling : column.numeric === true }
    if (sorting) sorting.onSort(next)
    else setOwn(next)
  }
  return (
    <div ref={box} className={css.scroll} style={maxHeight === undefined ? undefined : { maxHeight }} tabIndex={0} role="group" aria-label={caption} {...links}>
      <table role="table" className={`${css.table} ${stacking.stacked}`}>
        <caption className="sr-only">{roving ? t('table.roving', { caption }) : caption}</caption>
        <thead role="rowgroup">
          <tr role="row" data-label={t('table.sort')}>
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" data-numeric={column.numeric} aria-sort={current?.by !== column.id ? undefined : current.falling ? 'descending' : 'ascending'}>
                {(sorting ? !sorting.by.includes(column.id) : column.sortable === false) ? column.header : (
                  <button type="button" onClick={() => press(column)} title={t('table.sortBy', { column: column.header })}>
                    {column.header}
                    <span className={css.arrow}>{current?.by === column.id && <Icon name={current.falling ? 'down' : 'up'} size={11} />}</span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sorted.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column) => {
                const shown = column.cell ? column.cell(row) : write(column.value(row), format.number, t('table.missing'))
                return column.heading ? <th key={column.id} role="rowheader" scope="row">{shown}</th> : <td key={column.id} role="cell" data-label={column.header} data-wide={column.wide} data-numeric={column.numeric}>{shown}</td>
              })}
            </tr>
          ))}
          {rows.length === 0 && <tr role="row"><td role="cell" colSpan={columns.length} className={css.none}>{empty ?? t('table.empty')}</td></tr>}
        </tbody>
      </table>
    </div>
  )
}

function write(value: string | number | null, number: (value: number) => string, missing: string): ReactNode {
  if (value === null) return <span className={css.missing}>{missing}</span>
  return typeof value === 'number' ? number(value) : value
}
