import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Field } from '../../ui/field'
import { TextField } from '../../ui/text-field'

/** What an officer says of a letter beside its template: until when it is answered, and a paragraph of his own. `answerWithin`: working days to answer where he names no day; null: the edition does not say. */
export function LetterFields({ said, onSay, answerWithin }: { said: { dueOn: string; note: string }; onSay: (said: { dueOn: string; note: string }) => void; answerWithin: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  return (
    <>
      <TextField label={t('cases.dueOn')} type="date" required={false} min={list.today} value={said.dueOn} onChange={(dueOn) => onSay({ ...said, dueOn })} hint={answerWithin === null ? undefined : t('cases.dueDefault', { formatted: format.number(answerWithin) })} />
      <Field label={t('cases.note')} hint={t('cases.noteHint')}>{(id) => <textarea id={id} rows={2} maxLength={1000} value={said.note} onChange={(event) => onSay({ ...said, note: event.target.value })} />}</Field>
    </>
  )
}
