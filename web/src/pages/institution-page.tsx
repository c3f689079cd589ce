import { getRouteApi } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { statePrecedence } from '@lastmile/shared/state'
import { InstitutionDrugs } from '../features/institutions/institution-drugs'
import { InstitutionHead } from '../features/institutions/institution-head'
import { InstitutionMap } from '../features/institutions/institution-map'
import { institutionQuery } from '../lib/queries/rows'
import { useAsking, useWorld } from '../lib/world'
import { Loading } from '../ui/empty'
import { Columns, Stack } from '../ui/page-head'
import { Problem } from '../ui/problem'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/institutions/$code')

/** One institution: who it is, where, and what is said of every listed drug there. */
export function InstitutionPage() {
  const { code } = route.useParams()
  const { list } = useWorld()
  const { asOf, evidence } = useAsking()
  const answer = useQuery({ ...institutionQuery(list.code, code, { asOf }), placeholderData: keepPreviousData })
  if (answer.error) return <Problem error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading height={480} />
  const { institution, drugs } = answer.data
  const stated = drugs.map((drug) => (evidence === 'supplied' ? (drug.supplied ? 'in_stock' as const : null) : drug[evidence])).filter((state) => state !== null)
  const state = statePrecedence.find((one) => stated.includes(one)) ?? 'not_reported'
  return (
    <Stack>
      <InstitutionHead institution={institution} />
      <TimeBar />
      <Columns wide>
        <InstitutionDrugs answer={answer.data} query={answer} />
        <InstitutionMap institution={institution} state={state} />
      </Columns>
    </Stack>
  )
}
