import { getRouteApi } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { kinds } from '@lastmile/shared/kind'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { GapsFrame } from '../features/gaps/gaps-frame'
import { InstitutionsFrame } from '../features/institutions/institutions-frame'
import { SearchBox } from '../features/institutions/search-box'
import { RegionCards } from '../features/regions/region-cards'
import { RegionCities } from '../features/regions/region-cities'
import { RegionDrugs } from '../features/regions/region-drugs'
import { ReportsFrame } from '../features/reports/reports-frame'
import { SourcesFrame } from '../features/sources/sources-frame'
import { useCan } from '../lib/actor'
import { capital, useFormat } from '../lib/format'
import { loadOfficeWords, useText } from '../lib/i18n'
import { regionQuery, sourcesQuery } from '../lib/queries/lists'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { ConfirmLink } from '../ui/confirm-link'
import { Loading } from '../ui/empty'
import { SelectField } from '../ui/field'
import { InspectionLink } from '../ui/inspection-link'
import { RegionLink } from '../ui/names'
import { ContradictionsLink } from '../ui/contradictions-link'
import { Facts, PageHead, Stack } from '../ui/page-head'
import { SubscribeLink } from '../ui/subscribe-link'
import { SeeAlso } from '../ui/see-also'
import { TimeBar } from '../ui/time-bar'
import type { RegionSearch } from '../lib/searches'

const route = getRouteApi('/$list/regions/$code')
const gapsHide = ['region'] as const
/** It comes with its words, for those alone who may see it. */
const ReportingFrame = lazy(async () => ({ default: (await Promise.all([import('../features/reporting/reporting-frame'), loadOfficeWords()]))[0].ReportingFrame }))

/** One unit or city: its drugs, cities, institutions, gaps, and who there has reported. */
export function RegionPage() {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, regions, places } = useWorld()
  const { code } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery(regionQuery(list.code, code))
  const [seesSources, seesReports] = [useCan('source.read'), useCan('report.read') !== null]
  const sources = useQuery({ ...sourcesQuery(list.code), enabled: seesSources !== null })
  const change = (next: Partial<RegionSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const outside = regions.outOfScope.find((one) => one.code === code)
  if (outside) return <PageHead title={text(outside.name)} lead={<p>{t('region.outOfScope')}</p>} />
  const unit = regions.units.find((one) => one.code === code)
  // Who may see his own alone is not told that others have none.
  const own = (sources.data?.sources ?? []).filter((source) => source.unit === code)
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {(region) => (
          <>
              <PageHead
                tags={<><ConfirmLink region={code} />{region.level === 'unit' && <><InspectionLink of="province" code={code} /><SubscribeLink region={code} /></>}</>}
                title={text(unit?.fullName ?? region.name)} trail={<>{region.level === 'county' ? t('region.levelCounty') : capital(region.level === 'unit' ? places.unit : places.city)} · {region.code}{region.unit !== null && region.unit !== code && <> · <RegionLink code={region.unit} /></>}</>}
                lead={region.polygon || region.level !== 'unit' ? undefined : <p>{t(regions.regionSet === 'cn' ? 'region.noPolygon' : 'region.notDrawn', { name: text(region.name) })}</p>}
              >
                {region.level === 'unit' && <SeeAlso unit={code} here={['region']} />}
                <Facts facts={[
                  [t('parts.population'), region.population === null ? <span key="none" className="quiet">{t('parts.populationNotLoaded')}</span> : <>{format.number(region.population)}{regions.populationSource && <small className="quiet" style={{ display: 'block', fontWeight: 400 }}>{text(regions.populationSource)}</small>}</>],
                  region.level === 'unit' ? [capital(places.cities), format.number(region.cities.length)] : null,
                ]} />
                {region.level !== 'county' && <ContradictionsLink search={{ region: code }} />}
              </PageHead>
              <TimeBar />
              <RegionCards code={code} />
              {region.level === 'unit' && <RegionCities region={region} drug={search.drug} onDrug={(drug) => change({ drug })} at={search.at} onAt={(at) => change({ at })} />}
              <RegionDrugs region={region} />
              {region.level === 'unit' && <GapsFrame filter={{ region: code }} hide={gapsHide} offset={search.gaps ?? 0} onOffset={(offset) => change({ gaps: offset || undefined })} />}
              <InstitutionsFrame
                filter={{ region: code, search: search.search, kind: search.kind, drug: search.drug }} sort={search.sort} onSort={(sort) => change({ sort, offset: undefined })} offset={search.offset ?? 0} onOffset={(offset) => change({ offset: offset || undefined })}
                actions={<SelectField label={t('rows.kind')} value={search.kind} all={t('parts.all')} options={kinds.map((one) => ({ value: one, label: t(`words.kind.${one}`) }))} onChange={(next) => change({ kind: kinds.find((one) => one === next), offset: undefined })} />}
              >
                <div style={{ paddingBottom: 10 }}><SearchBox value={search.search} label={t('institution.searchLabel')} onSearch={(next) => change({ search: next, offset: undefined })} /></div>
              </InstitutionsFrame>
              {region.level === 'unit' && (seesSources === 'all' || own.length > 0) && (
                <>
                  <SourcesFrame of={{ unit: code }} />
                  <Suspense fallback={<Loading height={300} />}><ReportingFrame filter={{ region: code, sort: 'silent-down' }} open={search.cell} onOpen={(cell) => change({ cell })} /></Suspense>
                </>
              )}
              {seesReports && own.map((source) => <ReportsFrame key={source.code} id={`reports-${source.code}`} title={t('reports.of', { source: text(source.name) })} filter={{ source: source.code }} offset={0} onOffset={() => void navigate({ to: '/$list/reports', search: { source: source.code } })} />)}
          </>
        )}
      </Answered>
    </Stack>
  )
}
