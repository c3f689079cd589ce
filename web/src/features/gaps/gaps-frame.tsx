import type { Gap, GapReason } from '@lastmile/shared/gap'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { gapsQuery, headlineQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { downloadOf } from '../../lib/queries/download'
import { ByLot } from '../../ui/by-lot'
import { DataTable, type Order } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { gapColumns } from './gap-columns'
import { Notes } from './notes'

/** Which gaps are shown; `reason` is chosen among those that the answer has. */
export interface GapsFilter { drug?: string | undefined; company?: string | undefined; region?: string | undefined; reason?: GapReason | undefined }

/** Gaps of a filter under the page's kind of evidence, unstocked drugs first; `hide` leaves out what the page says anyway. */
export function GapsFrame({ filter, hide = [], actions, order, onOrder, maxHeight = 620 }: {
  filter: GapsFilter
  hide?: readonly ('drug' | 'company' | 'region')[]
  actions?: ReactNode
  order?: Order | null
  onOrder?: (order: Order) => void
  maxHeight?: number
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { params, evidence } = useAsking()
  const { reason, ...asked } = filter
  const question = { ...params, ...asked }
  const answer = useQuery({ ...gapsQuery(world.list.code, question), placeholderData: keepPreviousData })
  const headline = useQuery({ ...headlineQuery(world.list.code, params), placeholderData: keepPreviousData })
  const unstocked = useMemo(() => new Set(headline.data?.drugs.filter((drug) => drug.institutions === 0).map((drug) => drug.drug)), [headline.data])
  const rows = useMemo(() => unstockedFirst(answer.data?.gaps ?? [], unstocked).filter((gap) => reason === undefined || gap.reason === reason), [answer.data, unstocked, reason])
  const shown = useMemo(() => (answer.data?.standards ?? []).filter((standard) => rows.some((gap) => gap.drug === standard.drug)), [answer.data, rows])
  const hidden = hide.join()
  const columns = useMemo(
    () => gapColumns({ t, format, world, evidence, unstocked, standards: shown }).filter((column) => !hidden.split(',').includes(column.id)),
    [t, format, world, evidence, unstocked, shown, hidden],
  )
  const none = answer.data && answer.data.standards.length === 0 ? t('gaps.noStandards') : t('gaps.none')
  return (
    <Frame<Gap>
      id="gaps" title={answer.data ? t('gaps.title', { count: rows.length, formatted: format.number(rows.length) }) : t('gaps.page')} unit={t('gaps.unit', { unit: world.places.unit })} basis={answer.data?.basis ?? null} query={[answer, headline]}
      empty={rows.length === 0 ? none : undefined} picture={false} actions={actions}
      twin={{ columns, rows, rowKey }}
      {...(reason === undefined ? { downloads: { csv: downloadOf(world.list.code, 'gaps', question, 'csv'), xlsx: downloadOf(world.list.code, 'gaps', question, 'xlsx') } } : {})}
    >
      {rows.some((gap) => unstocked.has(gap.drug)) && <ByLot />}
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('gaps.caption')} maxHeight={maxHeight} {...(onOrder ? { order: order ?? null, onOrder } : {})} />
      <Notes standards={shown} />
    </Frame>
  )
}

const rowKey = (gap: Gap) => `${gap.drug} ${gap.region}`

/** The server's order, with the drugs that are stocked nowhere before all others. */
function unstockedFirst(gaps: readonly Gap[], unstocked: ReadonlySet<string>): Gap[] {
  return [...gaps.filter((gap) => unstocked.has(gap.drug)), ...gaps.filter((gap) => !unstocked.has(gap.drug))]
}
