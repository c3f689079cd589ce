import { nationalOffice } from '@lastmile/shared/company-request'
import { addDays } from '@lastmile/shared/day'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNamedOptions } from '../../lib/named-options'
import { sendRequestFile } from '../../lib/queries/company-requests'
import { useFiles } from '../../lib/use-files'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { Buttons, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** The offices that can be asked: the national regulator and each unit's; without the one that has a request. */
export function useOfficeOptions(but?: string | null): { value: string; label: string }[] {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { regions } = useWorld()
  return [{ value: nationalOffice, label: t('cases.national') }, ...named(regions.units)].filter(({ value }) => but === undefined || value !== (but ?? nationalOffice))
}

/** Handing a request to another office, with a reason. */
export function ForwardForm({ office, busy, onForward }: { office: string | null; busy: boolean; onForward: (office: string, reason: string) => void }) {
  const { t } = useTranslation()
  const options = useOfficeOptions(office)
  const [to, setTo] = useState<string | undefined>(undefined)
  const [reason, setReason] = useState('')
  return (
    <Form label={t('companyRequests.forward')} onSubmit={() => { if (to !== undefined) onForward(to, reason) }}>
      <SelectField label={t('companyRequests.forwardTo')} value={to} all={t('accounts.choose')} required options={options} onChange={setTo} />
      <TextField label={t('companyRequests.forwardReason')} value={reason} onChange={setReason} maxLength={500} hint={t('companyRequests.forwardHint')} />
      <Buttons><Button type="submit" disabled={busy || to === undefined || reason.trim() === ''}>{t('companyRequests.forward')}</Button></Buttons>
    </Form>
  )
}

/** Putting the answer off, with a reason. */
export function DeferForm({ after, until, hint, busy, onDefer }: { after: string; until: string; hint: ReactNode; busy: boolean; onDefer: (dueOn: string, reason: string) => void }) {
  const { t } = useTranslation()
  const [dueOn, setDueOn] = useState('')
  const [reason, setReason] = useState('')
  if (after >= until) return null
  return (
    <Form label={t('companyRequests.defer')} onSubmit={() => onDefer(dueOn, reason)}>
      <TextField label={t('companyRequests.deferTo')} type="date" min={addDays(after, 1)} value={dueOn} onChange={setDueOn} hint={hint} />
      <TextField label={t('companyRequests.deferReason')} value={reason} onChange={setReason} maxLength={500} />
      <Buttons><Button type="submit" disabled={busy || dueOn === '' || reason.trim() === ''}>{t('companyRequests.defer')}</Button></Buttons>
    </Form>
  )
}

/** Objecting to an answer: why it does not do, and files. */
export function ObjectForm({ busy, onObject }: { busy: boolean; onObject: (reason: string, files: string[]) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [reason, setReason] = useState('')
  const files = useFiles((file) => sendRequestFile(list.code, file))
  return (
    <Form label={t('companyRequests.object')} onSubmit={() => onObject(reason, files.files.map(({ code }) => code))}>
      <Field label={t('companyRequests.objectReason')} hint={t('companyRequests.objectHint')}>{(id) => <textarea id={id} rows={3} required maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <FileFields files={files} />
      <Buttons><Button type="submit" disabled={busy || reason.trim() === '' || files.sending.length > 0}>{t('companyRequests.object')}</Button></Buttons>
    </Form>
  )
}
