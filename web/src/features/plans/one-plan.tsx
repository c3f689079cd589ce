import type { Plan } from '@lastmile/shared/plan'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { ProblemError } from '../../lib/problem'
import { changePlan, endPlan } from '../../lib/queries/plans'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form, Panel } from '../../ui/panel'
import { draftOf, PlanDraft, saidIn } from './plan-draft'
import { PlanFields } from './plan-fields'
import { PlanHistory } from './plan-history'

/** A plan of one's own, changed or ended. `plan`: as it is known now; undefined where it has ended, or never was one's own. */
export function OnePlan({ code, plan, onChanged, onClose }: { code: string; plan: Plan | undefined; onChanged: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const [ended, setEnded] = useState(false)
  const close = <Button onClick={onClose}>{t('plans.close')}</Button>
  if (ended) return <Panel title={code} tools={close}><Done>{t('plans.ended')}</Done></Panel>
  if (plan === undefined) return <Panel title={code} tools={close}><FormProblem error={new ProblemError(404, 'plan.not_found', '')} /></Panel>
  return <Keep plan={plan} onChanged={onChanged} onEnded={() => { setEnded(true); return onChanged() }} onClose={onClose} />
}

function Keep({ plan, onChanged, onEnded, onClose }: { plan: Plan; onChanged: () => unknown; onEnded: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  // What is typed is about the plan as it was opened, whatever became of it since: of two who change it at once, one does.
  const [seen, setSeen] = useState(plan)
  const [draft, setDraft, kept] = useKept(`plan ${list.code} ${seen.code}`, draftOf(seen), { version: seen.version, shape: PlanDraft })
  const [done, setDone] = useState<'same' | 'changed' | null>(null)
  const show = (next: Plan) => { setSeen(next); kept.restart(draftOf(next)) }
  const change = useDoing(() => changePlan(list.code, seen.code, seen.version, saidIn(draft)), (next) => {
    setDone(next.version === seen.version ? 'same' : 'changed')
    show(next)
    return onChanged()
  })
  const end = useDoing(() => endPlan(list.code, seen.code, seen.version), () => { kept.restart(); return onEnded() })
  const [busy, error] = [change.busy || end.busy, change.error ?? end.error]
  const wrong = error instanceof ProblemError ? error.field : null
  const begin = (one: { run: () => Promise<void> }) => {
    change.clear()
    end.clear()
    setDone(null)
    void one.run()
  }
  return (
    <Panel title={text(seen.name)} lead={<><code>{seen.code}</code> · {t('plans.version', { version: seen.version })}</>} tools={<Button onClick={onClose}>{t('plans.close')}</Button>}>
      <FormProblem error={error} />
      {done !== null && <Done>{t(`plans.${done}`)}</Done>}
      {plan.version > seen.version && !busy && <Buttons><span>{t('plans.moved')}</span><Button onClick={() => { change.clear(); end.clear(); show(plan) }}>{t('plans.again')}</Button></Buttons>}
      <Form label={t('plans.save')} onSubmit={() => begin(change)}>
        <KeptNote draft={kept} />
        <PlanFields draft={draft} onChange={setDraft} wrong={wrong} />
        <Buttons>
          <Button type="submit" primary disabled={busy}>{t('plans.save')}</Button>
          <ConfirmButton question={t('plans.endSure', { name: text(seen.name) })} confirm={t('plans.endYes')} onConfirm={() => begin(end)} disabled={busy}>{t('plans.end')}</ConfirmButton>
        </Buttons>
      </Form>
      <PlanHistory code={seen.code} />
    </Panel>
  )
}
