import { getRouteApi } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CompanyDrugs } from '../features/companies/company-drugs'
import { GapsFrame } from '../features/gaps/gaps-frame'
import { ReportsFrame } from '../features/reports/reports-frame'
import { SourcesFrame } from '../features/sources/sources-frame'
import { useCan } from '../lib/actor'
import { useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import { sourcesQuery } from '../lib/queries/lists'
import { useWorld } from '../lib/world'
import { ContradictionsLink } from '../ui/contradictions-link'
import { InspectionLink } from '../ui/inspection-link'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Facts, PageHead, Stack } from '../ui/page-head'
import { SubscribeLink } from '../ui/subscribe-link'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/companies/$company')
const gapsHide = ['company'] as const

/** One company: its drugs with the unstocked first, where they are missing, and whether it reports in time. */
export function CompanyPage() {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, company: find } = useWorld()
  const { company: code } = route.useParams()
  const { offset = 0, gaps = 0 } = route.useSearch()
  const navigate = route.useNavigate()
  const company = find(code)
  const [seesSources, seesReports] = [useCan('source.read'), useCan('report.read') !== null]
  const sources = useQuery({ ...sourcesQuery(list.code), enabled: seesSources !== null })
  // Who may see his own alone is not told that others have none.
  const own = (sources.data?.sources ?? []).filter((source) => source.company === code)
  if (!company) return <PageHead title={code} lead={<p>{t('company.notThere', { code })}</p>} />
  const other = text(company.name) === company.name.zh ? company.name.en : company.name.zh
  return (
    <Stack>
      <PageHead tags={<><InspectionLink of="company" code={code} /><SubscribeLink company={code} /></>} title={text(company.name)} trail={<>{t('company.authorised')} · {other}</>}>
        <Facts facts={[[t('company.count'), format.number(company.drugs.length)], [t('company.liaison'), company.liaison ?? <span key="none" className="quiet">{t('company.noLiaison')}</span>]]} />
        <ContradictionsLink search={{ company: code }} />
      </PageHead>
      <TimeBar />
      <CompanyDrugs code={code} />
      <EvidenceSwitch />
      <GapsFrame filter={{ company: code, actor: 'company' }} hide={gapsHide} offset={gaps} onOffset={(next) => void navigate({ search: (previous) => ({ ...previous, gaps: next || undefined }), replace: true, resetScroll: false })} />
      {(seesSources === 'all' || own.length > 0) && <SourcesFrame of={{ company: code }} />}
      {seesReports && own.map((source, index) => (
        <ReportsFrame
          key={source.code} id={`reports-${source.code}`} title={t('reports.of', { source: text(source.name) })} filter={{ source: source.code }} offset={index === 0 ? offset : 0}
          onOffset={(next) => void navigate({ search: (previous) => ({ ...previous, offset: next || undefined }), replace: true, resetScroll: false })}
        />
      ))}
    </Stack>
  )
}
