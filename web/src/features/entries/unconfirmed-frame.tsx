import { unconfirmedOrders, type UnconfirmedAnswer, type UnconfirmedRow } from '@lastmile/shared/entry'
import { Link } from '@tanstack/react-router'
import { useRef, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { downloadOf } from '../../lib/queries/download'
import type { ConfirmSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { Frame, type FrameQuery } from '../../ui/frame'
import { CompanyLink, DrugLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { StandingMark } from '../../ui/state-mark'
import css from './entries.module.css'
import { pairKey } from './saying'

/** Declared pairs that wait for a word, a page of them, each of which can be selected: by a press or Space, with Shift all from the last one on. */
export function UnconfirmedFrame({ answer, query, asked, selected, onSelect, onSearch, asks }: {
  answer: UnconfirmedAnswer | undefined
  query: FrameQuery
  /** The question, for the download. */
  asked: object
  selected: ReadonlyMap<string, UnconfirmedRow>
  onSelect: (selected: ReadonlyMap<string, UnconfirmedRow>) => void
  onSearch: (next: Partial<ConfirmSearch>) => void
  /** Filters, which stand there whatever is answered. */
  asks: ReactNode
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, companyName } = useWorld()
  const rows = answer?.rows ?? []
  const total = answer?.page.total ?? 0
  const last = useRef<string | null>(null)
  const sort = (asked as ConfirmSearch).sort
  const tick = (row: UnconfirmedRow, event: MouseEvent) => {
    const key = pairKey(row)
    const next = new Map(selected)
    const on = !next.has(key)
    const [from, to] = [rows.findIndex((one) => pairKey(one) === last.current), rows.indexOf(row)]
    const some = event.shiftKey && from >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [row]
    for (const one of some) {
      if (on) next.set(pairKey(one), one)
      else next.delete(pairKey(one))
    }
    last.current = key
    onSelect(next)
  }
  const columns: Column<UnconfirmedRow>[] = [
    {
      id: 'institution', header: t('rows.institution'), heading: true, value: (row) => row.institutionName,
      cell: (row) => (
        <span className={css.ticked}>
          <button type="button" role="checkbox" className={css.tick} aria-checked={selected.has(pairKey(row))} aria-label={t('entries.confirm.select', { institution: row.institutionName, drug: drugName(row.drug) })} onClick={(event) => tick(row, event)}>
            <span><svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6.5 5 9.5 10 3" fill="none" stroke="currentColor" strokeWidth={2} /></svg></span>
          </button>
          <span><Link to="/$list/institutions/$code" params={{ list: list.code, code: row.institution }}>{row.institutionName}</Link><span className={css.code}>{row.institution}</span></span>
        </span>
      ),
    },
    { id: 'drug', header: t('rows.drug'), value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'age', header: t('entries.confirm.days'), numeric: true, value: (row) => row.days },
    { id: 'declaredOn', header: t('entries.confirm.declaredOn'), value: (row) => row.declaredOn, cell: (row) => <span className="number">{format.shortDay(row.declaredOn, true)}</span> },
    { id: 'company', header: t('parts.company'), value: (row) => companyName(row.company), cell: (row) => <CompanyLink code={row.company} /> },
    { id: 'standing', header: t('entries.confirm.standing'), value: (row) => t(`words.standing.${row.standing}`), cell: (row) => <StandingMark standing={row.standing} /> },
    { id: 'kind', header: t('rows.kind'), value: (row) => t(`words.kind.${row.kind}`) },
  ]
  const title = answer ? t('entries.confirm.title', { count: total, formatted: format.number(total) }) : t('entries.confirm.page')
  return (
    <Frame<UnconfirmedRow>
      id="unconfirmed" title={title} unit={t('entries.confirm.unit')} basis={answer?.basis ?? null} query={query} picture={false} asks={asks} empty={answer && total === 0 ? t('entries.confirm.none') : undefined}
      twin={{ columns, rows, rowKey: pairKey }} downloads={{ csv: downloadOf(list.code, 'unconfirmed', asked, 'csv'), xlsx: downloadOf(list.code, 'unconfirmed', asked, 'xlsx') }}
    >
      <div className={css.tools}>
        <Button onClick={() => onSelect(new Map([...selected, ...rows.map((row) => [pairKey(row), row] as const)]))}>{t('entries.confirm.selectPage')}</Button>
        <Button disabled={selected.size === 0} onClick={() => onSelect(new Map())}>{t('entries.confirm.clear')}</Button>
        <p>{t('entries.confirm.selectHelp')}</p>
      </div>
      <DataTable columns={columns} rows={rows} rowKey={pairKey} caption={title} sorting={sortingOf(unconfirmedOrders, sort, (next) => onSearch({ sort: next }))} maxHeight={560} />
      {answer && total > answer.page.limit && <Pagination page={answer.page} onPage={(offset) => onSearch({ offset: offset || undefined })} />}
    </Frame>
  )
}
