import type { PriceMonitoringAnswer } from '@lastmile/shared/price'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useMoney, usePriceWord } from '../../lib/money'
import { downloadOf } from '../../lib/queries/download'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { Tag } from '../../ui/page-head'
import { sortingOf } from '../../ui/sorting'
import { priceBasis } from './price-basis'
import { keyOfPrice, retailColumns } from './retail-prices'

type Row = PriceMonitoringAnswer['drugs'][number]['outliers'][number]

/** Prices that stand out from the others of their kind. */
export function Outliers({ drugs, query }: { drugs: PriceMonitoringAnswer['drugs']; query: FrameQuery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const money = useMoney()
  const word = usePriceWord()
  const rows = drugs.flatMap(({ outliers }) => outliers)
  const columns: Column<Row>[] = [
    ...retailColumns({ t, format, world, money, word }),
    { id: 'side', header: t('prices.side'), value: (row) => t(`prices.sides.${row.side}`), cell: (row) => <Tag tone={row.side === 'high' ? 'alarm' : 'warn'}><span aria-hidden="true">{row.side === 'high' ? '↑ ' : '↓ '}</span>{t(`prices.sides.${row.side}`)}</Tag> },
  ]
  const { code } = world.list
  return (
    <Frame<Row>
      id="outliers" title={t('prices.outliers')} unit={t('prices.outliersUnit')} basis={priceBasis(world.list)} query={query} picture={false} empty={!query.isPending && rows.length === 0 ? t('prices.outliersNone') : undefined} twin={{ columns, rows, rowKey: keyOfPrice }}
      asks={<p className="quiet">{t('prices.outliersMeans')}</p>} downloads={{ csv: downloadOf(code, 'prices/monitoring', {}, 'csv'), xlsx: downloadOf(code, 'prices/monitoring', {}, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={keyOfPrice} caption={t('prices.outliers')} maxHeight={520} sorting={sortingOf([], undefined, undefined)} />
    </Frame>
  )
}
