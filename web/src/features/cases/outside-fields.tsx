import type { Attachment } from '@lastmile/shared/attachment'
import { useTranslation } from 'react-i18next'
import { sendAttachment, type Outside } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { SelectField } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { TextField } from '../../ui/text-field'

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

/** Files that go with a step of a letter. */
export function LetterFiles({ code, notice, came, onChange }: { code: string; notice: string; came: CameDraft; onChange: (came: CameDraft) => void }) {
  const { list } = useWorld()
  return <FileFields files={came.files} onChange={(files) => onChange({ ...came, files })} send={(file) => sendAttachment(list.code, code, notice, file)} />
}
