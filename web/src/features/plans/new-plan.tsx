import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { beginPlan } from '../../lib/queries/plans'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { emptyDraft, PlanDraft, saidIn } from './plan-draft'
import { PlanFields } from './plan-fields'

/** Begins a plan of the insurer who looks. */
export function NewPlan({ onMade, onClose }: { onMade: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [draft, setDraft, kept] = useKept(`new-plan ${list.code}`, emptyDraft(list.today), { shape: PlanDraft })
  const [done, setDone] = useState(false)
  const begin = useDoing(() => beginPlan(list.code, { code: draft.code.trim(), ...saidIn(draft) }), () => {
    kept.restart(emptyDraft(list.today))
    setDone(true)
    return onMade()
  })
  const wrong = begin.error instanceof ProblemError ? begin.error.field : null
  return (
    <Panel title={t('plans.new')} tools={<Button onClick={onClose}>{t('plans.close')}</Button>}>
      <Form label={t('plans.new')} onSubmit={() => { setDone(false); void begin.run() }}>
        <KeptNote draft={kept} />
        <FormProblem error={begin.error} />
        {done && <Done>{t('plans.begun')}</Done>}
        <Fields><TextField label={t('plans.code')} value={draft.code} onChange={(code) => setDraft({ ...draft, code })} pattern="[a-z0-9]+(-[a-z0-9]+)*" maxLength={80} hint={t('plans.codeHint')} takesFocus invalid={wrong === 'code'} /></Fields>
        <PlanFields draft={draft} onChange={setDraft} wrong={wrong} />
        <Buttons><Button type="submit" primary disabled={begin.busy}>{t('plans.begin')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
