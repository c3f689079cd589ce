import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { casesQuery } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { Field } from '../../ui/field'
import { TextField } from '../../ui/text-field'

/** What an officer says of a letter beside its template: until when it is answered, and a paragraph of his own. */
export function LetterFields({ said, onSay }: { said: { dueOn: string; note: string }; onSay: (said: { dueOn: string; note: string }) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { data } = useQuery(casesQuery(list.code, { limit: 1 }))
  return (
    <>
      <TextField label={t('cases.dueOn')} type="date" required={false} min={list.today} value={said.dueOn} onChange={(dueOn) => onSay({ ...said, dueOn })} hint={data?.rules ? t('cases.dueDefault', { formatted: format.number(data.rules.answerWithin) }) : undefined} />
      <Field label={t('cases.note')} hint={t('cases.noteHint')}>{(id) => <textarea id={id} rows={2} maxLength={1000} value={said.note} onChange={(event) => onSay({ ...said, note: event.target.value })} />}</Field>
    </>
  )
}
