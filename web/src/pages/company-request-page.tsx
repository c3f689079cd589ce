import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RequestActions } from '../features/company-requests/request-actions'
import { RequestHead } from '../features/company-requests/request-head'
import { RequestTimeline } from '../features/company-requests/request-timeline'
import { useCan } from '../lib/actor'
import { companyRequestQuery } from '../lib/queries/company-requests'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/company-requests/$code')

/** One request of a company: what it is about and how it stands, what was said in its steps, and what may be done with it. */
export function CompanyRequestPage() {
  const { t } = useTranslation()
  const may = useCan('company_request.read') !== null
  const { code } = route.useParams()
  if (!may) return <Stack><PageHead title={t('companyRequests.page')} /><NotYours /></Stack>
  return <One code={code} />
}

function One({ code }: { code: string }) {
  const { list } = useWorld()
  const answer = useQuery(companyRequestQuery(list.code, code))
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {(shown) => <><RequestHead answer={shown} /><RequestTimeline answer={shown} /><RequestActions answer={shown} /></>}
      </Answered>
    </Stack>
  )
}
