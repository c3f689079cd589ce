import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OwnPlans } from '../features/plans/own-plans'
import { PlansFrame } from '../features/plans/plans-frame'
import { useActor, useCan } from '../lib/actor'
import type { PlansSearch } from '../lib/searches'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/plans')

/** Customised insurance plans and the drugs that they name, for everybody; and an insurer's own, to be kept. */
export function PlansPage() {
  const { t } = useTranslation()
  const { insurer } = useActor()
  const keeps = useCan('plan.keep') !== null
  const { drug, region, any, plan, offset } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<PlansSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  return (
    <Stack>
      <PageHead title={t('plans.page')} lead={<p>{t('plans.lead')}</p>} />
      {keeps && insurer !== null && <OwnPlans insurer={insurer} open={plan} onOpen={(next) => change({ plan: next })} />}
      <TimeBar />
      <PlansFrame filter={{ drug, region, any }} onFilter={(filter) => change({ ...filter, offset: undefined })} offset={offset ?? 0} onOffset={(next) => change({ offset: next || undefined })} />
    </Stack>
  )
}
