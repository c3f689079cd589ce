import type { Attachment } from '@lastmile/shared/attachment'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDoing } from '../lib/use-doing'
import { Button, Field } from './field'
import css from './file-fields.module.css'
import { FormProblem } from './form-problem'

/** Files that go with a step: each is sent as it is chosen, and the step names it. */
export function FileFields({ files, onChange, send }: { files: readonly Attachment[]; onChange: (files: Attachment[]) => void; send: (file: File) => Promise<Attachment> }) {
  const { t } = useTranslation()
  const [round, setRound] = useState(0)
  const sending = useDoing(async (chosen: readonly File[]) => {
    let all = [...files]
    for (const file of chosen) {
      all = [...all, await send(file)]
      onChange(all)
    }
  }, () => setRound(round + 1))
  return (
    <div>
      <Field label={t('cases.files')} hint={t('cases.filesHint')}>{(id) => <input key={round} id={id} type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx" aria-disabled={sending.busy} onChange={(event) => { const chosen = [...event.target.files ?? []]; if (chosen.length > 0) void sending.run(chosen) }} />}</Field>
      <FormProblem error={sending.error} />
      {files.length > 0 && <div role="status"><ul className={css.files}>{files.map((file) => <li key={file.code}>{t('cases.fileSent', { name: file.name })} <Button onClick={() => onChange(files.filter((one) => one !== file))}>{t('cases.removeFile')}</Button></li>)}</ul></div>}
    </div>
  )
}
