import { companyRequestOutcomes, type CompanyRequestAnswering, type CompanyRequestOutcome } from '@lastmile/shared/company-request'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendRequestFile } from '../../lib/queries/company-requests'
import { useFiles } from '../../lib/use-files'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { Buttons, Fields, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Answering a request: what became of it, by the fixed vocabulary; in words; by which day, where it is not resolved yet; and files. */
export function AnswerRequestForm({ busy, onAnswer }: { busy: boolean; onAnswer: (said: CompanyRequestAnswering) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [outcome, setOutcome] = useState<CompanyRequestOutcome | undefined>(undefined)
  const [text, setText] = useState('')
  const [resolveBy, setResolveBy] = useState('')
  const files = useFiles((file) => sendRequestFile(list.code, file))
  const isLater = outcome === 'will_be_resolved'
  const lacks = outcome === undefined || text.trim() === '' || (isLater && resolveBy === '')
  return (
    <Form label={t('companyRequests.answer')} onSubmit={() => { if (outcome !== undefined) onAnswer({ outcome, text, resolveBy: isLater ? resolveBy : null, attachments: files.files.map(({ code }) => code) }) }}>
      <Fields>
        <SelectField label={t('companyRequests.outcome')} value={outcome} all={t('accounts.choose')} required options={companyRequestOutcomes.map((one) => ({ value: one, label: t(`companyRequests.outcomes.${one}`) }))} hint={outcome === 'not_competent' ? t('companyRequests.notCompetentHint') : undefined} onChange={(next) => setOutcome(companyRequestOutcomes.find((one) => one === next))} />
        {isLater && <TextField label={t('companyRequests.resolveBy')} type="date" min={list.today} value={resolveBy} onChange={setResolveBy} />}
      </Fields>
      <Field label={t('companyRequests.answerText')}>{(id) => <textarea id={id} rows={4} required maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      <FileFields files={files} />
      <Buttons><Button primary type="submit" disabled={busy || lacks || files.sending.length > 0}>{t('cases.sendAnswer')}</Button></Buttons>
    </Form>
  )
}
