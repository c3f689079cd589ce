import type { CaseAnswer } from '@lastmile/shared/case-answer'
import type { Addressee } from '@lastmile/shared/notice'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { checkCase, closeCase, draftNotice, escalateCase, reopenCase } from '../../lib/queries/cases'
import { Button, SelectField } from '../../ui/field'
import { ForReason } from '../../ui/for-reason'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { useCaseWords } from './case-words'
import { LetterFields } from './letter-fields'
import { useMoving } from './use-moving'

/** What the office that keeps a case does with it: draft a letter, take the step that is due, check, close, open again. Nothing for whoever else looks. */
export function CaseActions({ answer }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const text = useText()
  const moving = useMoving(answer)
  const { may, drafts, ladder, answerWithin, case: { stepDue } } = answer
  const step = ladder.find(({ code }) => code === stepDue)
  if (may.every((verb) => verb === 'comment')) return null
  return (
    <Panel title={t('cases.actions')}>
      <FormProblem error={moving.error} />
      {moving.did !== null && <Done>{t(`cases.done.${moving.did}`)}</Done>}
      {may.includes('draft') && drafts.length > 0 && <Draft drafts={drafts} answerWithin={answerWithin} busy={moving.busy} onDraft={(to, dueOn, note, clear) => void moving.run('draft', (at) => draftNotice(at, { to, dueOn, note }), clear)} />}
      <Fields>
        {may.includes('escalate') && step !== undefined && <ForReason label={t('cases.escalateReason')} button={t('cases.escalate', { step: text(step.name) })} hint={text(step.means)} busy={moving.busy} onSubmit={(reason, clear) => void moving.run('escalate', (at) => escalateCase(at, step.code, reason), clear)} />}
        {may.includes('close') && <ForReason label={t('cases.closeReason')} button={t('cases.close')} hint={t('cases.closeMeans')} busy={moving.busy} onSubmit={(reason, clear) => void moving.run('close', (at) => closeCase(at, reason), clear)} />}
        {may.includes('reopen') && <ForReason label={t('cases.reopenReason')} button={t('cases.reopen')} busy={moving.busy} onSubmit={(reason, clear) => void moving.run('reopen', (at) => reopenCase(at, reason), clear)} />}
      </Fields>
      {may.includes('check') && <Buttons><Button disabled={moving.busy} onClick={() => void moving.run('check', checkCase)}>{t('cases.check')}</Button><span className="quiet">{t('cases.checkMeans')}</span></Buttons>}
    </Panel>
  )
}

function Draft({ drafts, answerWithin, busy, onDraft }: { drafts: readonly Addressee[]; answerWithin: number | null; busy: boolean; onDraft: (to: Addressee, dueOn: string | null, note: string | null, clear: () => void) => void }) {
  const { t } = useTranslation()
  const words = useCaseWords()
  const keyOf = ({ office, code }: Addressee) => `${office} ${code}`
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [said, setSaid] = useState({ dueOn: '', note: '' })
  const to = drafts.find((one) => keyOf(one) === chosen) ?? drafts[0]!
  return (
    <Form label={t('cases.draft')} onSubmit={() => onDraft(to, said.dueOn || null, said.note.trim() || null, () => setSaid({ dueOn: '', note: '' }))}>
      <Fields>
        <SelectField label={t('cases.to')} value={keyOf(to)} options={drafts.map((one) => ({ value: keyOf(one), label: words.nameOf(one) }))} onChange={setChosen} />
        <LetterFields said={said} onSay={setSaid} answerWithin={answerWithin} />
      </Fields>
      <Buttons><Button primary type="submit" disabled={busy}>{t('cases.draft')}</Button></Buttons>
    </Form>
  )
}
