import { companyStages, type CandidacyRow } from '@lastmile/shared/candidacy'
import { drugStages, type StageFact } from '@lastmile/shared/drug-stage'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { restateStage, stateStage } from '../../lib/queries/candidacies'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form } from '../../ui/panel'
import { emptyStage, stageDraftOf, stageSaidIn } from './stage-draft'
import { StageFields } from './stage-fields'

/** States a stage of a candidacy, or says one otherwise that was stated. `row` is the candidacy as it was when the form was opened. */
export function StageForm({ row: opened, fact, onDone, onClose }: { row: CandidacyRow; fact: StageFact | undefined; onDone: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  // What is typed is about the candidacy as it was opened: of two who change it at once, one does.
  const [row] = useState(opened)
  const all = useCan('candidacy.keep') === 'all'
  const stages = all ? drugStages : companyStages
  const [draft, setDraft, kept] = useKept(`stage ${list.code} ${row.code} ${fact?.no ?? 'new'}`, fact ? stageDraftOf(fact) : emptyStage(stages[0]!, list.today), { version: row.version })
  const state = useDoing(() => (fact ? restateStage(list.code, row.code, fact.no, row.version, stageSaidIn(draft)) : stateStage(list.code, row.code, row.version, stageSaidIn(draft))), () => { kept.restart(); return onDone() })
  const wrong = state.error instanceof ProblemError ? state.error.field : null
  return (
    <Form label={t(fact ? 'candidacies.restate' : 'candidacies.stateStage')} onSubmit={() => void state.run()}>
      <KeptNote draft={kept} />
      <FormProblem error={state.error} />
      <StageFields draft={draft} stages={stages} onChange={setDraft} wrong={wrong} />
      <Buttons><Button type="submit" primary disabled={state.busy}>{t('candidacies.state')}</Button><Button onClick={onClose}>{t('candidacies.close')}</Button></Buttons>
    </Form>
  )
}
