import type { LadderFact } from '@lastmile/shared/ladder-fact'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { askLaddersAgain, changeFact, confirmFact, refuseFact, withdrawFact } from '../../lib/queries/ladder'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { isFocusLost } from '../../lib/use-opening'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { ForReason } from '../../ui/for-reason'
import { FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form } from '../../ui/panel'
import { draftOfFact, factSaid } from './fact-draft'
import { FactFields } from './fact-fields'
import css from './ladder.module.css'

/** What can be done with a fact by whoever looks: confirming and refusing what a company entered, changing and withdrawing one's own. */
export function FactVerbs({ fact }: { fact: LadderFact }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list } = useWorld()
  const { company, unit, role } = useActor()
  const [enters, confirms] = [useCan('ladder.enter'), useCan('ladder.confirm')]
  const [open, setOpen] = useState<'change' | 'refuse' | null>(null)
  // A reason is given for what was read when it was begun: of what was said otherwise since, the server tells.
  const [refused, setRefused] = useState(fact.version)
  const [done, setDone] = useState(0)
  const did = () => { setOpen(null); setDone((times) => times + 1); return askLaddersAgain(client, list.code) }
  // Closed and opened again, a reason is as far as it was typed.
  const [reason, refusal] = [useRef<HTMLDivElement>(null), useRef<HTMLButtonElement>(null)]
  useEffect(() => { if (open === 'refuse') reason.current?.querySelector('input')?.focus() }, [open, reason])
  // The button that was pressed goes with what was done: who pressed it reads on at what became of the fact.
  const buttons = useRef<HTMLDivElement>(null)
  const seen = useRef(fact.version)
  useEffect(() => {
    if (seen.current !== fact.version && isFocusLost()) buttons.current?.closest<HTMLElement>('[data-fact]')?.focus()
    seen.current = fact.version
  }, [fact.version])
  const confirm = useDoing(() => confirmFact(list.code, fact.code, fact.version), did)
  const refuse = useDoing((why: string) => refuseFact(list.code, fact.code, refused, why), did)
  const withdraw = useDoing(() => withdrawFact(list.code, fact.code, fact.version), did)
  const decides = confirms !== null && fact.origin === 'company' && (confirms === 'all' || fact.unit === unit)
  const own = enters !== null && (fact.origin === 'company' ? company !== null && fact.enteredBy?.company === company : fact.origin === 'province' ? role === 'province_officer' && fact.unit === unit : fact.origin === 'regulator' && enters === 'all')
  if (!decides && !own) return null
  const [busy, error] = [confirm.busy || refuse.busy || withdraw.busy, confirm.error ?? refuse.error ?? withdraw.error]
  // What went wrong with the one is past once another is done.
  const begin = <Given extends unknown[]>({ run }: { run: (...given: Given) => Promise<void> }) => (...given: Given) => { for (const one of [confirm, refuse, withdraw]) one.clear(); void run(...given) }
  return (
    <>
      <FormProblem error={error} />
      <div ref={buttons} className={css.buttons}>
        {decides && fact.standing !== 'confirmed' && <Button primary onClick={begin(confirm)} disabled={busy}>{t('ladder.confirm')}</Button>}
        {decides && fact.standing !== 'refused' && <Button ref={refusal} expanded={open === 'refuse'} onClick={() => { setRefused(fact.version); setOpen(open === 'refuse' ? null : 'refuse') }}>{t('ladder.refuse')}</Button>}
        {own && <Button expanded={open === 'change'} onClick={() => setOpen(open === 'change' ? null : 'change')}>{t('ladder.change')}</Button>}
        {own && <ConfirmButton question={t('ladder.withdrawSure')} confirm={t('ladder.withdrawYes')} onConfirm={begin(withdraw)} disabled={busy}>{t('ladder.withdraw')}</ConfirmButton>}
      </div>
      {decides && fact.standing !== 'refused' && (
        <div ref={reason} className={css.reason} hidden={open !== 'refuse'} onKeyDown={({ key }) => { if (key === 'Escape') { setOpen(null); refusal.current?.focus() } }}>
          <ForReason key={done} label={t('ladder.refuseReason')} button={t('ladder.refuseSend')} hint={t('ladder.refuseHint')} busy={busy} onSubmit={begin(refuse)} />
        </div>
      )}
      {open === 'change' && <Change fact={fact} onDone={did} />}
    </>
  )
}

function Change({ fact, onDone }: { fact: LadderFact; onDone: () => unknown }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  // What is typed is about the fact as it was opened, whatever became of it since: of two who change it at once, one does.
  const [seen] = useState(fact)
  const [draft, setDraft, kept] = useKept(`fact ${list.code} ${seen.code}`, draftOfFact(seen), { version: seen.version })
  const change = useDoing(() => changeFact(list.code, seen.code, seen.version, factSaid(draft)), () => { kept.restart(); return onDone() })
  return (
    <Form label={t('ladder.change')} onSubmit={() => void change.run()}>
      <KeptNote draft={kept} />
      <FormProblem error={change.error} />
      <FactFields draft={draft} onChange={setDraft} wrong={change.error instanceof ProblemError ? change.error.field : null} fixed />
      <Buttons><Button type="submit" primary disabled={change.busy}>{t('ladder.save')}</Button></Buttons>
    </Form>
  )
}
