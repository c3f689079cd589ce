import type { ReportingRow } from '@lastmile/shared/reporting'
import { reportingRate } from '@lastmile/shared/reporting'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { casesQuery } from '../../lib/queries/cases'
import { companyRequestsQuery } from '../../lib/queries/company-requests'
import { downloadOf } from '../../lib/queries/download'
import { reportingQuery } from '../../lib/queries/reporting'
import { asPresent } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { Figure } from '../../ui/figure'
import { Frame } from '../../ui/frame'
import { Facts } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { PeriodsFigure } from '../../ui/periods-figure'
import css from './progress.module.css'

/** How completely and how timely the company reports, which letters wait for its answer, and what it has asked of offices. */
export function OwnReporting({ company }: { company: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const params = { company, periods: 12 }
  const reporting = useQuery({ ...reportingQuery(list.code, params), placeholderData: keepPreviousData })
  const rows = reporting.data?.rows ?? []
  const link = (row: ReportingRow, words: string, cell?: string) => <Link to="/$list/reporting" params={{ list: list.code }} search={{ ...asPresent, source: row.code, cell: cell && `${row.code}:${cell}` }} aria-label={t('parts.labelled', { label: text(row.name), value: words })}>{words}</Link>
  const last = (row: ReportingRow) => row.cells.filter(({ drugs }) => drugs.named !== null).at(-1)
  const columns: Column<ReportingRow>[] = [
    { id: 'source', header: t('reporting.source'), heading: true, sortable: false, value: (row) => text(row.name), cell: (row) => link(row, text(row.name)) },
    { id: 'rate', header: t('reporting.rate'), numeric: true, sortable: false, value: (row) => reportingRate(row.counts), cell: (row) => { const rate = reportingRate(row.counts); return rate === null ? <span className="quiet">–</span> : link(row, t('progress.own.rate', { percent: format.percent(rate), onTime: format.number(row.counts.onTime), owed: format.number(row.counts.owed) })) } },
    ...(['late', 'missing', 'held'] as const).map((state): Column<ReportingRow> => ({ id: state, header: t(`reporting.states.${state}`), numeric: true, sortable: false, value: (row) => row.counts[state], cell: (row) => <PeriodsFigure value={row.counts[state]} set={state} label={`${text(row.name)} · ${t(`reporting.states.${state}`)}`} of={{ source: row.code }} strip={asPresent} /> })),
    { id: 'drugs', header: t('progress.own.drugs'), sortable: false, value: (row) => last(row)?.drugs.named ?? null, cell: (row) => { const cell = last(row); return cell ? link(row, t('progress.own.drugsOf', { named: format.number(cell.drugs.named!), expected: format.number(cell.drugs.expected), period: cell.period }), cell.period) : <span className="quiet">{t('table.missing')}</span> } },
    { id: 'again', header: t('progress.own.again'), sortable: false, value: (row) => last(row)?.institutions.again ?? null, cell: (row) => { const cell = last(row)?.institutions; return cell && cell.again !== null && cell.before !== null ? t('progress.own.againOf', { again: format.number(cell.again), before: format.number(cell.before) }) : <span className="quiet">{t('reporting.notKnown')}</span> } },
    { id: 'due', header: t('progress.own.nextDue'), sortable: false, value: (row) => row.cells.find(({ state }) => state === 'expected')?.dueOn ?? null, cell: (row) => { const next = row.cells.find(({ state }) => state === 'expected'); return next?.dueOn ? <span className="number">{format.shortDay(next.dueOn, true)}</span> : <span className="quiet">{t('progress.own.noneDue')}</span> } },
  ]
  const basis = reporting.data ? { list: list.code, evidence: null, asOf: reporting.data.asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration } : null
  return (
    <Frame<ReportingRow>
      id="own-reporting" title={t('progress.own.title')} unit={t('reporting.unit')} basis={basis} query={reporting} picture={false} empty={reporting.data && rows.length === 0 ? t('progress.own.none') : undefined}
      twin={{ columns, rows, rowKey: (row) => row.code }} downloads={{ csv: downloadOf(list.code, 'reporting', params, 'csv'), xlsx: downloadOf(list.code, 'reporting', params, 'xlsx') }}
    >
      <p className="quiet">{t('progress.own.lead')}</p>
      <DataTable columns={columns} rows={rows} rowKey={(row) => row.code} caption={t('progress.own.title')} />
    </Frame>
  )
}

/** Letters that wait for the company's answer, and its own requests: how many stand where, each number the way to them. */
export function OwnCorrespondence({ company }: { company: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const cases = useQuery({ ...casesQuery(list.code, { company, limit: 1 }), placeholderData: keepPreviousData })
  const requests = useQuery({ ...companyRequestsQuery(list.code, { company, limit: 1 }), placeholderData: keepPreviousData })
  const params = { list: list.code }
  const letters = (label: string, value: number, search: { due: 'overdue' | 'soon' } | { state: 'notified' | 'answered' }): [string, ReactNode] => [label, <Figure key={label} value={value} label={label} way={(about) => <Link to="/$list/cases" params={params} search={{ ...asPresent, company, ...search }} {...about} />} />]
  const asked = (label: string, value: number, search: { due: 'overdue' } | { state: 'open' | 'acknowledged' | 'answered' }): [string, ReactNode] => [label, <Figure key={label} value={value} label={label} way={(about) => <Link to="/$list/company-requests" params={params} search={{ ...asPresent, company, ...search }} {...about} />} />]
  return (
    <div className={css.lists}>
      <Panel title={t('progress.own.letters')}>
        <Answered query={cases} height={60}>
          {({ counts }) => <Facts facts={[
            letters(t('progress.own.overdue'), counts.overdue, { due: 'overdue' }), letters(t('progress.own.soon'), counts.soon, { due: 'soon' }),
            letters(t('progress.own.waiting'), counts.notified, { state: 'notified' }), letters(t('progress.own.answered'), counts.answered, { state: 'answered' }),
          ]} />}
        </Answered>
      </Panel>
      <Panel title={t('progress.own.requests')}>
        <Answered query={requests} height={60}>
          {({ counts }) => <Facts facts={[
            asked(t('progress.own.requestsOpen'), counts.open, { state: 'open' }), asked(t('progress.own.requestsAcknowledged'), counts.acknowledged, { state: 'acknowledged' }),
            asked(t('progress.own.requestsAnswered'), counts.answered, { state: 'answered' }), asked(t('progress.own.requestsOverdue'), counts.overdue, { due: 'overdue' }),
          ]} />}
        </Answered>
      </Panel>
    </div>
  )
}
