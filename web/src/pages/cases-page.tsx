import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CaseOrder } from '@lastmile/shared/case-answer'
import type { SortText } from '@lastmile/shared/sort'
import { CaseBoard } from '../features/cases/case-board'
import { CaseCounts } from '../features/cases/case-counts'
import { CasesFrame } from '../features/cases/cases-frame'
import { Rules } from '../features/cases/rules'
import { useActor, useCan } from '../lib/actor'
import { capital } from '../lib/format'
import { useNamedOptions } from '../lib/named-options'
import { casesQuery } from '../lib/queries/cases'
import type { CasesSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/cases')

/** Cases on one page of the list. */
const limit = 50

/** Supervision cases as a list or a board, by state and by what is due; for a company, the letters that are for it. */
export function CasesPage() {
  const { t } = useTranslation()
  const may = useCan('case.read') !== null
  const isOwn = useActor().company !== null
  return <Stack><PageHead title={t(isOwn ? 'cases.ownPage' : 'cases.page')} lead={<p>{t(isOwn ? 'cases.ownLead' : 'cases.lead')}</p>} />{may ? <All isOwn={isOwn} /> : <NotYours />}</Stack>
}

function All({ isOwn }: { isOwn: boolean }) {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { list, drugs, companies, regions, places } = useWorld()
  const { view, state, due, drug, company, region, office, sort, offset = 0 } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<CasesSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const filter = { drug, company, region, office }
  const question = { ...filter, state, due, sort: sort as SortText<CaseOrder> | undefined }
  const answer = useQuery({ ...casesQuery(list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const units = named(regions.units)
  return (
    <>
      <PresentNote />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.drug')} value={drug} all={t('parts.all')} options={named(drugs)} onChange={(next) => change({ drug: next })} />
        {!isOwn && <SelectField label={t('parts.company')} value={company} all={t('parts.all')} options={named(companies)} onChange={(next) => change({ company: next })} />}
        <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={units} onChange={(next) => change({ region: next })} />
        {!isOwn && <SelectField label={t('cases.office')} value={office} all={t('parts.all')} options={[{ value: 'national', label: t('cases.national') }, ...units]} onChange={(next) => change({ office: next })} />}
        {!isOwn && <SelectField label={t('cases.view')} value={view ?? 'list'} options={(['list', 'board'] as const).map((one) => ({ value: one, label: t(`cases.views.${one}`) }))} onChange={(next) => change({ view: next === 'board' ? 'board' : undefined })} />}
      </Toolbar>
      <CaseCounts counts={answer.data?.counts} state={state} due={due} onChange={(next) => change({ ...next, view: undefined })} isOwn={isOwn} />
      {view === 'board' && !isOwn
        ? <CaseBoard question={Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))} onState={(next) => change({ view: undefined, state: next })} />
        : <CasesFrame answer={answer} question={Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined))} sort={question.sort} onSort={(next) => change({ sort: next })} onOffset={(next) => change({ offset: next || undefined })} isOwn={isOwn} />}
      {answer.data?.rules && !isOwn && <Rules rules={answer.data.rules} />}
    </>
  )
}
