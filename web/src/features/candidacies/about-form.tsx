import type { CandidacyRow } from '@lastmile/shared/candidacy'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { changeCandidacy } from '../../lib/queries/candidacies'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form } from '../../ui/panel'
import { AboutFields } from './about-fields'
import { aboutDraftOf, aboutSaidIn } from './stage-draft'

/** Says otherwise of the drug of a candidacy: what its eligibility for the next edition rests on. */
export function AboutForm({ row: opened, onDone, onClose }: { row: CandidacyRow; onDone: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [row] = useState(opened)
  const [draft, setDraft, kept] = useKept(`about ${list.code} ${row.code}`, aboutDraftOf(row), { version: row.version })
  const change = useDoing(() => changeCandidacy(list.code, row.code, row.version, aboutSaidIn(draft)), () => { kept.restart(); return onDone() })
  return (
    <Form label={t('candidacies.about')} onSubmit={() => void change.run()}>
      <KeptNote draft={kept} />
      <FormProblem error={change.error} />
      <AboutFields draft={draft} onChange={setDraft} wrong={change.error instanceof ProblemError ? change.error.field : null} />
      <Buttons><Button type="submit" primary disabled={change.busy}>{t('candidacies.save')}</Button><Button onClick={onClose}>{t('candidacies.close')}</Button></Buttons>
    </Form>
  )
}
