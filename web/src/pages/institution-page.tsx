import { getRouteApi } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InstitutionAnswer } from '@lastmile/shared/institution'
import { statePrecedence } from '@lastmile/shared/state'
import { InstitutionDrugs } from '../features/institutions/institution-drugs'
import { InstitutionHead } from '../features/institutions/institution-head'
import { InstitutionMap } from '../features/institutions/institution-map'
import { institutionQuery } from '../lib/queries/rows'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Columns, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/institutions/$code')

/** One institution: who it is, where, and what is said of every listed drug there. */
export function InstitutionPage() {
  const { code } = route.useParams()
  const { list } = useWorld()
  const { asOf, evidence } = useAsking()
  const answer = useQuery({ ...institutionQuery(list.code, code, { asOf }), placeholderData: keepPreviousData })
  const stateOf = (drug: InstitutionAnswer['drugs'][number]) => (evidence === 'supplied' ? (drug.supplied ? 'in_stock' as const : null) : drug[evidence])
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {(shown) => (
          <>
            <InstitutionHead institution={shown.institution} />
            <TimeBar />
            <Columns wide>
              <InstitutionDrugs answer={shown} query={answer} />
              <InstitutionMap institution={shown.institution} state={statePrecedence.find((one) => shown.drugs.some((drug) => stateOf(drug) === one)) ?? 'not_reported'} />
            </Columns>
          </>
        )}
      </Answered>
    </Stack>
  )
}
