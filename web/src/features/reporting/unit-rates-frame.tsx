import { noUnit } from '@lastmile/shared/region'
import { reportingRate, type ReportingAnswer, type ReportingQuestion } from '@lastmile/shared/reporting'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { Asked } from '../../lib/queries/coverage'
import { pageBefore } from '../../lib/queries/page-before'
import { reportingQuery } from '../../lib/queries/reporting'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { RegionLink } from '../../ui/names'
import { PeriodsFigure } from '../../ui/periods-figure'

type Rate = ReportingAnswer['byUnit'][number]

/** The reporting rates of units. Of the same question as the calendar beside it, so that it is asked once: rates are of all periods, whichever are shown. */
export function UnitRatesFrame({ filter }: { filter: Asked<Pick<ReportingQuestion, 'evidence' | 'region' | 'source' | 'sort' | 'periods' | 'state' | 'offset'>> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName } = useWorld()
  const { params, asOf } = useAsking()
  const query = reportingQuery(list.code, { ...filter, asOf: params.asOf })
  const answer = useQuery({ ...query, placeholderData: pageBefore(query.queryKey) })
  const nameOf = ({ unit }: Rate) => (unit === null ? t('reporting.noUnit') : unitName(unit))
  const columns: Column<Rate>[] = [
    { id: 'unit', header: t('reporting.region'), heading: true, value: nameOf, cell: (one) => (one.unit === null ? nameOf(one) : <RegionLink code={one.unit} />) },
    { id: 'rate', header: t('reporting.rate'), numeric: true, value: reportingRate, cell: (one) => percent(reportingRate(one)) },
    ...(['owed', 'onTime', 'late', 'held', 'missing', 'sources'] as const).map((key): Column<Rate> => ({
      id: key, header: t(`reporting.${key}`), numeric: true, value: (one) => one[key],
      // Of a city its own sources are counted, not those of its unit.
      cell: (one) => <PeriodsFigure value={one[key]} set={key === 'sources' ? undefined : key} label={`${nameOf(one)} · ${t(`reporting.${key}`)}`} of={{ ...filter, region: filter.region ?? one.unit ?? noUnit }} />,
    })),
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
