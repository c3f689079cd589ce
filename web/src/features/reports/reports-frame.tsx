import type { ReportsQuestion } from '@lastmile/shared/basis'
import type { Report } from '@lastmile/shared/report'
import { reportOrders, type ReportOrder, type SortText } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import type { Asked } from '../../lib/queries/coverage'
import { reportsQuery } from '../../lib/queries/rows'
import { useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { reportColumns } from './report-columns'

const limit = 25

/** Reports, the latest first, with what each changed; `filter` says which, `sort` how ordered, `offset` which page of them; without `onSort` the table keeps the order itself. */
export function ReportsFrame({ id = 'reports', filter, sort, onSort, offset, onOffset, actions, title }: {
  id?: string
  filter: Asked<Pick<ReportsQuestion, 'source' | 'evidence' | 'state' | 'period' | 'number'>>
  sort?: SortText<ReportOrder> | undefined
  onSort?: (sort: SortText<ReportOrder>) => void
  offset: number
  onOffset: (offset: number) => void
  actions?: ReactNode
  title?: string | undefined
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const [own, setOwn] = useState<SortText<ReportOrder>>()
  const question = { ...filter, sort: onSort ? sort : own }
  const answer = useQuery({ ...reportsQuery(list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const columns = useMemo(() => reportColumns({ t, format, text, list }), [t, format, text, list])
  const rows = answer.data?.rows ?? []
  const rowKey = (report: Report) => report.id
  return (
    <Frame<Report>
      id={id} title={title ?? t('reports.all')} unit={t(question.sort === undefined ? 'reports.latestFirst' : 'reports.unit')} basis={null} query={answer} picture={false} actions={actions}
      empty={answer.data?.page.total === 0 ? t('reports.none') : undefined} twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(list.code, 'reports', question, 'csv'), xlsx: downloadOf(list.code, 'reports', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title ?? t('reports.all')} sorting={sortingOf(reportOrders, question.sort, onSort ?? setOwn)} />
      {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}
