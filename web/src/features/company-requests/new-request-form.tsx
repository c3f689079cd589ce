import { companyRequestKinds, nationalOffice, type CompanyRequestKind, type NewCompanyRequest } from '@lastmile/shared/company-request'
import type { CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import { Evidence } from '@lastmile/shared/evidence'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useNamedOptions } from '../../lib/named-options'
import { newName } from '../../lib/new-name'
import { openCompanyRequest, sendRequestFile } from '../../lib/queries/company-requests'
import { institutionQuery } from '../../lib/queries/rows'
import { useDoing } from '../../lib/use-doing'
import { useFiles } from '../../lib/use-files'
import { useKept, useLetGo } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { FormProblem } from '../../ui/form-problem'
import { InstitutionPicker } from '../../ui/institution-picker'
import { Buttons, Fields, Form } from '../../ui/panel'
import { useOfficeOptions } from './request-forms'

/** What is filled in; what the way to the form named stands there already. */
const RequestDraft = z.object({ kind: z.enum(companyRequestKinds).optional(), drug: z.string().optional(), office: z.string().optional(), institution: z.string().optional(), evidence: Evidence.optional() })
export type RequestDraft = z.infer<typeof RequestDraft>

/** The same with what is written. */
const Said = RequestDraft.extend({ text: z.string() })

/** Kinds of requests that are about one institution. */
const ofInstitutions: readonly (CompanyRequestKind | undefined)[] = ['committee_refused', 'statement_disputed']

/** Asking an office about a drug of the company's own. What is typed is kept until it is sent, apart for each way to the form. */
export function NewRequestForm({ company, begun, onOpened }: { company: string; begun: RequestDraft; onOpened: (opened: CompanyRequestMoved) => void }) {
  const { t } = useTranslation()
  const { list, drugs } = useWorld()
  const named = useNamedOptions()
  const offices = useOfficeOptions()
  const client = useQueryClient()
  const own = drugs.filter((one) => one.company === company)
  const letGo = useLetGo()
  const keptAs = `company-request ${list.code} ${JSON.stringify(begun)}`
  const [said, setSaid] = useKept<z.infer<typeof Said>>(`${keptAs} said`, { drug: own.length === 1 ? own[0]!.code : undefined, ...begun, text: '' }, { shape: Said })
  const files = useFiles((file) => sendRequestFile(list.code, file), `${keptAs} files`)
  const say = (next: Partial<z.infer<typeof Said>>) => setSaid((before) => ({ ...before, ...next }))
  const { kind, drug, evidence, institution, text } = said
  // The office of the institution's own unit is asked, unless another is chosen.
  const there = useQuery({ ...institutionQuery(list.code, institution ?? ''), enabled: institution !== undefined })
  const office = said.office ?? there.data?.institution.unit ?? undefined
  const [isAbout, isDispute] = [ofInstitutions.includes(kind), kind === 'statement_disputed']
  // What is sent again after the line failed is opened once; what is said otherwise is another.
  const key = useRef({ of: '', name: '' })
  const open = useDoing((asked: NewCompanyRequest) => {
    const of = JSON.stringify(asked)
    if (key.current.of !== of) key.current = { of, name: newName() }
    return openCompanyRequest(list.code, asked, key.current.name)
  }, async (opened) => {
    letGo(keptAs)
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'company-requests' })
    onOpened(opened)
  })
  const submit = () => {
    if (kind === undefined || drug === undefined || office === undefined) return
    void open.run({ kind, drug, office, institution: institution ?? null, evidence: isDispute ? evidence ?? null : null, text, attachments: files.files.map(({ code }) => code) })
  }
  const lacks = kind === undefined || drug === undefined || office === undefined || (isAbout && institution === undefined) || (isDispute && evidence === undefined) || text.trim() === ''
  return (
    <Form label={t('companyRequests.open')} onSubmit={submit}>
      <Fields>
        <SelectField label={t('companyRequests.kind')} value={kind} all={t('accounts.choose')} required options={companyRequestKinds.map((one) => ({ value: one, label: t(`companyRequests.kinds.${one}`) }))} hint={kind === undefined ? undefined : t(`companyRequests.kindMeans.${kind}`)} onChange={(next) => say({ kind: companyRequestKinds.find((one) => one === next) })} />
        <SelectField label={t('rows.drug')} value={drug} all={t('accounts.choose')} required options={named(own)} onChange={(next) => say({ drug: next })} />
        {isDispute && <SelectField label={t('companyRequests.evidence')} value={evidence} all={t('accounts.choose')} required options={list.evidences.map((one) => ({ value: one, label: t(`words.evidence.${one}.name`) }))} onChange={(next) => say({ evidence: list.evidences.find((one) => one === next) })} />}
      </Fields>
      {kind !== undefined && kind !== 'platform_listing' && <Fields><InstitutionPicker list={list.code} value={institution ?? null} region={said.office === nationalOffice ? undefined : said.office} required={isAbout} onChange={(next) => say({ institution: next ?? undefined })} /></Fields>}
      <Fields><SelectField label={t('companyRequests.to')} value={office} all={t('accounts.choose')} required options={offices} hint={t('companyRequests.toHint')} onChange={(next) => say({ office: next })} /></Fields>
      <Field label={t('companyRequests.text')} hint={t('companyRequests.textHint')}>{(id) => <textarea id={id} rows={5} required maxLength={2000} value={text} onChange={(event) => say({ text: event.target.value })} />}</Field>
      <FileFields files={files} />
      <FormProblem error={open.error} />
      <Buttons><Button primary type="submit" disabled={open.busy || lacks || files.sending.length > 0}>{t('companyRequests.send')}</Button></Buttons>
    </Form>
  )
}
