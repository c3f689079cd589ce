import { evidences } from '@lastmile/shared/evidence'
import { noUnit } from '@lastmile/shared/region'
import { periodSets, type PeriodSet, type ReportingQuestion } from '@lastmile/shared/reporting'
import { reportingOrders, sortBy } from '@lastmile/shared/sort'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReportingFrame } from '../features/reporting/reporting-frame'
import { UnitRatesFrame } from '../features/reporting/unit-rates-frame'
import { useCan } from '../lib/actor'
import { useText } from '../lib/i18n'
import { sourcesQuery } from '../lib/queries/lists'
import type { ReportingSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/reporting')
const sorts = ['silent-down', 'missing-down', 'rate-up', 'rate-down', 'unit-up', 'source-up'] as const
const periods = ['6', '12', '24'] as const
const sets = Object.keys(periodSets) as PeriodSet[]
const Sorts = sortBy(reportingOrders)

/** The reporting calendar: who has reported which periods, who has not, how completely, and the rates of provinces. */
export function ReportingPage() {
  const { t } = useTranslation()
  const { list, regions, unitName } = useWorld()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const sees = useCan('source.read')
  const text = useText()
  const source = useQuery({ ...sourcesQuery(list.code), enabled: sees !== null && search.source !== undefined }).data?.sources.find(({ code }) => code === search.source)
  const change = (next: Partial<ReportingSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const select = (next: Partial<ReportingSearch>) => change({ offset: undefined, cell: undefined, ...next })
  const sort = Sorts.safeParse(search.sort).data ?? 'silent-down'
  const filter: Partial<ReportingQuestion> = { periods: Number(search.periods ?? 12), evidence: search.word, region: search.region, source: search.source, sort }
  return (
    <Stack>
      <PageHead title={t('reporting.page')} lead={<p>{t('reporting.lead')}</p>} />
      {sees === null ? <NotYours /> : (
        <>
          <PresentNote follows="asOf" />
          <Toolbar label={t('rows.filters')}>
            <SelectField label={t('reporting.sort')} value={sort} options={sorts.map((one) => ({ value: one, label: t(`reporting.sorts.${one}`) }))} onChange={(next) => select({ sort: next === 'silent-down' ? undefined : next })} />
            <SelectField label={t('words.evidence.label')} value={search.word} all={t('parts.all')} options={evidences.map((one) => ({ value: one, label: t(`words.evidence.${one}.short`) }))} onChange={(next) => select({ word: evidences.find((one) => one === next) })} />
            {sees === 'all' && <SelectField label={t('reporting.region')} value={search.region} all={t('parts.all')} options={[...regions.units.map(({ code }) => code), noUnit].map((value) => ({ value, label: value === noUnit ? t('reporting.noUnit') : unitName(value) }))} onChange={(region) => select({ region })} />}
            {search.source !== undefined && <SelectField label={t('reporting.source')} value={search.source} all={t('parts.all')} options={[{ value: search.source, label: source ? text(source.name) : search.source }]} onChange={(next) => select({ source: next })} />}
            <SelectField label={t('reporting.only')} value={search.state} all={t('reporting.asCalendar')} options={sets.map((one) => ({ value: one, label: t(`reporting.sets.${one}`) }))} onChange={(next) => select({ state: sets.find((one) => one === next) })} />
            <SelectField label={t('reporting.periods')} value={search.periods ?? '12'} options={periods.map((value) => ({ value, label: t('reporting.lastPeriods', { n: value }) }))} onChange={(next) => select({ periods: next === '12' ? undefined : periods.find((one) => one === next) })} />
          </Toolbar>
          <ReportingFrame filter={filter} only={search.state} open={search.cell} onOpen={(cell) => change({ cell })} offset={search.offset ?? 0} onOffset={(offset) => change({ offset: offset || undefined })} />
          {sees === 'all' && <UnitRatesFrame filter={{ ...filter, state: search.state, offset: search.offset ?? 0 }} />}
        </>
      )}
    </Stack>
  )
}
