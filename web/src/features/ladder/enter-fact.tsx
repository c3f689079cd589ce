import { rungsToEnter, sayingsOf, type Rung } from '@lastmile/shared/rung'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { askLaddersAgain, enterFact } from '../../lib/queries/ladder'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useOpening } from '../../lib/use-opening'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form, Panel } from '../../ui/panel'
import { emptyFact, factSaid, type FactDraft } from './fact-draft'
import { FactFields } from './fact-fields'

/** What is shown where a fact can be entered: of these it is when it is opened, unless chosen otherwise. `isOne`: the page is of one drug in one unit, and so is what a company enters there. */
interface Shown {
  isOne?: boolean
  drug?: string | undefined
  unit?: string | undefined
  rung?: Rung | undefined
}

/** Enters a fact, for who may: a company of its own drugs, a province of itself. What is typed outlives a change of what is shown. Nothing for whom it is not. */
export function EnterFact({ isOne = false, drug, unit, rung }: Shown) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list, drug: drugOf } = useWorld()
  const may = useCan('ladder.enter') !== null
  const { company, unit: own } = useActor()
  const [open, setOpen] = useState(false)
  // It goes on while the form is closed, and one that is opened meanwhile waits for it.
  const enter = useDoing((draft: FactDraft, _done: () => void) => enterFact(list.code, factSaid(draft)), (_, _draft, done) => {
    done()
    return askLaddersAgain(client, list.code)
  })
  const { opener, part } = useOpening<HTMLHeadingElement>(open ? 'enter' : null)
  const isHis = (company === null || drug === undefined || drugOf(drug)?.company === company) && (own === null || unit === undefined || unit === own)
  if (!may || !isHis) return null
  if (!open) return <div><Button ref={opener} primary onClick={() => setOpen(true)}>{t('ladder.enter')}</Button></div>
  return (
    <Panel place={part} title={t('ladder.enter')} lead={t(company === null ? 'ladder.enterLead' : 'ladder.enterLeadCompany')} tools={<Button onClick={() => setOpen(false)}>{t('plans.close')}</Button>}>
      <Entering enter={enter} isOne={isOne} drug={drug} unit={unit} rung={rung} />
    </Panel>
  )
}

interface Entered {
  busy: boolean
  error: unknown
  run: (draft: FactDraft, done: () => void) => Promise<void>
}

function Entering({ enter, isOne, drug, unit, rung }: Shown & { enter: Entered }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { company, unit: own } = useActor()
  const origin = company !== null ? 'company' : own !== null ? 'province' : 'regulator'
  const offered = rungsToEnter(origin)
  const fresh = () => emptyFact(list.today, { rung: rung !== undefined && offered.includes(rung) ? rung : 'platform_listed', drug: drug ?? '', unit: own ?? unit ?? '' })
  const [draft, setDraft, kept] = useKept(`new-fact ${list.code} ${isOne ? `${drug} ${unit}` : 'any'}`, fresh())
  const [done, setDone] = useState(false)
  const wrong = enter.error instanceof ProblemError ? enter.error.field : null
  const submit = () => {
    setDone(false)
    void enter.run(draft, () => {
      setDone(true)
      kept.restart({ ...fresh(), rung: draft.rung, drug: draft.drug, unit: draft.unit })
    })
  }
  return (
    <Form label={t('ladder.enter')} onSubmit={submit}>
      <KeptNote draft={kept} />
      <FormProblem error={enter.error} />
      {done && <Done>{t(company === null ? 'ladder.entered' : 'ladder.enteredCompany')}</Done>}
      <SelectField label={t('ladder.rung')} value={draft.rung} options={offered.map((one) => ({ value: one, label: t(`ladder.words.rungs.${one}`) }))} onChange={(next) => { const to = offered.find((one) => one === next) ?? draft.rung; setDraft({ ...draft, rung: to, says: sayingsOf(to, origin).includes(draft.says) ? draft.says : 'conditional' }) }} hint={t(`ladder.words.asks.${draft.rung}`)} />
      <FactFields draft={draft} onChange={setDraft} wrong={wrong} fixed={isOne === true && company !== null} />
      <Buttons><Button type="submit" primary disabled={enter.busy}>{t('ladder.save')}</Button></Buttons>
    </Form>
  )
}
