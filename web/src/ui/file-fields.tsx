import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import type { Files } from '../lib/use-files'
import { Button, Field } from './field'
import css from './file-fields.module.css'
import { FormProblem } from './form-problem'

/** Files that go with a step: which are chosen, which are under way and which are there. */
export function FileFields({ files: { files, sending, error, attach, remove } }: { files: Files }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div>
      <Field label={t('cases.files')} hint={t('cases.filesHint')}>{(id) => <input id={id} type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx" onChange={({ target }) => { attach([...target.files ?? []]); target.value = '' }} />}</Field>
      <FormProblem error={error} />
      <div role="status">
        {files.length > 0 && <ul className={css.files}>{files.map((file) => <li key={file.code}>{t('cases.fileSent', { name: file.name })} <Button onClick={() => remove(file)}>{t('cases.removeFile')}</Button></li>)}</ul>}
        {sending.length > 0 && <p>{t('cases.filesSending', { names: format.join(sending) })}</p>}
      </div>
    </div>
  )
}
