import { getRouteApi } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DrugCards } from '../features/drugs/drug-cards'
import { DrugHead } from '../features/drugs/drug-head'
import { DrugPointMap } from '../features/drugs/drug-map'
import { DrugPlans } from '../features/drugs/drug-plans'
import { DrugRegionMap } from '../features/drugs/drug-region-map'
import { DrugTrends } from '../features/drugs/drug-trends'
import type { MapChoice } from '../features/drugs/map-choice'
import { Milestones } from '../features/drugs/milestones'
import { ProvincesTable } from '../features/drugs/provinces-table'
import { StandingsFrame } from '../features/drugs/standings-frame'
import { useOpening } from '../features/cases/use-opening'
import { GapsFrame } from '../features/gaps/gaps-frame'
import { GapHistoryFrame } from '../features/gaps/history-frame'
import { NearestPanel } from '../features/nearest/nearest-panel'
import { trendQuery } from '../lib/queries/coverage'
import { stockedSeries } from '../lib/stocked-series'
import { useAsking, useWorld } from '../lib/world'
import { Columns, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'
import type { DrugSearch } from '../lib/searches'

const route = getRouteApi('/$list/drugs/$drug')
const gapsHide = ['drug', 'company'] as const

/** One drug: on whose word it is where, since when, how fast it spread, and where it is missing. */
export function DrugPage() {
  const { t } = useTranslation()
  const { drug: code } = route.useParams()
  const opening = useOpening()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { list, drug } = useWorld()
  const { evidence } = useAsking()
  const trend = useQuery({ ...trendQuery(list.code, { evidence, drug: code, from: list.inForce, to: list.today }), placeholderData: keepPreviousData, enabled: drug(code) !== undefined })
  const series = useMemo(() => stockedSeries(trend.data), [trend.data])
  const change = (next: Partial<DrugSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const choice: MapChoice = {
    label: t('drug.mapChoice'), value: search.map ?? 'points', options: [{ value: 'points', label: t('drug.asPoints') }, { value: 'regions', label: t('drug.asRegions') }],
    onChange: (map) => change({ map: map === 'points' ? undefined : map }),
  }
  const look = { at: search.at, onAt: (at: string | undefined) => change({ at }) }
  if (!drug(code)) return <DrugHead code={code} />
  return (
    <Stack>
      <DrugHead code={code} />
      <TimeBar series={series} />
      <DrugCards code={code} />
      {choice.value === 'points'
        ? <DrugPointMap code={code} shown={search.shown ?? 'stocked'} onShown={(shown) => change({ shown: shown === 'stocked' ? undefined : shown })} choice={choice} {...look} />
        : <DrugRegionMap code={code} choice={choice} {...look} />}
      <NearestPanel code={code} />
      <ProvincesTable code={code} />
      <Columns>
        <StandingsFrame code={code} />
        <Milestones code={code} />
      </Columns>
      <DrugTrends code={code} measure={search.measure ?? 'institutions'} onMeasure={(measure) => change({ measure: measure === 'institutions' ? undefined : measure })} />
      <DrugPlans code={code} />
      <GapsFrame choosing={opening} filter={{ drug: code }} hide={gapsHide} offset={search.gaps ?? 0} onOffset={(offset) => change({ gaps: offset || undefined })} />
      <GapHistoryFrame drug={code} />
    </Stack>
  )
}
