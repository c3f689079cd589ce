import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { TextField } from '../../ui/text-field'
import css from './cases.module.css'
import type { CameDraft, Coming } from './use-coming'

/** By which way and on which day something came that is entered for somebody else. */
export function OutsideFields({ coming: { came, change }, channels }: { coming: Coming; channels: readonly CameDraft['channel'][] }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return (
    <>
      <SelectField label={t('cases.channel')} value={came.channel} options={channels.map((one) => ({ value: one, label: t(`cases.channels.${one}`) }))} onChange={(next) => change({ channel: next as CameDraft['channel'], on: next === 'system' ? '' : came.on || list.today })} />
      {came.channel !== 'system' && <TextField label={t('cases.on')} type="date" value={came.on} onChange={(on) => change({ on })} />}
    </>
  )
}

/** Files that go with a step: which are chosen, which are under way and which are there. */
export function FileFields({ coming: { came, sending, error, attach, remove } }: { coming: Coming }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div>
      <Field label={t('cases.files')} hint={t('cases.filesHint')}>{(id) => <input id={id} type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx" onChange={({ target }) => { attach([...target.files ?? []]); target.value = '' }} />}</Field>
      <FormProblem error={error} />
      <div role="status">
        {came.files.length > 0 && <ul className={css.files}>{came.files.map((file) => <li key={file.code}>{t('cases.fileSent', { name: file.name })} <Button onClick={() => remove(file)}>{t('cases.removeFile')}</Button></li>)}</ul>}
        {sending.length > 0 && <p>{t('cases.filesSending', { names: format.join(sending) })}</p>}
      </div>
    </div>
  )
}
