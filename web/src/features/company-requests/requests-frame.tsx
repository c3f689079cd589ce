import { companyRequestOrders, type CompanyRequestOrder, type CompanyRequestRow, type CompanyRequestsAnswer, type CompanyRequestsQuestion } from '@lastmile/shared/company-request-answer'
import type { SortText } from '@lastmile/shared/sort'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { downloadOf } from '../../lib/queries/download'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { CompanyLink, DrugLink } from '../../ui/names'
import { Tag } from '../../ui/page-head'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import css from './company-requests.module.css'
import { outcomeTones, stateTones, useRequestWords } from './request-words'

/** Requests as a list, a page of them. */
export function RequestsFrame({ answer, question, sort, onSort, onOffset, isOwn }: {
  answer: UseQueryResult<CompanyRequestsAnswer>
  question: Partial<CompanyRequestsQuestion>
  sort: SortText<CompanyRequestOrder> | undefined
  onSort: (sort: SortText<CompanyRequestOrder>) => void
  onOffset: (offset: number) => void
  /** They are what whoever looks has asked himself. */
  isOwn: boolean
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const words = useRequestWords()
  const rows = answer.data?.rows ?? []
  const total = answer.data?.page.total ?? 0
  const company: Column<CompanyRequestRow> = { id: 'company', header: t('parts.company'), sortable: false, value: (row) => world.companyName(row.company), cell: (row) => <CompanyLink code={row.company} /> }
  const columns: Column<CompanyRequestRow>[] = [
    { id: 'code', header: t('companyRequests.code'), heading: true, value: (row) => row.code, cell: (row) => <Link className={css.code} to="/$list/company-requests/$code" params={{ list: world.list.code, code: row.code }}>{words.number(row.code)}</Link> },
    { id: 'kind', header: t('companyRequests.kind'), value: (row) => t(`companyRequests.kinds.${row.kind}`), cell: (row) => <>{t(`companyRequests.kinds.${row.kind}`)}{row.institution !== null && <div className="quiet">{row.institution.name}</div>}</> },
    { id: 'drug', header: t('rows.drug'), value: (row) => world.drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    ...(isOwn ? [] : [company]),
    { id: 'office', header: t('companyRequests.office'), sortable: false, value: (row) => words.office(row.office) },
    { id: 'state', header: t('cases.state'), value: (row) => t(`companyRequests.states.${row.state}`), cell: (row) => <><Tag tone={stateTones[row.state]}>{t(`companyRequests.states.${row.state}`)}</Tag>{row.outcome !== null && (row.state === 'answered' || row.state === 'closed') && <> <Tag tone={outcomeTones[row.outcome]}>{t(`companyRequests.outcomes.${row.outcome}`)}</Tag></>}{row.round > 1 && <div className="quiet">{t('companyRequests.objected')}</div>}</> },
    { id: 'due', header: t('companyRequests.due'), value: (row) => row.dueOn, cell: (row) => {
      const left = words.left(row)
      return left === null ? <span className="quiet">–</span> : <><div className="number">{format.shortDay(row.dueOn!, true)}</div><Tag tone={left.tone}>{left.words}</Tag>{row.firstDueOn !== null && <div className="quiet">{t('companyRequests.deferredFrom', { day: format.shortDay(row.firstDueOn) })}</div>}</>
    } },
    { id: 'age', header: t('cases.age'), numeric: true, value: (row) => row.age, cell: (row) => <><div className="number">{t('cases.days', { count: row.age, formatted: format.number(row.age) })}</div><div className="quiet number">{format.shortDay(row.openedOn, true)}</div></> },
  ]
  const title = answer.data ? t('companyRequests.title', { count: total, formatted: format.number(total) }) : t('companyRequests.page')
  const basis = answer.data ? { ...answer.data.basis, evidence: null, asOf: answer.data.basis.today, knownOn: null, since: null } : null
  return (
    <Frame<CompanyRequestRow>
      id="company-requests" title={title} unit={t('companyRequests.unit')} basis={basis} query={answer} picture={false} empty={answer.data && total === 0 ? t(answer.data.rules === null ? 'companyRequests.noRules' : isOwn ? 'companyRequests.ownNone' : 'companyRequests.none') : undefined}
      twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(world.list.code, 'company-requests', question, 'csv'), xlsx: downloadOf(world.list.code, 'company-requests', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={900} sorting={sortingOf(companyRequestOrders, sort, onSort)} />
      {answer.data && total > answer.data.page.limit && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}

const rowKey = ({ code }: CompanyRequestRow) => code
