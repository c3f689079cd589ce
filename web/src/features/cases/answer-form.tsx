import { reasons as all } from '@lastmile/shared/status'
import type { NoticeAnswering } from '@lastmile/shared/notice'
import { useTranslation } from 'react-i18next'
import type { Outside } from '../../lib/queries/cases'
import { useKept, useLetGo } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button, Field } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { Buttons, Fields, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import css from './cases.module.css'
import { OutsideFields } from './outside-fields'
import { outsideOf, useComing } from './use-coming'

type Said = Pick<NoticeAnswering, 'reasons' | 'plan' | 'doneBy'>

/** Answering a letter: why it is so, by the fixed vocabulary; what is done, and by when; and files. `isOutside`: it is entered for somebody else, with the way and day it came. What is typed is kept until it is sent. */
export function AnswerForm({ code, notice, isOutside, busy, onAnswer }: { code: string; notice: string; isOutside: boolean; busy: boolean; onAnswer: (answer: Outside & Said, sent: () => void) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const letGo = useLetGo()
  const keptAs = `answer ${list.code} ${notice}`
  const [said, setSaid] = useKept<Said>(`${keptAs} said`, { reasons: [], plan: '', doneBy: '' })
  const { reasons, plan, doneBy } = said
  const say = (next: Partial<Said>) => setSaid((before) => ({ ...before, ...next }))
  const coming = useComing(code, notice, { channel: 'post', on: '' }, keptAs)
  const label = t(isOutside ? 'cases.enterAnswer' : 'cases.answer')
  return (
    <Form label={label} onSubmit={() => onAnswer({ ...outsideOf(coming, isOutside), ...said }, () => letGo(keptAs))}>
      <fieldset className={css.checks}>
        <legend>{t('cases.reasons')}</legend>
        {all.map((one) => <label key={one}><input type="checkbox" checked={reasons.includes(one)} onChange={(event) => say({ reasons: event.target.checked ? [...reasons, one] : reasons.filter((other) => other !== one) })} />{t(`words.reason.${one}`)}</label>)}
      </fieldset>
      <Field label={t('cases.plan')}>{(id) => <textarea id={id} rows={4} required maxLength={2000} value={plan} onChange={(event) => say({ plan: event.target.value })} />}</Field>
      <Fields>
        <TextField label={t('cases.doneBy')} type="date" value={doneBy} onChange={(next) => say({ doneBy: next })} />
        {isOutside && <OutsideFields coming={coming} channels={['post', 'fax', 'email', 'meeting']} />}
      </Fields>
      <FileFields files={coming.files} />
      <Buttons><Button primary type="submit" disabled={busy || coming.waits || (isOutside && coming.files.files.length === 0) || reasons.length === 0 || plan.trim() === '' || doneBy === ''}>{isOutside ? t('cases.enterAnswer') : t('cases.sendAnswer')}</Button></Buttons>
    </Form>
  )
}
