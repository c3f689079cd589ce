import type { RetailPrice } from '@lastmile/shared/price'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useFormat, type Format } from '../../lib/format'
import { useMoney, usePriceWord } from '../../lib/money'
import { downloadOf } from '../../lib/queries/download'
import { retailPricesQuery } from '../../lib/queries/prices'
import type { PricesSearch } from '../../lib/searches'
import { useWorld, type World } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { InstitutionName } from '../../ui/institution-name'
import { DrugLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { priceBasis } from './price-basis'
import { RetailFilters } from './retail-filters'

const limit = 50

/** The last retail price of each drug at each institution of the scope, in the server's order: there is no order by price. */
export function RetailPrices({ filter, onFilter, offset, onOffset }: { filter: Pick<PricesSearch, 'drug' | 'institution' | 'region'>; onFilter: (filter: Pick<PricesSearch, 'drug' | 'institution' | 'region'>) => void; offset: number; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { list } = world
  const money = useMoney()
  const word = usePriceWord()
  const answer = useQuery({ ...retailPricesQuery(list.code, { ...filter, offset, limit }), placeholderData: keepPreviousData })
  const columns = retailColumns({ t, format, world, money, word })
  const rows = answer.data?.rows ?? []
  return (
    <Frame<RetailPrice>
      id="retail" title={t('prices.retail')} unit={t('prices.retailUnit')} basis={priceBasis(list)} query={answer} picture={false} asks={<RetailFilters filter={filter} onFilter={onFilter} />}
      empty={answer.data?.page.total === 0 ? t('prices.retailNone') : undefined} twin={{ columns, rows, rowKey: keyOfPrice }}
      downloads={{ csv: downloadOf(list.code, 'prices/retail', filter, 'csv'), xlsx: downloadOf(list.code, 'prices/retail', filter, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={keyOfPrice} caption={t('prices.retail')} sorting={sortingOf([], undefined, undefined)} maxHeight={640} />
      {answer.data && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}

/** Names a row. */
export function keyOfPrice({ drug, institution }: Pick<RetailPrice, 'drug' | 'institution'>): string {
  return `${drug} ${institution}`
}

/** The columns of a table of retail prices. None of them sorts by the price. The line stands there for who may see the report. */
export function retailColumns({ t, format, world, money, word }: { t: TFunction; format: Format; world: World; money: (amount: string) => string; word: string }): Column<RetailPrice>[] {
  const line = ({ report, line: at }: RetailPrice) => (report === undefined || at === undefined ? '' : t('prices.reportLine', { report, line: format.number(at) }))
  return [
    { id: 'institution', header: t('rows.institution'), heading: true, value: (price) => price.institutionName, cell: (price) => <InstitutionName institution={{ code: price.institution, name: price.institutionName }}>{price.kind !== 'other' && ` · ${t(`words.kind.${price.kind}`)}`}{price.unit !== null && ` · ${world.unitName(price.unit)}`}</InstitutionName> },
    { id: 'drug', header: t('rows.drug'), value: (price) => world.drugName(price.drug), cell: (price) => <DrugLink code={price.drug} /> },
    { id: 'amount', header: word, numeric: true, sortable: false, value: (price) => price.amount, cell: (price) => money(price.amount) },
    { id: 'day', header: t('prices.from'), value: (price) => price.day, cell: (price) => <span className="number">{format.shortDay(price.day, true)}</span> },
    { id: 'line', header: t('prices.line'), value: line, cell: (price) => (price.report === undefined ? null : <Link to="/$list/reports/$id" params={{ list: world.list.code, id: price.report }} search={{ line: String(price.line) }}>{line(price)}</Link>) },
  ]
}
