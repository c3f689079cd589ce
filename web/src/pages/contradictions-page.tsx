import { requestStates, type ContradictionsQuestion } from '@lastmile/shared/contradiction'
import { kinds } from '@lastmile/shared/kind'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ContradictionsFrame } from '../features/contradictions/contradictions-frame'
import { SetCounts } from '../features/contradictions/set-counts'
import { useCan } from '../lib/actor'
import { capital } from '../lib/format'
import { useNamedOptions } from '../lib/named-options'
import { contradictionsQuery } from '../lib/queries/contradictions'
import { pageBefore } from '../lib/queries/page-before'
import type { ContradictionsSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/contradictions')

/** Pairs on one page of the table. */
const limit = 50

/** Where kinds of evidence speak against each other: three sets of pairs, the longest first, whose turn it is, and asking a source to confirm. */
export function ContradictionsPage() {
  const { t } = useTranslation()
  const may = useCan('contradiction.read') !== null
  return <Stack><PageHead title={t('contradictions.page')} lead={<p>{t('contradictions.lead')}</p>} />{may ? <All /> : <NotYours />}</Stack>
}

function All() {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { list, drugs, companies, regions, places } = useWorld()
  const { params, since } = useAsking()
  const { set = 'refuted', drug, company, region, kind, asked, sort, offset = 0 } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<ContradictionsSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const { evidence: _, since: __, ...when } = params
  const question = { ...when, ...(since ? { since } : {}), set, drug, company, region, kind, asked, sort }
  const query = contradictionsQuery(list.code, { ...question, offset, limit })
  const answer = useQuery({ ...query, placeholderData: pageBefore(query.queryKey) })
  return (
    <>
      <TimeBar />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.drug')} value={drug} all={t('parts.all')} options={named(drugs)} onChange={(next) => change({ drug: next })} />
        <SelectField label={t('parts.company')} value={company} all={t('parts.all')} options={named(companies)} onChange={(next) => change({ company: next })} />
        <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={[...named(regions.units), ...(region === undefined || regions.units.some(({ code }) => code === region) ? [] : [{ value: region, label: region }])]} onChange={(next) => change({ region: next })} />
        <SelectField label={t('contradictions.kind')} value={kind} all={t('words.kind.all')} options={kinds.map((one) => ({ value: one, label: t(`words.kind.${one}`) }))} onChange={(next) => change({ kind: next as ContradictionsQuestion['kind'] })} />
        <SelectField label={t('contradictions.request')} value={asked} all={t('parts.all')} options={(['never', ...requestStates] as const).map((one) => ({ value: one, label: t(one === 'never' ? 'contradictions.notAsked' : `contradictions.requests.${one}`) }))} onChange={(next) => change({ asked: next as ContradictionsQuestion['asked'] })} />
      </Toolbar>
      <SetCounts set={set} totals={answer.data?.totals} onSet={(next) => change({ set: next === 'refuted' ? undefined : next })} />
      <ContradictionsFrame key={set} set={set} answer={answer} question={question} sort={sort} onSort={(next) => change({ sort: next })} onOffset={(next) => change({ offset: next || undefined })} />
    </>
  )
}
