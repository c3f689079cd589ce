import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NewRequestForm } from '../features/company-requests/new-request-form'
import { useActor, useCan } from '../lib/actor'
import { useAsking, useWorld } from '../lib/world'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'
import { Panel } from '../ui/panel'

const route = getRouteApi('/$list/company-requests/new')

/** Asking an office about a drug of one's own: for companies. */
export function NewCompanyRequestPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { evidence } = useAsking()
  const { company } = useActor()
  const may = useCan('company_request.open') !== null && company !== null
  const { kind, drug, region, institution } = route.useSearch()
  const navigate = route.useNavigate()
  const begun = { kind, institution, ...(drug === undefined ? {} : { drug }), ...(region === undefined ? {} : { office: region }), ...(kind === 'statement_disputed' ? { evidence } : {}) }
  return (
    <Stack>
      <PageHead trail={<Link to="/$list/company-requests" params={{ list: list.code }}>{t('companyRequests.ownPage')}</Link>} title={t('companyRequests.open')} lead={<p>{t('companyRequests.openLead')}</p>} />
      {may ? <Panel title={t('companyRequests.what')}><NewRequestForm company={company} begun={begun} onOpened={({ request }) => void navigate({ to: '/$list/company-requests/$code', params: { list: list.code, code: request } })} /></Panel> : <NotYours />}
    </Stack>
  )
}
