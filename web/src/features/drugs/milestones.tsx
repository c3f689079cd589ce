import type { DrugAnswer } from '@lastmile/shared/drug-answer'
import { daysBetween } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MilestonesChart } from '../../charts/lazy'
import { useFormat } from '../../lib/format'
import { drugQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { NowNote } from '../../ui/now-note'

type Reached = DrugAnswer['milestones'][number]['unitsReached'][number]

/** Days from the listing to the n-th unit, under the page's kind of evidence. */
export function Milestones({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, regions, places: { unit, units: unitWord } } = useWorld()
  const { evidence, asOf } = useAsking()
  const answer = useQuery({ ...drugQuery(list.code, code, { asOf }), placeholderData: keepPreviousData })
  const reached = answer.data?.milestones.find((one) => one.evidence === evidence)?.unitsReached ?? []
  const columns: Column<Reached>[] = [
    { id: 'n', header: t('drug.nth'), numeric: true, heading: true, value: (row) => row.n, cell: (row) => format.number(row.n) },
    { id: 'days', header: t('drug.days'), numeric: true, value: (row) => row.daysSinceListing },
    { id: 'day', header: t('charts.trend.day'), value: (row) => row.day, cell: (row) => <span className="number">{format.day(row.day)}</span> },
  ]
  const basis = { list: list.code, evidence: evidence as Evidence, asOf, today: list.today, knownOn: null, since: evidence === 'supplied' ? list.inForce : null, demonstration: list.demonstration }
  const marks = [...new Set([1, ...regions.thresholds.map((one) => one + 1), reached.length])].filter((n) => n >= 1)
  return (
    <Frame<Reached>
      id="milestones" title={t('drug.milestones', { unitWord })} unit={t('drug.days')} basis={basis} query={answer} height={250}
      empty={answer.data && reached.length === 0 ? t('drug.milestonesNone', { unit }) : undefined} twin={{ columns, rows: reached, rowKey: (row) => String(row.n) }}
    >
      <NowNote />
      <p className="quiet">
        {marks.map((n) => reached[n - 1]).filter((one) => one !== undefined).map((one) => t('drug.milestone', { n: format.number(one.n), days: format.number(one.daysSinceListing) })).join(' · ')}
      </p>
      <MilestonesChart
        evidence={evidence} reached={reached} days={daysBetween(list.inForce, asOf)} units={regions.units.length} thresholds={regions.thresholds.filter((one) => one < regions.units.length)}
        label={t('drug.milestones', { unitWord })} height={250}
      />
    </Frame>
  )
}
