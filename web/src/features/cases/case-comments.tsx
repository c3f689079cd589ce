import type { CaseAnswer } from '@lastmile/shared/case-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { commentOnCase } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Buttons, Form, Panel } from '../../ui/panel'
import { useCaseWords } from './case-words'
import css from './cases.module.css'
import { useKept } from '../../lib/use-kept'
import { useMoving } from './use-moving'

/** What was said of a case, and the way to say more: within the offices, or with whom a letter is for. */
export function CaseComments({ answer }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const words = useCaseWords()
  const { case: { code, seenAs }, comments, notices, may } = answer
  const sent = notices.filter(({ number }) => number !== null)
  const isOffice = seenAs === 'office'
  const [draft, setDraft, kept] = useKept<{ text: string; to: string | undefined }>(`comment ${list.code} ${code}`, { text: '', to: undefined })
  const { text, to } = draft
  const moving = useMoving(answer)
  const notice = to ?? (isOffice ? null : sent.at(-1)?.code ?? null)
  return (
    <Panel title={t('cases.comments')}>
      {comments.length === 0 ? <p className="quiet">{t('cases.noComments')}</p> : (
        <ul className={css.comments}>
          {comments.map(({ at, by, byName, notice: of, text: said }, i) => (
            <li key={i} data-by={by}>
              <div className={css.row}><strong>{byName ?? t(`cases.by.${by}`)}</strong>{isOffice && <Tag tone={of === null ? 'plain' : 'warn'}>{t(of === null ? 'cases.withinOnly' : 'cases.sharedWith')}</Tag>}</div>
              <p>{said}</p>
              <span className="quiet number">{format.instant(at, list.timeZone)}</span>
            </li>
          ))}
        </ul>
      )}
      {may.includes('comment') && (isOffice || notice !== null) && (
        <Form label={t('cases.comments')} onSubmit={() => void moving.run('comment', (at) => commentOnCase(at, { text, notice }), () => kept.restart({ text: '', to }))}>
          <FormProblem error={moving.error} />
          {moving.did !== null && <Done>{t(`cases.done.${moving.did}`)}</Done>}
          <Field label={t('cases.comment')}>{(id) => <textarea id={id} rows={3} value={text} maxLength={2000} required onChange={(event) => setDraft({ ...draft, text: event.target.value })} />}</Field>
          {isOffice && sent.length > 0 && <SelectField label={t('cases.commentFor')} value={to} all={t('cases.within')} options={sent.map((one) => ({ value: one.code, label: t('cases.withAddressee', { name: words.nameOf(one.to) }) }))} onChange={(next) => setDraft({ ...draft, to: next })} />}
          <Buttons><Button type="submit" disabled={moving.busy || text.trim() === ''}>{t('cases.say')}</Button></Buttons>
        </Form>
      )}
    </Panel>
  )
}
