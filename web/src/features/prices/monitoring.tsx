import type { PriceMonitoringAnswer, PriceSpread } from '@lastmile/shared/price'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { SpreadChart } from '../../charts/lazy'
import { useFormat } from '../../lib/format'
import { useMoney, usePriceWord } from '../../lib/money'
import { downloadOf } from '../../lib/queries/download'
import { priceMonitoringQuery } from '../../lib/queries/prices'
import { useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { Outliers } from './outliers'
import { priceBasis } from './price-basis'

type Row = PriceMonitoringAnswer['drugs'][number]
type Kind = PriceSpread['kind']

/** Prices compared between hospitals and pharmacies, drug by drug, and those that stand out. */
export function Monitoring() {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { list, drugName } = world
  const money = useMoney()
  const word = usePriceWord()
  const answer = useQuery(priceMonitoringQuery(list.code))
  const rows = useMemo(() => (answer.data?.drugs ?? []).filter((row) => row.spreads.some(({ sellers }) => sellers > 0)), [answer.data])
  const of = (row: Row, kind: Kind) => row.spreads.find((one) => one.kind === kind)
  const spread = (kind: 'hospital' | 'pharmacy', name: string): Column<Row> => ({
    id: kind, header: `${name} · ${word}`, numeric: true, sortable: false,
    value: (row) => { const one = of(row, kind); return one?.median == null ? null : `${one.low} / ${one.median} / ${one.high}` },
    cell: (row) => {
      const one = of(row, kind)
      return <>{one?.low == null || one.median === null || one.high === null ? <em className="quiet">{one && one.sellers > 0 ? t('prices.few') : t('table.missing')}</em> : <>{money(one.low)} – <strong>{money(one.median)}</strong> – {money(one.high)}</>}<div className="quiet">{t('prices.sellers', { formatted: format.number(one?.sellers ?? 0) })}</div></>
    },
  })
  const columns: Column<Row>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'settlement', header: t('prices.settlement'), numeric: true, sortable: false, value: (row) => row.settlement, cell: (row) => (row.settlement === null ? <em className="quiet">–</em> : money(row.settlement)) },
    spread('hospital', t('prices.hospitals')), spread('pharmacy', t('prices.pharmacies')),
    { id: 'ratio', header: t('prices.ratio'), numeric: true, sortable: false, value: (row) => row.pharmacyToHospital, cell: (row) => (row.pharmacyToHospital === null ? <em className="quiet">–</em> : format.percent(row.pharmacyToHospital)) },
  ]
  const bars = rows.map((row) => {
    const base = baseOf(row)
    const share = (amount: string | null | undefined) => (base === null || amount == null ? null : Number(amount) / Number(base.amount))
    const bar = (kind: Kind) => {
      const one = of(row, kind)
      const [low, median, high] = [share(one?.low), share(one?.median), share(one?.high)]
      return { sellers: one?.sellers ?? 0, spread: low === null || median === null || high === null ? null : { low, median, high } }
    }
    return {
      key: row.drug, label: drugName(row.drug), note: base === null ? t('prices.noBase') : t(base.of === 'settlement' ? 'prices.base' : 'prices.baseOf', { amount: money(base.amount), of: t(`prices.bases.${base.of}`) }),
      bars: [{ kind: 'hospital' as const, ...bar('hospital') }, { kind: 'pharmacy' as const, ...bar('pharmacy') }],
    }
  })
  return (
    <>
      <Frame<Row>
        id="monitoring" title={t('prices.monitoring')} unit={t('prices.monitoringUnit')} basis={priceBasis(list)} query={answer} paintable={false} height={420} empty={answer.data && rows.length === 0 ? t('prices.monitoringNone') : undefined} twin={{ columns, rows, rowKey: (row) => row.drug }}
        asks={<p className="quiet">{t('prices.monitoringLead')}</p>}
        downloads={{ csv: downloadOf(list.code, 'prices/monitoring', {}, 'csv'), xlsx: downloadOf(list.code, 'prices/monitoring', {}, 'xlsx') }}
      >
        <SpreadChart rows={bars} label={t('prices.chart')} words={{ hospital: t('prices.hospitals'), pharmacy: t('prices.pharmacies'), few: t('prices.few'), none: t('table.missing'), said: (of, what) => t('prices.said', { of, what }) }} />
      </Frame>
      <Outliers drugs={answer.data?.drugs ?? []} query={answer} />
    </>
  )
}

/** What is 100 %: the settlement price, else the median of hospitals, else that of pharmacies; null where there is none of them. */
function baseOf({ settlement, spreads }: Row): { of: 'settlement' | Kind; amount: string } | null {
  if (settlement !== null && Number(settlement) > 0) return { of: 'settlement', amount: settlement }
  for (const kind of ['hospital', 'pharmacy'] as const) {
    const median = spreads.find((one) => one.kind === kind)?.median
    if (median != null && Number(median) > 0) return { of: kind, amount: median }
  }
  return null
}
