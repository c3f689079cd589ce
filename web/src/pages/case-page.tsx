import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CaseActions } from '../features/cases/case-actions'
import { CaseComments } from '../features/cases/case-comments'
import { CaseGaps } from '../features/cases/case-gaps'
import { CaseHead } from '../features/cases/case-head'
import { CaseNotices } from '../features/cases/case-notices'
import { CaseTimeline } from '../features/cases/case-timeline'
import { EvidencePack } from '../features/cases/evidence-pack'
import { RequestsBeside } from '../features/company-requests/requests-beside'
import { useCan } from '../lib/actor'
import { caseQuery } from '../lib/queries/cases'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { NotYours } from '../ui/not-yours'
import { Columns, PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/cases/$code')

/** One supervision case: how it stands, its letters and what is to be done, its gaps as they are today, what companies asked about them, its steps, what was said of it, and the evidence pack of all that. */
export function CasePage() {
  const { t } = useTranslation()
  const may = useCan('case.read') !== null
  const { code } = route.useParams()
  if (!may) return <Stack><PageHead title={t('cases.page')} /><NotYours /></Stack>
  return <One code={code} />
}

function One({ code }: { code: string }) {
  const { list } = useWorld()
  const answer = useQuery(caseQuery(list.code, code))
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {(shown) => (
          <>
            <CaseHead answer={shown} />
            <CaseNotices answer={shown} />
            <CaseActions answer={shown} />
            <CaseGaps answer={shown} />
            {shown.case.seenAs === 'office' && shown.case.drugs.length === 1 && <RequestsBeside drug={shown.case.drugs[0]} region={shown.case.units.length === 1 ? shown.case.units[0] : undefined} />}
            {shown.case.seenAs === 'office' && shown.case.drugs.length > 1 && shown.case.units.length === 1 && <RequestsBeside region={shown.case.units[0]} />}
            <Columns>
              <CaseTimeline answer={shown} />
              <CaseComments answer={shown} />
            </Columns>
            <EvidencePack answer={shown} />
          </>
        )}
      </Answered>
    </Stack>
  )
}
