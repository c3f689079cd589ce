import { caseOrders, type CaseOrder, type CaseRow, type CasesAnswer, type CasesQuestion } from '@lastmile/shared/case-answer'
import type { SortText } from '@lastmile/shared/sort'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { useWorld } from '../../lib/world'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { BulkActions } from './bulk-actions'
import { caseColumns } from './case-columns'
import { useCaseWords } from './case-words'

const none: ReadonlySet<string> = new Set()

/** Cases as a list, a page of them, and what is done with several at once. */
export function CasesFrame({ answer, question, sort, onSort, onOffset, isOwn }: {
  answer: UseQueryResult<CasesAnswer>
  question: Partial<CasesQuestion>
  sort: SortText<CaseOrder> | undefined
  onSort: (sort: SortText<CaseOrder>) => void
  onOffset: (offset: number) => void
  isOwn: boolean
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const world = useWorld()
  const words = useCaseWords()
  const keeps = useCan('case.keep') !== null && !isOwn
  const [chosen, setChosen] = useState(none)
  const rows = useMemo(() => answer.data?.rows ?? [], [answer.data])
  const picked = rows.filter(({ code }) => chosen.has(code))
  const columns = caseColumns({
    t, format, world, words, text, isOwn, ladder: answer.data?.rules?.ladder ?? [], chosen: keeps ? chosen : undefined,
    onChoose: (code, isChosen) => setChosen((before) => new Set(isChosen ? [...before, code] : [...before].filter((one) => one !== code))),
  })
  const total = answer.data?.page.total ?? 0
  const title = answer.data ? t('cases.title', { count: total, formatted: format.number(total) }) : t('cases.page')
  const basis = answer.data ? { ...answer.data.basis, evidence: null, asOf: answer.data.basis.today, knownOn: null, since: null } : null
  return (
    <Frame<CaseRow>
      id="cases" title={title} unit={t('cases.unit')} basis={basis} query={answer} picture={false} empty={answer.data && total === 0 ? t(answer.data.rules === null ? 'cases.noRules' : isOwn ? 'cases.ownNone' : 'cases.none') : undefined}
      twin={{ columns: columns.filter(({ id }) => id !== 'choose'), rows, rowKey }}
      downloads={{ csv: downloadOf(world.list.code, 'cases', question, 'csv'), xlsx: downloadOf(world.list.code, 'cases', question, 'xlsx') }}
    >
      {keeps && <BulkActions picked={picked} onDone={() => setChosen(none)} />}
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={900} sorting={sortingOf(caseOrders, sort, onSort)} />
      {answer.data && total > answer.data.page.limit && <Pagination page={answer.data.page} onPage={(offset) => { setChosen(none); onOffset(offset) }} />}
    </Frame>
  )
}

const rowKey = ({ code }: CaseRow) => code
