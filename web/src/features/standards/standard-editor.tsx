import { contradictionsIn, type StandardAnswer, type StandardRule } from '@lastmile/shared/standard'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { ProblemError } from '../../lib/problem'
import { decideStandard, releaseStandard } from '../../lib/queries/standards'
import { invalidate } from '../../lib/live'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { Preview } from './preview'
import { RuleFields } from './rule-fields'
import { RuleWords } from './rule-words'
import { draftOf, newRule, ruleName, rulesIn, StandardDraft, type RuleDraft } from './standard-draft'
import css from './standards.module.css'

/** Decides the standard of a drug, with a look at what would come of it while it is typed. */
export function StandardEditor({ answer, onDone, onCancel }: { answer: StandardAnswer; onDone: (what: 'saved' | 'same' | 'released') => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const { list, regions } = useWorld()
  const units = useMemo(() => regions.units.map(({ code }) => code), [regions])
  // What is typed is about the standard as it was opened, whatever became of it since: of two who decide at once, one does.
  const [seen, setSeen] = useState(answer)
  const before = seen.standard?.rules ?? none
  const version = seen.standard?.version ?? 0
  const [draft, setDraft, kept] = useKept<StandardDraft>(`standard ${list.code} ${seen.drug}`, draftOf(before, units, list.today), { version, shape: StandardDraft })
  const typed = useMemo(() => rulesIn(draft, before, units), [draft, before, units])
  const clash = useMemo(() => contradictionsIn(typed ?? none)[0], [typed])
  const rules = clash === undefined ? typed : null
  const done = async (next: StandardAnswer, what: 'saved' | 'released') => {
    kept.restart()
    await invalidate(client, 'report', list.code)
    onDone(next.standard?.version === version ? 'same' : what)
  }
  const save = useDoing(() => decideStandard(list.code, seen.drug, version, { rules: rules!, why: draft.why }), (next) => done(next, 'saved'))
  const release = useDoing(() => releaseStandard(list.code, seen.drug, version, draft.why), (next) => done(next, 'released'))
  const [busy, error] = [save.busy || release.busy, save.error ?? release.error]
  const wrong = error instanceof ProblemError ? error.field : null
  const others = before.filter((one) => one.from !== draft.from)
  const clear = () => { save.clear(); release.clear() }
  const change = (key: number, next: RuleDraft) => setDraft({ ...draft, rules: draft.rules.map((one) => (one.key === key ? next : one)) })
  const again = () => { clear(); setSeen(answer); kept.restart(draftOf(answer.standard?.rules ?? none, units, list.today)) }
  return (
    <div className={css.edit}>
      <Form label={t('standards.form')} onSubmit={() => { clear(); if (rules !== null) void save.run() }}>
        <KeptNote draft={kept} />
        <FormProblem error={error} />
        {(answer.standard?.version ?? 0) > version && !busy && <Buttons><span>{t('standards.moved')}</span><Button onClick={again}>{t('standards.again')}</Button></Buttons>}
        <div className={css.day}><TextField label={t('standards.day')} type="date" value={draft.from} onChange={(from) => setDraft({ ...draft, from })} hint={t('standards.dayHint')} /></div>
        {draft.rules.map((rule, i) => (
          <RuleFields key={rule.key} rule={rule} no={i + 1} wrong={wrong} onChange={(next) => change(rule.key, next)} onRemove={draft.rules.length > 1 ? () => setDraft({ ...draft, rules: draft.rules.filter((one) => one !== rule) }) : undefined} />
        ))}
        <div><Button onClick={() => setDraft({ ...draft, rules: [...draft.rules, newRule(1 + Math.max(...draft.rules.map(({ key }) => key)))] })}>{t('standards.addRule')}</Button></div>
        {others.length > 0 && (
          <section className={css.part}>
            <h3>{t('standards.kept')}</h3>
            <p>{t('standards.keptHint')}</p>
            {others.filter((one) => !draft.dropped.includes(ruleName(one))).map((one) => (
              <div key={ruleName(one)} className={css.kept}>
                <RuleWords rule={one} />
                <Button onClick={() => setDraft({ ...draft, dropped: [...draft.dropped, ruleName(one)] })}>{t('standards.drop', { day: format.shortDay(one.from, true) })}</Button>
              </div>
            ))}
          </section>
        )}
        <TextField label={t('standards.why')} value={draft.why} onChange={(why) => setDraft({ ...draft, why })} maxLength={500} hint={t('standards.whyHint')} invalid={wrong === 'why'} />
        {clash && <p className={css.warn} role="alert">{t(clash.path[1] === 'servedBy' ? 'standards.clashServing' : 'standards.clashUnits')}</p>}
        <Buttons>
          <Button type="submit" primary disabled={busy || rules === null}>{t('standards.save')}</Button>
          <Button onClick={() => { kept.restart(); onCancel() }}>{t('standards.cancel')}</Button>
          {seen.standard?.origin === 'officer' && <ConfirmButton question={t('standards.releaseSure')} confirm={t('standards.releaseYes')} onConfirm={() => { clear(); void release.run() }} disabled={busy || draft.why.trim() === ''}>{t('standards.release')}</ConfirmButton>}
        </Buttons>
      </Form>
      <div className={css.aside}><Preview drug={seen.drug} rules={rules} from={draft.from} /></div>
    </div>
  )
}

const none: StandardRule[] = []
