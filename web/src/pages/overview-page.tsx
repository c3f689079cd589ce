import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Bridge } from '../features/changes/bridge'
import { CoverageMap } from '../features/coverage/coverage-map'
import { Reach } from '../features/drugs/reach'
import { Unstocked } from '../features/drugs/unstocked'
import { HeadlineCards } from '../features/headline/headline-cards'
import { HeadlineSentence } from '../features/headline/sentence'
import { useSilence } from '../features/headline/silence'
import { SourcesFrame } from '../features/sources/sources-frame'
import { useCan } from '../lib/actor'
import { coverageQuery, headlineQuery, trendQuery } from '../lib/queries/coverage'
import { stockedSeries } from '../lib/stocked-series'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { PageTitle } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'
import css from './overview-page.module.css'

const route = getRouteApi('/$list/')

/** The whole list on one screen: the sentence, what is stocked nowhere, three kinds of evidence, one day over all, map, reach, changes, who reported. */
export function OverviewPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { evidence, params } = useAsking()
  const { from, drug, at } = route.useSearch()
  const navigate = route.useNavigate()
  const headline = useQuery({ ...headlineQuery(list.code, params), placeholderData: keepPreviousData })
  const coverage = useQuery({ ...coverageQuery(list.code, { ...params, by: 'province' }), placeholderData: keepPreviousData })
  const trend = useQuery({ ...trendQuery(list.code, { evidence, from: list.inForce, to: list.today }), placeholderData: keepPreviousData })
  const seesSources = useCan('source.read') !== null
  const silence = useSilence(headline.data)
  const series = useMemo(() => stockedSeries(trend.data), [trend.data])
  const put = (search: { from?: string | undefined } | { drug?: string | undefined } | { at: string | undefined }) => void navigate({ search: (previous) => ({ ...previous, ...search }), replace: true, resetScroll: false })
  return (
    <div className={css.page} data-sources={seesSources}>
      <PageTitle>{t('overview.title')}</PageTitle>
      <section className={css.lead}>
        <Answered query={headline} height={120}>{(shown) => <HeadlineSentence headline={shown} late={headline.isPlaceholderData} />}</Answered>
      </section>
      <div className={css.unstocked}>{headline.data && <Unstocked headline={headline.data} totals={coverage.data?.totals ?? []} />}</div>
      <div className={css.time}><TimeBar series={series} /></div>
      <div className={css.cards}><HeadlineCards /></div>
      <div className={css.map}><CoverageMap coverage={coverage.data} query={coverage} drug={drug} onDrug={(next) => put({ drug: next })} at={at} onAt={(next) => put({ at: next })} /></div>
      <div className={css.reach}><Reach headline={headline.data} coverage={coverage.data} query={[headline, coverage]} /></div>
      <div className={css.changes}><Bridge silence={silence?.words} from={from} onFrom={(day) => put({ from: day })} /></div>
      {seesSources && <div className={css.reporting}><SourcesFrame brief /></div>}
    </div>
  )
}
