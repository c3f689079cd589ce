import { addCounts, reportingRate, type ReportingAnswer, type ReportingCell, type ReportingRow } from '@lastmile/shared/reporting'
import { useCallback, useEffect, useId, useRef, type CSSProperties, type FocusEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLanguage, useText } from '../../lib/i18n'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { useGridKeys, type Place } from '../../ui/use-grid-keys'
import { heatOf, periodLooks, PeriodMarks, shownOf } from './looks'
import { periodHead, periodName } from './period-words'
import css from './reporting.module.css'

/** Sources down, periods across, of sources whose periods are alike. Arrow keys go from cell to cell; a cell opens what is behind it, a name the source's reports. */
export function CalendarGrid({ rows, totals, label, onCell, onSource }: {
  rows: readonly ReportingRow[]
  totals: ReportingAnswer['byPeriod']
  label: string
  onCell: (source: string, period: string) => void
  onSource: ((source: string) => void) | null
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const language = useLanguage()
  const marks = useId().replace(/\W/g, '')
  const box = useRef<HTMLDivElement>(null)
  const columns = columnsOf(rows)
  const all = reportingRate(addCounts(totals))
  const cells = rows.map((row) => new Map(row.cells.map((cell) => [cell.period, cell])))
  const show = useCallback(() => {}, [])
  const open = ({ row, column }: Place) => {
    const [source, period] = [rows[row], columns[column]]
    if (source && column < 0) onSource?.(source.code)
    else if (source && period && cells[row]!.has(period.period)) onCell(source.code, period.period)
  }
  const { active, setActive, onKeyDown } = useGridKeys({ rows: rows.length, columns: columns.length, box, show, open, head: false })
  const press = (event: MouseEvent) => {
    const pressed = placeOf(event.target)
    if (!pressed) return
    setActive(pressed)
    open(pressed)
  }
  // From wherever the focus came: the arrows go on from there.
  const focus = (event: FocusEvent) => {
    const focused = placeOf(event.target)
    if (focused && (focused.row !== active.row || focused.column !== active.column)) setActive(focused)
  }
  // The latest period is what one comes for; on a phone the earlier ones lie to the left.
  useEffect(() => box.current?.scrollTo({ left: box.current.scrollWidth }), [columns.length])
  const place = (row: number, column: number) => ({ 'data-place': `${row}:${column}`, tabIndex: active.row === row && active.column === column ? 0 : -1 })
  const words = (row: ReportingRow, cell: ReportingCell) => {
    const said = { source: text(row.name), period: periodName(cell, language), state: t(`reporting.states.${shownOf(cell)}`), days: format.number(cell.daysLate) }
    const base = cell.daysLate === 0 || cell.state === 'held' ? t('reporting.cell', said) : cell.state === 'missing' ? t('reporting.cellMissing', said) : t('reporting.cellLate', said)
    return cell.isPart ? `${base} · ${t('reporting.states.part')}` : base
  }
  return (
    <div ref={box} className={css.scroll} onKeyDown={onKeyDown} onClick={press} onFocus={focus}>
      <PeriodMarks id={marks} />
      <table className={css.grid} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>{t('reporting.source')}</th>
            <th scope="col" className={css.figure} title={t('reporting.silentMeans')}>{t('reporting.silent')}</th>
            <th scope="col" className={css.figure} title={t('reporting.rateMeans')}>{t('reporting.rate')}</th>
            {columns.map((column, i) => {
              const { year, name } = periodHead(column, columns[i - 1], language)
              return <th key={column.period} scope="col" className={css.head} title={periodName(column, language)}>{year !== null && <small>{year}</small>}{name}</th>
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const silent = row.silentDays === null ? t('reporting.owesNothing') : t('reporting.silentDays', { formatted: format.number(row.silentDays) })
            const rate = reportingRate(row.counts)
            return (
              <tr key={row.code}>
                <th scope="row" className={css.name}>
                  <button type="button" aria-disabled={onSource === null || undefined} {...place(at, -1)}>{text(row.name)}</button><small><EvidenceBadge evidence={row.evidence} compact /><em className={css.onPhone}>{t('reporting.silent')} {silent}</em></small>
                </th>
                <td className={css.figure}>{silent}</td>
                <td className={css.figure} title={t('reporting.totalWords', { onTime: format.number(row.counts.onTime), owed: format.number(row.counts.owed) })}>{rate === null ? '–' : format.percent(rate)}</td>
                {columns.map((column, i) => {
                  const cell = cells[at]!.get(column.period)
                  if (!cell) return <td key={column.period} className={css.cell}><button type="button" aria-disabled="true" {...place(at, i)} aria-label={t('reporting.notOwed')} title={t('reporting.notOwed')} /></td>
                  const said = words(row, cell)
                  const complete = cell.drugs.named === null || cell.drugs.expected === 0 ? null : cell.drugs.named / cell.drugs.expected
                  return (
                    <td key={column.period} className={css.cell} data-part={cell.isPart || undefined} style={{ '--tone': periodLooks[shownOf(cell)].color, '--heat': heatOf(cell) } as CSSProperties}>
                      <button type="button" {...place(at, i)} aria-label={said} title={said}><svg width={18} height={18} aria-hidden="true"><use href={`#${marks}-${shownOf(cell)}`} /></svg></button>
                      {complete !== null && <i className={css.line} style={{ width: `${Math.round(complete * 100)}%` }} />}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
        {totals.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row" className={css.corner}>{t('reporting.ofPeriod')}</th><td className={css.figure}>–</td><td className={css.figure}>{all === null ? '–' : format.percent(all)}</td>
              {columns.map((column) => {
                const total = totals.find((one) => one.period === column.period)
                const rate = total ? reportingRate(total) : null
                return <td key={column.period} className={css.foot} title={total && t('reporting.totalWords', { onTime: format.number(total.onTime), owed: format.number(total.owed) })}>{rate === null ? '–' : format.percent(Math.round(rate * 100) / 100)}</td>
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

/** The place of which something in the grid is. */
function placeOf(target: EventTarget): Place | null {
  const [row, column] = (target instanceof Element ? target.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? '' : '').split(':').map(Number)
  return row === undefined || column === undefined || Number.isNaN(row) ? null : { row, column }
}

/** The periods of all rows, the earliest first. */
function columnsOf(rows: readonly ReportingRow[]): ReportingCell[] {
  const found = new Map<string, ReportingCell>()
  for (const row of rows) for (const cell of row.cells) found.set(cell.period, found.get(cell.period) ?? cell)
  return [...found.values()].sort((a, b) => (a.first < b.first ? -1 : 1))
}
