import type { Gap, GapReason } from '@lastmile/shared/gap'
import { gapOrders, type GapOrder, type SortText } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { gapsQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { ConfirmLink } from '../../ui/confirm-link'
import { ByLot } from '../../ui/by-lot'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { NoGaps } from './beside'
import { gapColumns } from './gap-columns'
import { Notes } from './notes'

/** Which gaps are shown. */
export interface GapsFilter { drug?: string | undefined; company?: string | undefined; region?: string | undefined; reason?: GapReason | undefined }

/** Gaps on one page of the table. */
const limit = 50

/**
 * Gaps of a filter under the page's kind of evidence, a page of them, unstocked drugs first; `hide` leaves out what the
 * page says anyway. `sort` and `offset` stand in the page's URL; without `onSort` the server's own order holds.
 */
export function GapsFrame({ filter, hide = [], actions, sort, onSort, offset = 0, onOffset, maxHeight = 620 }: {
  filter: GapsFilter
  hide?: readonly ('drug' | 'company' | 'region')[]
  actions?: ReactNode
  sort?: SortText<GapOrder> | undefined
  onSort?: (sort: SortText<GapOrder>) => void
  offset?: number
  onOffset: (offset: number) => void
  maxHeight?: number
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { params, evidence } = useAsking()
  const question = { ...params, ...filter, sort }
  const answer = useQuery({ ...gapsQuery(world.list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const rows = useMemo(() => answer.data?.gaps ?? [], [answer.data])
  const standards = useMemo(() => answer.data?.standards ?? [], [answer.data])
  const hidden = hide.join()
  const columns = useMemo(
    () => gapColumns({ t, format, world, evidence, standards }).filter((column) => !hidden.split(',').includes(column.id)), [t, format, world, evidence, standards, hidden],
  )
  const total = answer.data?.page.total ?? 0
  const none = answer.data?.judged === 0 ? t('gaps.noStandards') : t('gaps.none')
  // What is no gap for a reason of its own is told, with or without a gap beside it.
  const isAll = answer.data?.reachNotLoaded === 0 && answer.data.served.length === 0
  const title = answer.data ? t('gaps.title', { count: total, formatted: format.number(total) }) : t('gaps.page')
  return (
    <Frame<Gap>
      id="gaps" title={title} unit={t('gaps.unit', { unit: world.places.unit })} basis={answer.data?.basis ?? null} query={answer}
      empty={answer.data && total === 0 && isAll ? none : undefined} picture={false} actions={<>{actions}<ConfirmLink drug={filter.drug} region={filter.region} /></>}
      twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(world.list.code, 'gaps', question, 'csv'), xlsx: downloadOf(world.list.code, 'gaps', question, 'xlsx') }}
    >
      {rows.some((gap) => gap.nowhere) && <ByLot />}
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={sort === undefined ? t('gaps.caption') : title} maxHeight={maxHeight} empty={t('gaps.noneBut')} sorting={sortingOf(gapOrders, sort, onSort)} />
      {total > limit && answer.data && <Pagination page={answer.data.page} onPage={onOffset} />}
      {answer.data && <NoGaps reachNotLoaded={answer.data.reachNotLoaded} served={answer.data.served} />}
      <Notes standards={standards} />
    </Frame>
  )
}

const rowKey = (gap: Gap) => `${gap.drug} ${gap.region}`
