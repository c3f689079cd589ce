import type { CaseAnswer, Notice } from '@lastmile/shared/case-answer'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outside } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FileFields } from '../../ui/file-fields'
import { Done } from '../../ui/form-problem'
import { Buttons, Fields, Form } from '../../ui/panel'
import { LetterFields } from './letter-fields'
import { OutsideFields } from './outside-fields'
import { outsideOf, useComing } from './use-coming'

/** A draft as it was read: what it says, of which version of its case. */
interface Seen { version: number; dueOn: string | null; note: string | null }

/** A draft: said otherwise, or sent here or outside; each of the draft as it was read here. */
export function Sending({ answer, notice, busy, onSend, onChange }: { answer: CaseAnswer; notice: Notice; busy: boolean; onSend: (version: number, came: Outside) => void; onChange: (version: number, change: { dueOn: string | null; note: string | null }) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const coming = useComing(answer.case.code, notice.code, { channel: notice.hasAccount ? 'system' : 'post', on: notice.hasAccount ? '' : list.today })
  const now: Seen = { version: answer.case.version, dueOn: notice.dueOn, note: notice.note }
  // What is typed is about the draft as it was read, whatever became of it since: of two who change it at once, one does. What else moves its case does not touch it.
  const [seen, setSeen] = useState(now)
  const [said, setSaid] = useState(() => draftOf(now))
  const [isAnew, setIsAnew] = useState(false)
  const isUntouched = says(said, seen)
  // What one has saved oneself comes back as it was typed.
  const moved = !isUntouched && !says(said, now) && !says(draftOf(now), seen)
  if (!moved && now.version !== seen.version) {
    setSeen(now)
    if (isUntouched) setSaid(draftOf(now))
  }
  const { version } = moved ? seen : now
  const again = () => { setSeen(now); setSaid(draftOf(now)); setIsAnew(true) }
  return (
    <>
      {moved && !busy && <Buttons><span role="status">{t('cases.moved')}</span><Button onClick={again}>{t('cases.again')}</Button></Buttons>}
      {isAnew && !moved && <Done>{t('cases.shownAnew')}</Done>}
      <Form label={t('cases.send')} onSubmit={() => onSend(version, outsideOf(coming, true))}>
        {!notice.hasAccount && <p className="quiet">{t('cases.noAccount')}</p>}
        <Fields><OutsideFields coming={coming} channels={notice.hasAccount ? ['system', 'post', 'fax', 'email', 'meeting'] : ['post', 'fax', 'email', 'meeting']} /></Fields>
        {coming.came.channel !== 'system' && <FileFields files={coming.files} />}
        <Buttons><Button primary type="submit" disabled={busy || coming.waits}>{t('cases.send')}</Button></Buttons>
      </Form>
      <details>
        <summary>{t('cases.events.change')}</summary>
        <Form label={t('cases.events.change')} onSubmit={() => { setIsAnew(false); onChange(version, { dueOn: said.dueOn || null, note: said.note.trim() || null }) }}>
          <Fields><LetterFields said={said} onSay={setSaid} answerWithin={answer.answerWithin} /></Fields>
          <Buttons><Button type="submit" disabled={busy}>{t('cases.save')}</Button></Buttons>
        </Form>
      </details>
    </>
  )
}

/** Whether what is typed is what a draft says. */
function says(said: { dueOn: string; note: string }, { dueOn, note }: Seen): boolean {
  return (said.dueOn || null) === dueOn && (said.note.trim() || null) === note
}

function draftOf({ dueOn, note }: Seen): { dueOn: string; note: string } {
  return { dueOn: dueOn ?? '', note: note ?? '' }
}
