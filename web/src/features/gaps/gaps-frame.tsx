import type { Gap, GapReason } from '@lastmile/shared/gap'
import type { GapActor, GapClass } from '@lastmile/shared/gap-act'
import { gapOrders, type GapOrder, type SortText } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { gapsQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { ConfirmLink } from '../../ui/confirm-link'
import { ByLot } from '../../ui/by-lot'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { SubscribeLink } from '../../ui/subscribe-link'
import { sortingOf } from '../../ui/sorting'
import { NoGaps } from './beside'
import { gapColumns } from './gap-columns'
import css from './gaps.module.css'
import { Notes } from './notes'

/** Which gaps are shown. */
export interface GapsFilter { drug?: string | undefined; company?: string | undefined; region?: string | undefined; reason?: GapReason | undefined; class?: GapClass | undefined; actor?: GapActor | undefined }

/** Gaps on one page of the table. */
const limit = 50

const noneChosen: ReadonlySet<string> = new Set()

/**
 * Gaps of a filter under the page's kind of evidence, a page of them, unstocked drugs first; `hide` leaves out what the
 * page says anyway. `sort` and `offset` stand in the page's URL; without `onSort` the server's own order holds.
 */
export function GapsFrame({ filter, hide = [], actions, choosing, sort, onSort, offset = 0, onOffset, onHistory, maxHeight = 620 }: {
  filter: GapsFilter
  hide?: readonly ('drug' | 'company' | 'region')[]
  actions?: ReactNode
  /** Which gaps can be chosen, and what stands above the table for those that are. */
  choosing?: { of: (gap: Gap) => boolean; bar: (gaps: readonly Gap[], clear: () => void) => ReactNode } | undefined
  sort?: SortText<GapOrder> | undefined
  onSort?: (sort: SortText<GapOrder>) => void
  offset?: number
  onOffset: (offset: number) => void
  onHistory?: ((gap: Gap) => void) | undefined
  maxHeight?: number
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { params, evidence, asOf } = useAsking()
  const question = { ...params, ...filter, sort }
  const answer = useQuery({ ...gapsQuery(world.list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const rows = useMemo(() => answer.data?.gaps ?? [], [answer.data])
  const standards = useMemo(() => answer.data?.standards ?? [], [answer.data])
  const hidden = hide.join()
  const columns = useMemo(
    () => gapColumns({ t, format, world, evidence, asOf, standards, onHistory }).filter((column) => !hidden.split(',').includes(column.id)), [t, format, world, evidence, asOf, standards, onHistory, hidden],
  )
  // What a file has a column for, the table says beside the figures.
  const shown = useMemo(() => columns.filter(({ id }) => id !== 'class' && id !== 'standard'), [columns])
  const [chosen, setChosen] = useState(noneChosen)
  const picked = choosing ? rows.filter((gap) => choosing.of(gap) && chosen.has(rowKey(gap))) : []
  const choose: Column<Gap> = {
    id: 'choose', header: t('gaps.choose'), sortable: false, value: () => null,
    cell: (gap) => (choosing?.of(gap) ? <label className={css.choose}><input type="checkbox" checked={chosen.has(rowKey(gap))} onChange={(event) => { const { checked } = event.target; setChosen((before) => new Set(checked ? [...before, rowKey(gap)] : [...before].filter((one) => one !== rowKey(gap)))) }} /><span className="sr-only">{t('gaps.chooseOne', { name: `${world.drugName(gap.drug)}, ${world.unitName(gap.region)}` })}</span></label> : null),
  }
  const total = answer.data?.page.total ?? 0
  const isPicked = filter.reason !== undefined || filter.class !== undefined || filter.actor !== undefined
  const none = answer.data?.judged === 0 ? t('gaps.noStandards') : t(isPicked ? 'gaps.noneSuch' : 'gaps.none')
  // What is no gap for a reason of its own is told, with or without a gap beside it.
  const isAll = answer.data?.reachNotLoaded === 0 && answer.data.served.length === 0
  const title = answer.data ? t('gaps.title', { count: total, formatted: format.number(total) }) : t('gaps.page')
  return (
    <Frame<Gap>
      id="gaps" title={title} unit={t('gaps.unit', { unit: world.places.unit })} basis={answer.data?.basis ?? null} query={answer}
      empty={answer.data && total === 0 && isAll ? none : undefined} picture={false} actions={<>{actions}<ConfirmLink drug={filter.drug} region={filter.region} />{hide.length === 0 && <SubscribeLink drug={filter.drug} region={filter.region} company={filter.company} />}</>}
      twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(world.list.code, 'gaps', question, 'csv'), xlsx: downloadOf(world.list.code, 'gaps', question, 'xlsx') }}
    >
      {filter.actor !== undefined && <p className="quiet">{t(`gaps.onlyActor.${filter.actor}`)}</p>}
      {rows.some((gap) => gap.nowhere) && <ByLot />}
      {choosing?.bar(picked, () => setChosen(noneChosen))}
      <DataTable columns={choosing ? [choose, ...shown] : shown} rows={rows} rowKey={rowKey} caption={sort === undefined ? t('gaps.caption') : title} maxHeight={maxHeight} empty={t('gaps.noneBut')} sorting={sortingOf(gapOrders, sort, onSort)} />
      {total > limit && answer.data && <Pagination page={answer.data.page} onPage={onOffset} />}
      {answer.data && <NoGaps reachNotLoaded={answer.data.reachNotLoaded} served={answer.data.served} />}
      <Notes standards={standards} />
    </Frame>
  )
}

const rowKey = (gap: Gap) => `${gap.drug} ${gap.region}`
