import { rungsToEnter, sayingsOf, type Rung } from '@lastmile/shared/rung'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { askLaddersAgain, enterFact } from '../../lib/queries/ladder'
import { useDoing } from '../../lib/use-doing'
import { useOpening } from '../../lib/use-opening'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { emptyFact, factSaid } from './fact-draft'
import { FactFields } from './fact-fields'

/** Enters a fact, for who may: a company of its own drugs, a province of itself. `drug`, `unit`, `rung`: of what it is when it is opened, unless chosen otherwise; what is typed outlives a change of them. Nothing for whom it is not. */
export function EnterFact({ drug, unit, rung }: { drug?: string | undefined; unit?: string | undefined; rung?: Rung | undefined }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list, drug: drugOf } = useWorld()
  const may = useCan('ladder.enter') !== null
  const { company, unit: own } = useActor()
  const [open, setOpen] = useState(false)
  const { opener, part } = useOpening<HTMLHeadingElement>(open ? 'enter' : null)
  const origin = company !== null ? 'company' : own !== null ? 'province' : 'regulator'
  const offered = rungsToEnter(origin)
  const fresh = () => emptyFact(list.today, { rung: rung !== undefined && offered.includes(rung) ? rung : 'platform_listed', drug: drug ?? '', unit: own ?? unit ?? '' })
  const [draft, setDraft] = useState(fresh)
  const [done, setDone] = useState(false)
  const enter = useDoing(() => enterFact(list.code, factSaid(draft)), () => {
    setDone(true)
    setDraft({ ...fresh(), rung: draft.rung, drug: draft.drug, unit: draft.unit })
    return askLaddersAgain(client, list.code)
  })
  const isHis = (company === null || drug === undefined || drugOf(drug)?.company === company) && (own === null || unit === undefined || unit === own)
  if (!may || !isHis) return null
  if (!open) return <div><Button ref={opener} primary onClick={() => { setDraft(fresh()); setDone(false); setOpen(true) }}>{t('ladder.enter')}</Button></div>
  const wrong = enter.error instanceof ProblemError ? enter.error.field : null
  return (
    <Panel place={part} title={t('ladder.enter')} lead={t(company === null ? 'ladder.enterLead' : 'ladder.enterLeadCompany')} tools={<Button onClick={() => setOpen(false)}>{t('plans.close')}</Button>}>
      <Form label={t('ladder.enter')} onSubmit={() => { setDone(false); void enter.run() }}>
        <FormProblem error={enter.error} />
        {done && <Done>{t(company === null ? 'ladder.entered' : 'ladder.enteredCompany')}</Done>}
        <SelectField label={t('ladder.rung')} value={draft.rung} options={offered.map((one) => ({ value: one, label: t(`ladder.words.rungs.${one}`) }))} onChange={(next) => { const to = offered.find((one) => one === next) ?? draft.rung; setDraft({ ...draft, rung: to, says: sayingsOf(to, origin).includes(draft.says) ? draft.says : 'conditional' }) }} hint={t(`ladder.words.asks.${draft.rung}`)} />
        <FactFields draft={draft} onChange={setDraft} wrong={wrong} fixed={drug !== undefined && unit !== undefined && draft.drug === drug && company !== null} />
        <Buttons><Button type="submit" primary disabled={enter.busy}>{t('ladder.save')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
