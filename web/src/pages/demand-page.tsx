import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DemandFrame } from '../features/demand/demand-frame'
import { useActor, useCan } from '../lib/actor'
import { capital, useFormat } from '../lib/format'
import { useNamedOptions } from '../lib/named-options'
import { demandQuery } from '../lib/queries/finder'
import type { DemandSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/demand')

/** Where which drug is wanted, and whether it is there: for offices; for an institution, what it registered itself. */
export function DemandPage() {
  const { t } = useTranslation()
  return useCan('demand.read') === null ? <Stack><PageHead title={t('finder.offices.page')} /><NotYours /></Stack> : <All />
}

function All() {
  const { t } = useTranslation()
  const format = useFormat()
  const named = useNamedOptions()
  const { list, drugs, regions, places } = useWorld()
  const { institution, company, city, unit } = useActor()
  const { drug, region } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<DemandSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const answer = useQuery({ ...demandQuery(list.code, { drug, region }), placeholderData: keepPreviousData })
  const look = institution !== null ? 'own' : company !== null ? 'company' : city !== null ? 'city' : 'office'
  const isOwn = look === 'own'
  const own = company === null ? drugs : drugs.filter((one) => one.company === company)
  const days = answer.data?.openDays
  const lead = isOwn ? t('finder.offices.ownLead') : days === null || days === undefined ? '' : t('finder.offices.lead', { days: format.number(days) })
  return (
    <Stack>
      <PageHead title={t('finder.offices.page')} lead={<><p>{lead}</p>{isOwn && <p><Link to="/$list/find" params={{ list: list.code }}>{t('finder.offices.register')}</Link></p>}</>} />
      <PresentNote />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.drug')} value={drug} all={t('parts.all')} options={named(own)} onChange={(next) => change({ drug: next })} />
        {!isOwn && unit === null && <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={named(regions.units)} onChange={(next) => change({ region: next })} />}
      </Toolbar>
      <DemandFrame answer={answer} question={Object.fromEntries(Object.entries({ drug, region }).filter(([, value]) => value !== undefined))} look={look} />
    </Stack>
  )
}
