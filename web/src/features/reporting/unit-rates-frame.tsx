import { reportingRate, type ReportingAnswer, type ReportingQuestion } from '@lastmile/shared/reporting'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { Asked } from '../../lib/queries/coverage'
import { reportingQuery } from '../../lib/queries/reporting'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { RegionLink } from '../../ui/names'

type Rate = ReportingAnswer['byUnit'][number]

/** The reporting rates of units. Of the same question as the calendar beside it, so that it is asked once. */
export function UnitRatesFrame({ filter }: { filter: Asked<Pick<ReportingQuestion, 'evidence' | 'region' | 'company' | 'sort' | 'periods' | 'offset'>> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName } = useWorld()
  const { params, asOf } = useAsking()
  const answer = useQuery({ ...reportingQuery(list.code, { ...filter, asOf: params.asOf }), placeholderData: keepPreviousData })
  const columns: Column<Rate>[] = [
    { id: 'unit', header: t('reporting.region'), heading: true, value: ({ unit }) => (unit === null ? t('reporting.noUnit') : unitName(unit)), cell: ({ unit }) => (unit === null ? t('reporting.noUnit') : <RegionLink code={unit} />) },
    { id: 'rate', header: t('reporting.rate'), numeric: true, value: reportingRate, cell: (one) => percent(reportingRate(one)) },
    ...(['owed', 'onTime', 'late', 'held', 'missing', 'sources'] as const).map((key): Column<Rate> => ({ id: key, header: t(`reporting.${key}`), numeric: true, value: (one) => one[key] })),
  ]
  const rows = answer.data?.byUnit ?? []
  const rowKey = (one: Rate) => one.unit ?? ''
  const basis = { list: list.code, evidence: null, asOf: answer.data?.asOf ?? asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<Rate> id="unit-rates" title={t('reporting.byUnit')} unit={t('reporting.byUnitUnit')} basis={basis} query={answer} picture={false} height={300} empty={answer.data && rows.length === 0 ? t('reporting.none') : undefined} twin={{ columns, rows, rowKey }}>
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('reporting.byUnit')} maxHeight={480} />
    </Frame>
  )

  function percent(rate: number | null): string {
    return rate === null ? '–' : format.percent(rate)
  }
}
