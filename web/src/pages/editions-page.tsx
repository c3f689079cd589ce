import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CandidaciesFrame } from '../features/candidacies/candidacies-frame'
import { EditionsFrame } from '../features/candidacies/editions-frame'
import { EligibilityFrame } from '../features/candidacies/eligibility-frame'
import { EndingFrame } from '../features/candidacies/ending-frame'
import { FunnelFrame } from '../features/candidacies/funnel-frame'
import { NewCandidacy } from '../features/candidacies/new-candidacy'
import { useCan } from '../lib/actor'
import { editionsQuery } from '../lib/queries/candidacies'
import type { EditionsSearch } from '../lib/searches'
import { useOpening } from '../lib/use-opening'
import { useAsking, useWorld } from '../lib/world'
import { Button } from '../ui/field'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/editions')

/** Editions of lists side by side: which drugs are in which, what ends next, and who can apply to the next. */
export function EditionsPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const keeps = useCan('candidacy.keep') !== null
  const client = useQueryClient()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<EditionsSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const query = useQuery({ ...editionsQuery(list.code, { asOf: asOf === list.today ? undefined : asOf, knownOn }), placeholderData: keepPreviousData })
  const again = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && ['editions', 'candidacies', 'life'].includes(String(queryKey[1])) })
  const editions = query.data?.editions ?? []
  const isNew = keeps && search.state === 'new' && editions.length > 0
  const { opener, part } = useOpening<HTMLHeadingElement>(isNew ? 'new' : null)
  return (
    <Stack>
      <PageHead title={t('candidacies.page')} lead={<p>{t('candidacies.lead')}</p>}>
        {keeps && editions.length > 0 && search.state === undefined && <div><Button ref={opener} primary onClick={() => change({ state: 'new' })}>{t('candidacies.new')}</Button></div>}
      </PageHead>
      {isNew && <NewCandidacy place={part} editions={editions} onMade={again} onClose={() => change({ state: undefined })} />}
      <TimeBar />
      <EditionsFrame answer={query.data} query={query} />
      {query.data?.editions.filter(({ edition }) => edition.funnel.length > 0).map(({ edition }) => <FunnelFrame key={edition.code} edition={edition} basis={query.data.basis} query={query} />)}
      <EndingFrame answer={query.data} query={query} />
      <EligibilityFrame answer={query.data} query={query} />
      <CandidaciesFrame editions={editions} search={search} onSearch={change} />
    </Stack>
  )
}
