import { companyStages, type EditionsAnswer } from '@lastmile/shared/candidacy'
import { drugStages } from '@lastmile/shared/drug-stage'
import { useQuery } from '@tanstack/react-query'
import { useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { useText } from '../../lib/i18n'
import { ProblemError } from '../../lib/problem'
import { beginCandidacy, candidaciesQuery } from '../../lib/queries/candidacies'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { AboutFields } from './about-fields'
import { aboutDraftOf, aboutSaidIn, emptyAbout, emptyStage, stageSaidIn, type AboutDraft, type StageDraft } from './stage-draft'
import { StageFields } from './stage-fields'

/** What is typed. */
interface Said {
  edition: string | undefined
  substance: string | undefined
  owner: string | undefined
  about: AboutDraft
  stage: StageDraft
}

/** States that a drug was applied for in an edition, or the first that is known of it: a company of its own, the regulator of any. `place`: where the focus goes once it is open. */
export function NewCandidacy({ editions, place, onMade, onClose }: { editions: EditionsAnswer['editions']; place: Ref<HTMLHeadingElement>; onMade: () => unknown; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { list, companies } = useWorld()
  const { company } = useActor()
  const all = useCan('candidacy.keep') === 'all'
  const own = useQuery(candidaciesQuery(list.code, { limit: 500 }))
  const awaited = editions.find(({ phase, edition }) => phase === 'awaited' && edition.rules !== null) ?? editions[0]
  const nothing: Said = { edition: awaited?.edition.code, substance: undefined, owner: undefined, about: emptyAbout, stage: emptyStage('applied', list.today) }
  const [{ edition, substance, owner, about, stage }, setSaid, kept] = useKept(`candidacy ${list.code}`, nothing)
  const say = (next: Partial<Said>) => setSaid((before) => ({ ...before, ...next }))
  const [done, setDone] = useState(false)
  const begin = useDoing(() => beginCandidacy(list.code, { edition: edition ?? '', substance: substance ?? null, company: owner ?? null, ...aboutSaidIn(about), stage: stageSaidIn(stage) }), () => {
    kept.restart({ ...nothing, edition, owner })
    setDone(true)
    return onMade()
  })
  const wrong = begin.error instanceof ProblemError ? begin.error.field : null
  const known = new Map((own.data?.rows ?? []).filter((row) => all || row.company === company).map((row) => [row.substance, row]))
  const choose = (next: string | undefined) => {
    const row = next === undefined ? undefined : known.get(next)
    say({ substance: next, ...(row ? { about: { ...aboutDraftOf(row), both: '' } } : {}) })
  }
  return (
    <Panel place={place} title={t('candidacies.new')} lead={t(all ? 'candidacies.newLeadOffice' : 'candidacies.newLead')} tools={<Button onClick={onClose}>{t('candidacies.close')}</Button>}>
      <Form label={t('candidacies.new')} onSubmit={() => { setDone(false); void begin.run() }}>
        <KeptNote draft={kept} />
        <FormProblem error={begin.error} />
        {done && <Done>{t('candidacies.made')}</Done>}
        <Fields>
          <SelectField label={t('candidacies.edition')} value={edition} options={editions.map((one) => ({ value: one.edition.code, label: text(one.edition.name) }))} onChange={(next) => say({ edition: next })} />
          <SelectField label={t('candidacies.same')} value={substance} all={t('candidacies.sameNone')} options={[...known.values()].map((row) => ({ value: row.substance, label: text(row.name) }))} onChange={choose} hint={t('candidacies.sameHint')} />
          {all && <SelectField label={t('candidacies.company')} value={owner} all={t('candidacies.notNamed')} options={companies.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(next) => say({ owner: next })} />}
        </Fields>
        <AboutFields draft={about} onChange={(next) => say({ about: next })} wrong={wrong} />
        <StageFields draft={stage} stages={all ? drugStages : companyStages} onChange={(next) => say({ stage: next })} wrong={wrong} />
        <Buttons><Button type="submit" primary disabled={begin.busy}>{t('candidacies.state')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
