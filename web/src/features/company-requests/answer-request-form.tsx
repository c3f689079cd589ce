import { companyRequestOutcomes, type CompanyRequestAnswering, type CompanyRequestOutcome } from '@lastmile/shared/company-request'
import { useTranslation } from 'react-i18next'
import { sendRequestFile } from '../../lib/queries/company-requests'
import { useFiles } from '../../lib/use-files'
import { useKept, useLetGo } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { Buttons, Fields, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

interface Said {
  outcome: CompanyRequestOutcome | undefined
  text: string
  resolveBy: string
}

/** Answering a request: what became of it, by the fixed vocabulary; in words; by which day, where it is not resolved yet; and files. What is typed is kept until it is sent. */
export function AnswerRequestForm({ code, busy, onAnswer }: { code: string; busy: boolean; onAnswer: (said: CompanyRequestAnswering, sent: () => void) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const letGo = useLetGo()
  const keptAs = `request-answer ${list.code} ${code}`
  const [said, setSaid] = useKept<Said>(`${keptAs} said`, { outcome: undefined, text: '', resolveBy: '' })
  const { outcome, text, resolveBy } = said
  const say = (next: Partial<Said>) => setSaid((before) => ({ ...before, ...next }))
  const files = useFiles((file) => sendRequestFile(list.code, file), `${keptAs} files`)
  const isLater = outcome === 'will_be_resolved'
  const lacks = outcome === undefined || text.trim() === '' || (isLater && resolveBy === '')
  return (
    <Form label={t('companyRequests.answer')} onSubmit={() => { if (outcome !== undefined) onAnswer({ outcome, text, resolveBy: isLater ? resolveBy : null, attachments: files.files.map((file) => file.code) }, () => letGo(keptAs)) }}>
      <Fields>
        <SelectField label={t('companyRequests.outcome')} value={outcome} all={t('accounts.choose')} required options={companyRequestOutcomes.map((one) => ({ value: one, label: t(`companyRequests.outcomes.${one}`) }))} hint={outcome === 'not_competent' ? t('companyRequests.notCompetentHint') : undefined} onChange={(next) => say({ outcome: companyRequestOutcomes.find((one) => one === next) })} />
        {isLater && <TextField label={t('companyRequests.resolveBy')} type="date" min={list.today} value={resolveBy} onChange={(next) => say({ resolveBy: next })} />}
      </Fields>
      <Field label={t('companyRequests.answerText')}>{(id) => <textarea id={id} rows={4} required maxLength={2000} value={text} onChange={(event) => say({ text: event.target.value })} />}</Field>
      <FileFields files={files} />
      <Buttons><Button primary type="submit" disabled={busy || lacks || files.sending.length > 0}>{t('cases.sendAnswer')}</Button></Buttons>
    </Form>
  )
}
