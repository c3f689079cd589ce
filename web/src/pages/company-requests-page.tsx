import type { CompanyRequestOrder } from '@lastmile/shared/company-request-answer'
import { companyRequestKinds, nationalOffice } from '@lastmile/shared/company-request'
import type { SortText } from '@lastmile/shared/sort'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RequestCounts } from '../features/company-requests/request-counts'
import { RequestsFrame } from '../features/company-requests/requests-frame'
import { useActor, useCan } from '../lib/actor'
import { capital, useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import { useNamedOptions } from '../lib/named-options'
import { companyRequestsQuery } from '../lib/queries/company-requests'
import type { CompanyRequestsSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { AskOffice } from '../ui/ask-office'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/company-requests')

/** Requests on one page of the list. */
const limit = 50

/** What companies ask of offices, what is overdue first; for a company, what it has asked itself. */
export function CompanyRequestsPage() {
  const { t } = useTranslation()
  const may = useCan('company_request.read') !== null
  const isOwn = useActor().company !== null
  return <Stack><PageHead title={t(isOwn ? 'companyRequests.ownPage' : 'companyRequests.page')} tags={<AskOffice />} lead={<p>{t(isOwn ? 'companyRequests.ownLead' : 'companyRequests.lead')}</p>} />{may ? <All isOwn={isOwn} /> : <NotYours />}</Stack>
}

function All({ isOwn }: { isOwn: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const named = useNamedOptions()
  const { list, drugs, companies, regions, places } = useWorld()
  const { company: own } = useActor()
  const { state, due, kind, drug, company, region, office, sort, offset = 0 } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<CompanyRequestsSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const question = { state, due, kind, drug, company, region, office, sort: sort as SortText<CompanyRequestOrder> | undefined }
  const answer = useQuery({ ...companyRequestsQuery(list.code, { ...question, offset, limit }), placeholderData: keepPreviousData })
  const units = named(regions.units)
  const rules = answer.data?.rules
  return (
    <>
      <PresentNote />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('companyRequests.kind')} value={kind} all={t('parts.all')} options={companyRequestKinds.map((one) => ({ value: one, label: t(`companyRequests.kinds.${one}`) }))} onChange={(next) => change({ kind: companyRequestKinds.find((one) => one === next) })} />
        <SelectField label={t('rows.drug')} value={drug} all={t('parts.all')} options={named(isOwn ? drugs.filter((one) => one.company === own) : drugs)} onChange={(next) => change({ drug: next })} />
        {!isOwn && <SelectField label={t('parts.company')} value={company} all={t('parts.all')} options={named(companies)} onChange={(next) => change({ company: next })} />}
        <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={units} onChange={(next) => change({ region: next })} />
        <SelectField label={t('companyRequests.office')} value={office} all={t('parts.all')} options={[{ value: nationalOffice, label: t('cases.national') }, ...units]} onChange={(next) => change({ office: next })} />
      </Toolbar>
      <RequestCounts counts={answer.data?.counts} state={state} due={due} onChange={change} />
      <RequestsFrame answer={answer} question={Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined))} sort={question.sort} onSort={(next) => change({ sort: next })} onOffset={(next) => change({ offset: next || undefined })} isOwn={isOwn} />
      {rules && <p className="quiet">{t('companyRequests.rules', { within: format.number(rules.answerWithin), most: format.number(rules.deferAtMost) })} {text(rules.reason)}</p>}
    </>
  )
}
