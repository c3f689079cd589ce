import type { SettlementPrice } from '@lastmile/shared/price'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useMoney, usePriceWord } from '../../lib/money'
import { downloadOf } from '../../lib/queries/download'
import { settlementPricesQuery } from '../../lib/queries/prices'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { sortingOf } from '../../ui/sorting'
import { priceBasis } from './price-basis'

/** At what drugs are settled, from which day on: of all drugs for the regulator, of its own for a company. */
export function SettlementPrices({ history, onHistory }: { history: boolean; onHistory: (history: boolean) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const money = useMoney()
  const word = usePriceWord()
  const question = history ? { history: 'true' as const } : {}
  const answer = useQuery(settlementPricesQuery(list.code, question))
  const instant = (at: string) => format.instant(at, list.timeZone)
  const columns: Column<SettlementPrice>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (price) => drugName(price.drug), cell: (price) => <DrugLink code={price.drug} /> },
    { id: 'pack', header: t('prices.pack'), value: (price) => price.pack },
    { id: 'amount', header: word, numeric: true, sortable: false, value: (price) => price.amount, cell: (price) => money(price.amount) },
    { id: 'from', header: t('prices.validFrom'), value: (price) => price.validFrom, cell: (price) => <span className="number">{format.shortDay(price.validFrom, true)}</span> },
    { id: 'entered', header: t('prices.entered'), value: (price) => price.enteredAt, cell: (price) => <><span className="number">{instant(price.enteredAt)}</span>{price.enteredBy !== undefined && <div className="quiet">{price.enteredBy}</div>}{price.replacedAt !== null && <div className="quiet">{t('prices.replaced', { instant: instant(price.replacedAt) })}</div>}</> },
  ]
  const rows = answer.data?.rows ?? []
  const rowKey = (price: SettlementPrice) => `${price.drug} ${price.validFrom} ${price.enteredAt}`
  return (
    <Frame<SettlementPrice>
      id="settlement" title={t('prices.settlement')} unit={t('prices.settlementUnit')} basis={priceBasis(list)} query={answer} picture={false} empty={answer.data && rows.length === 0 ? t('prices.settlementNone') : undefined} twin={{ columns, rows, rowKey }}
      actions={<Button onClick={() => onHistory(!history)}>{t(history ? 'prices.historyOff' : 'prices.history')}</Button>}
      downloads={{ csv: downloadOf(list.code, 'prices/settlement', question, 'csv'), xlsx: downloadOf(list.code, 'prices/settlement', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('prices.settlement')} maxHeight={520} sorting={sortingOf([], undefined, undefined)} />
    </Frame>
  )
}
