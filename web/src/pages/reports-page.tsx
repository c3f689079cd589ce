import { getRouteApi, Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ReportsFilters } from '../features/reports/reports-filters'
import { ReportsFrame } from '../features/reports/reports-frame'
import { SendReport } from '../features/reports/send-report'
import { SourcesFrame } from '../features/sources/sources-frame'
import { useCan } from '../lib/actor'
import { sourcesQuery } from '../lib/queries/lists'
import { useWorld } from '../lib/world'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'
import type { ReportsSearch } from '../lib/searches'

const route = getRouteApi('/$list/reports')

/** Reports: send a file, see what became of every other and what it changed, and who is late. */
export function ReportsPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [seesSources, seesReports, sends] = [useCan('source.read') !== null, useCan('report.read') !== null, useCan('report.send') !== null]
  const sources = useQuery({ ...sourcesQuery(list.code), enabled: seesSources })
  // Who has no source of his own that takes files has nothing to send.
  const hasOwn = sources.data?.sources.some(({ accepts }) => accepts.includes('upload')) ?? true
  const change = (next: Partial<ReportsSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  return (
    <Stack>
      <PageHead title={t('reports.page')} lead={<p>{t(sends && hasOwn ? 'reports.lead' : 'reports.leadReading')}</p>} />
      {!seesSources && !seesReports && <NotYours />}
      {sends && <p><Link to="/$list/fill" params={{ list: list.code }} search={{ source: search.send }}>{t('upload.onScreen')}</Link></p>}
      {sends && hasOwn && <SendReport source={search.send} onSource={(send) => change({ send })} />}
      {seesReports && (
        <>
          <ReportsFilters filter={search} sources={sources.data?.sources ?? []} onFilter={change} />
          <ReportsFrame filter={{ source: search.source, evidence: search.word, state: search.state, period: search.period, number: search.number }} sort={search.sort} onSort={(sort) => change({ sort })} offset={search.offset ?? 0} onOffset={(offset) => change({ offset: offset || undefined })} />
        </>
      )}
      {seesSources && <SourcesFrame />}
    </Stack>
  )
}
