import type { Attachment } from '@lastmile/shared/attachment'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendAttachment, type Outside } from '../../lib/queries/cases'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { TextField } from '../../ui/text-field'
import css from './cases.module.css'

/** How something came, and the files beside it, as it is typed. */
export interface CameDraft { channel: NonNullable<Outside['channel']>; on: string; files: Attachment[] }

/** What of it is sent: by whom it is said himself, the files alone. */
export function outsideOf({ channel, on, files }: CameDraft, isOutside: boolean): Outside {
  const attachments = files.map(({ code }) => code)
  return isOutside ? { channel, ...(on === '' ? {} : { on }), attachments } : { attachments }
}

/** By which way and on which day something came that is entered for somebody else. */
export function OutsideFields({ came, onChange, channels }: { came: CameDraft; onChange: (came: CameDraft) => void; channels: readonly CameDraft['channel'][] }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return (
    <>
      <SelectField label={t('cases.channel')} value={came.channel} options={channels.map((one) => ({ value: one, label: t(`cases.channels.${one}`) }))} onChange={(next) => onChange({ ...came, channel: next as CameDraft['channel'], on: next === 'system' ? '' : came.on || list.today })} />
      {came.channel !== 'system' && <TextField label={t('cases.on')} type="date" value={came.on} onChange={(on) => onChange({ ...came, on })} />}
    </>
  )
}

/** Files that go with a step: each is sent as it is chosen, and the step names it. */
export function FileFields({ code, notice, came, onChange }: { code: string; notice: string; came: CameDraft; onChange: (came: CameDraft) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [round, setRound] = useState(0)
  const send = useDoing(async (chosen: readonly File[]) => {
    let { files } = came
    for (const file of chosen) {
      files = [...files, await sendAttachment(list.code, code, notice, file)]
      onChange({ ...came, files })
    }
  }, () => setRound(round + 1))
  return (
    <div>
      <Field label={t('cases.files')} hint={t('cases.filesHint')}>{(id) => <input key={round} id={id} type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx" aria-disabled={send.busy} onChange={(event) => { const chosen = [...event.target.files ?? []]; if (chosen.length > 0) void send.run(chosen) }} />}</Field>
      <FormProblem error={send.error} />
      {came.files.length > 0 && <div role="status"><ul className={css.files}>{came.files.map((file) => <li key={file.code}>{t('cases.fileSent', { name: file.name })} <Button onClick={() => onChange({ ...came, files: came.files.filter((one) => one !== file) })}>{t('cases.removeFile')}</Button></li>)}</ul></div>}
    </div>
  )
}
