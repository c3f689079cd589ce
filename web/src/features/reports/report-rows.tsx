import type { Report } from '@lastmile/shared/report'
import type { SortText, StatementOrder } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lineQuery } from '../../lib/queries/find-line'
import { statementsQuery } from '../../lib/queries/rows'
import { useFormat } from '../../lib/format'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { Answered } from '../../ui/answered'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { RowsTable } from '../../ui/rows-table'
import { ordersOfRows, sortingOf } from '../../ui/sorting'
import css from './reports.module.css'

const limit = 50

/** When a superseded report's word last held: just before the next version was accepted. */
function knownOnOf(report: Report): string | undefined {
  return report.supersededAt === null ? undefined : new Date(Date.parse(report.supersededAt) - 1).toISOString()
}

/** The rows of a report that count on its as-of day (for a superseded one: counted until the next version came). */
export function ReportRows({ report, sort, onSort, offset, onOffset }: {
  report: Report
  sort: SortText<StatementOrder> | undefined
  onSort: (sort: SortText<StatementOrder>) => void
  offset: number
  onOffset: (offset: number) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const question = { report: report.id, evidence: report.evidence, asOf: report.asOf, knownOn: knownOnOf(report), sort }
  const answer = useQuery({ ...statementsQuery(list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const rows = answer.data?.rows ?? []
  const total = answer.data?.page.total ?? 0
  return (
    <Frame
      id="rows" title={answer.data ? t('reports.itsRows', { count: total, formatted: format.number(total) }) : t('reports.rows')} unit={t('reports.rowsUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false} empty={answer.data && total === 0 ? t(report.state === 'accepted' || report.state === 'superseded' ? 'reports.noRows' : `reports.stateMeans.${report.state}`) : undefined}
      twin={{ columns: [], rows, rowKey: (row) => `${row.drug} ${row.institution}` }}
      downloads={{ csv: downloadOf(list.code, 'statements', question, 'csv'), xlsx: downloadOf(list.code, 'statements', question, 'xlsx') }}
    >
      <RowsTable rows={rows} caption={t('reports.itsRows', { count: total, formatted: format.number(total) })} maxHeight={640} sorting={sortingOf(ordersOfRows(total), sort, onSort)} />
      {answer.data && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}

/** The one line of the file that a number came from, shown by itself above all others. */
export function ReportLine({ report, line }: { report: Report; line: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const found = useQuery(lineQuery(list.code, { report: report.id, line, evidence: report.evidence, days: [{ asOf: report.asOf, knownOn: knownOnOf(report) }, { asOf, knownOn }] }))
  return (
    <section className={css.line} aria-labelledby="the-line">
      <h2 id="the-line">{t('reports.theLine', { line: format.number(line), filename: report.filename })}</h2>
      <Answered query={found} height={80}>
        {(one) => (one === null ? <p>{t('reports.lineNotFound')}</p>
          : <><p className="quiet">{t('frame.asOf', { day: format.day(one.asOf) })}</p><RowsTable rows={[one.row]} caption={t('reports.theLine', { line: format.number(line), filename: report.filename })} /></>)}
      </Answered>
    </section>
  )
}
