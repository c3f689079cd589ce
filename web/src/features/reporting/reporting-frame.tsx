import type { Day } from '@lastmile/shared/day'
import { countOfSet, reportingRate, type PeriodSet, type ReportingAnswer, type ReportingCell, type ReportingCounts, type ReportingQuestion, type ReportingRow } from '@lastmile/shared/reporting'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useLanguage, useText } from '../../lib/i18n'
import type { Asked } from '../../lib/queries/coverage'
import { downloadOf } from '../../lib/queries/download'
import { pageBefore } from '../../lib/queries/page-before'
import { reportingQuery } from '../../lib/queries/reporting'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Facts } from '../../ui/page-head'
import { Pagination } from '../../ui/pagination'
import { PeriodsFigure, searchOf, type PeriodsOf } from '../../ui/periods-figure'
import { CalendarGrid } from './calendar-grid'
import { CellDrawer } from './cell-drawer'
import { CalendarLegend, shownOf } from './looks'
import { periodName } from './period-words'
import css from './reporting.module.css'

/** A row of the table twin. */
interface Line { row: ReportingRow; cell: ReportingCell }

/** Who has reported which periods, and who has not: a calendar, `open` being the cell whose reports are shown (`source:period`). `only`: instead of the calendar the periods of a set, a row each: what a number counts. */
export function ReportingFrame({ id = 'reporting', title, filter, only, open, onOpen, offset = 0, onOffset }: {
  id?: string
  title?: string
  filter: Asked<Pick<ReportingQuestion, 'evidence' | 'region' | 'source' | 'sort' | 'periods'>>
  only?: PeriodSet | undefined
  open: string | undefined
  onOpen: (cell: string | undefined) => void
  offset?: number
  onOffset?: (offset: number) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const { list } = useWorld()
  const { params, asOf } = useAsking()
  const readsReports = useCan('report.read') !== null
  const question = { ...filter, asOf: params.asOf, state: only }
  const query = reportingQuery(list.code, { ...question, offset })
  const answer = useQuery({ ...query, placeholderData: pageBefore(query.queryKey) })
  const rows = answer.data?.rows ?? []
  const lines = rows.flatMap((row) => row.cells.map((cell): Line => ({ row, cell })))
  const at = lines.find(({ row, cell }) => `${row.code}:${cell.period}` === open)
  const dayOf = (day: Day | null) => (day === null ? <span className="quiet">–</span> : format.shortDay(day, true))
  const columns: Column<Line>[] = [
    { id: 'source', header: t('reporting.source'), heading: true, value: ({ row }) => text(row.name) },
    { id: 'period', header: t('reporting.period'), value: ({ cell }) => cell.period, cell: ({ row, cell }) => <Link to="." search={(previous) => ({ ...previous, cell: `${row.code}:${cell.period}` })} resetScroll={false}>{periodName(cell, language)}</Link> },
    { id: 'state', header: t('reporting.state'), value: ({ cell }) => t(`reporting.states.${shownOf(cell)}`) },
    { id: 'due', header: t('reporting.dueOn'), value: ({ cell }) => cell.dueOn, cell: ({ cell }) => dayOf(cell.dueOn) },
    { id: 'sent', header: t('reporting.sentOn'), value: ({ cell }) => cell.sentOn, cell: ({ cell }) => dayOf(cell.sentOn) },
    { id: 'late', header: t('reporting.daysLate'), numeric: true, value: ({ cell }) => cell.daysLate },
    { id: 'drugs', header: t('reporting.drugs'), numeric: true, value: ({ cell }) => cell.drugs.named, cell: ({ cell }) => (cell.drugs.named === null ? t('reporting.notKnown') : `${format.number(cell.drugs.named)} / ${format.number(cell.drugs.expected)}`) },
    { id: 'institutions', header: t('reporting.institutions'), numeric: true, value: ({ cell }) => cell.institutions.named, cell: ({ cell }) => (cell.institutions.named === null ? t('reporting.notKnown') : format.number(cell.institutions.named)) },
  ]
  const basis = { list: list.code, evidence: null, asOf: answer.data?.asOf ?? asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<Line>
      id={id} title={title ?? t('reporting.calendar')} unit={t('reporting.unit')} basis={basis} query={answer} height={420} paintable={false} empty={answer.data?.total.sources === 0 ? t('reporting.none') : undefined}
      twin={{ columns, rows: lines, rowKey: ({ row, cell }) => `${row.code}:${cell.period}` }} downloads={{ csv: downloadOf(list.code, 'reporting', question, 'csv'), xlsx: downloadOf(list.code, 'reporting', question, 'xlsx') }}
    >
      {answer.data && <Totals total={answer.data.total} of={filter} />}
      {answer.data && only !== undefined && <><h3 className={css.shown}>{t('reporting.shown', { set: t(`reporting.sets.${only}`), formatted: format.number(countOfSet(only, answer.data.total)) })}</h3><DataTable columns={columns} rows={lines} rowKey={({ row, cell }) => `${row.code}:${cell.period}`} caption={t(`reporting.sets.${only}`)} maxHeight={600} empty={answer.data.page.total === 0 ? t('reporting.noneOfSet') : t('page.beyond', { total: format.number(answer.data.page.total) })} /></>}
      {only === undefined && groupsOf(rows).map(({ rhythm, rows: own }) => (
        <section key={rhythm} className={css.group}>
          {groupsOf(rows).length > 1 && <h3>{t(`words.rhythm.${rhythm}`)}</h3>}
          <CalendarGrid
            rows={own} totals={answer.data!.byPeriod.filter((one) => one.rhythm === rhythm)} label={t('reporting.grid', { rhythm: t(`words.rhythm.${rhythm}`) })}
            onCell={(source, period) => onOpen(`${source}:${period}`)} onSource={readsReports ? (source) => void navigate({ to: '/$list/reports', params: { list: list.code }, search: { source } }) : null}
          />
        </section>
      ))}
      {only === undefined && <CalendarLegend shown={new Set(lines.map(({ cell }) => shownOf(cell)))} hasParts={lines.some(({ cell }) => cell.isPart)} />}
      {answer.data && (answer.data.page.total > answer.data.page.limit || answer.data.page.offset > 0) && (onOffset ? <Pagination page={answer.data.page} onPage={onOffset} /> : <p><Link to="/$list/reporting" params={{ list: list.code }} search={searchOf(filter)}>{t('reporting.more', { total: format.number(answer.data.page.total), shown: format.number(answer.data.page.limit) })}</Link></p>)}
      <CellDrawer row={at?.row ?? null} cell={at?.cell ?? null} onClose={() => onOpen(undefined)} />
    </Frame>
  )
}

/** What became of all periods, each number as the way to those that it counts. */
function Totals({ total, of }: { total: ReportingAnswer['total']; of: PeriodsOf }) {
  const { t } = useTranslation()
  const format = useFormat()
  const figure = (set: keyof ReportingCounts) => <PeriodsFigure value={total[set]} set={set} label={t(`reporting.${set}`)} of={of} />
  const rate = reportingRate(total)
  return (
    <div className={css.totals}>
      <Facts facts={[
        [t('reporting.sources'), format.number(total.sources)],
        [t('reporting.rate'), rate === null ? '–' : <>{format.percent(rate)} <small className={`quiet ${css.beside}`}>{figure('onTime')} / {figure('owed')}</small></>],
        ...(['late', 'held', 'missing', 'notDue'] as const).map((set): [string, ReactNode] => [t(`reporting.${set}`), figure(set)]),
      ]} />
    </div>
  )
}

/** Rows whose periods are alike, in the order in which they come; those without a rhythm stand with the months. */
function groupsOf(rows: readonly ReportingRow[]): { rhythm: ReportingRow['rhythm']; rows: ReportingRow[] }[] {
  const groups = new Map<ReportingRow['rhythm'], ReportingRow[]>()
  const hasMonths = rows.some((row) => row.rhythm === 'monthly')
  for (const row of rows) {
    const rhythm = row.rhythm === 'irregular' && hasMonths ? 'monthly' : row.rhythm
    groups.set(rhythm, [...(groups.get(rhythm) ?? []), row])
  }
  return [...groups].map(([rhythm, own]) => ({ rhythm, rows: own }))
}
