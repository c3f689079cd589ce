import { demandPatients, demandUrgencies, type DemandPatients, type DemandRegistered, type DemandUrgency, type NewDemand } from '@lastmile/shared/demand'
import type { FinderFile } from '@lastmile/shared/finder-words'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { capital, useFormat } from '../../lib/format'
import { newName } from '../../lib/new-name'
import { registerDemand } from '../../lib/queries/finder'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Done, FormProblem } from '../../ui/form-problem'
import { LargeChoice } from '../../ui/large-choice'
import { Panel } from '../../ui/panel'
import css from './finder.module.css'
import { PlaceFields, type ChosenPlace } from './place-fields'
import { useCopy } from './use-copy'
import { WithdrawForm } from './withdraw-form'

/** Registering that the drug is wanted: by an institution through its account, or by a patient's doctor without one. Nobody else is offered it. `isOpen`: nothing is near, so the form stands open. */
export function DemandPanel({ code, words, place, isOpen }: { code: string; words: FinderFile | null; place: ChosenPlace; isOpen: boolean }) {
  const { t } = useTranslation()
  const may = useCan('demand.register')
  const [wanted, setWanted] = useState(isOpen)
  // Once open it stays open: what is typed, and the code that is shown once, outlive what stands above.
  if (isOpen && !wanted) setWanted(true)
  // Who opened it reads on in it: the button that had the focus is gone. Where it opens by itself, the focus stays where it is.
  const [isPressed, setPressed] = useState(false)
  if (may === null) return null
  const isOwn = may === 'own'
  return (
    <Panel title={t('finder.demand')} lead={t('finder.demandLead')}>
      {words?.demand === undefined ? <p>{t('finder.demandUnable')}</p> : (
        <>
          {wanted ? <DemandForm code={code} place={place} isOwn={isOwn} takesFocus={isPressed} /> : <p><button type="button" className={css.large} onClick={() => { setPressed(true); setWanted(true) }}>{t('finder.demandOpen')}</button></p>}
          {!isOwn && <details className={css.withdraw}><summary>{t('finder.withdrawTitle')}</summary><WithdrawForm /></details>}
        </>
      )}
    </Panel>
  )
}

function DemandForm({ code, place, isOwn, takesFocus }: { code: string; place: ChosenPlace; isOwn: boolean; takesFocus: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, places } = useWorld()
  const client = useQueryClient()
  // What was chosen above stands here too, until it is chosen otherwise here.
  const [chosen, setChosen] = useState<ChosenPlace | null>(null)
  const [patients, setPatients] = useState<DemandPatients>()
  const [urgency, setUrgency] = useState<DemandUrgency>()
  const [registered, setRegistered] = useState<DemandRegistered | null>(null)
  const at = chosen ?? place
  // What is missing is said once he would send it.
  const [isPressed, setPressed] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const isAgain = useRef(takesFocus)
  useEffect(() => {
    if (registered === null && isAgain.current) form.current?.querySelector<HTMLElement>('select, input')?.focus()
    isAgain.current = true
  }, [registered])
  // What is sent again after the line failed is registered once; what is said otherwise is another.
  const key = useRef({ of: '', name: '' })
  const register = useDoing((asked: NewDemand) => {
    const of = JSON.stringify(asked)
    if (key.current.of !== of) key.current = { of, name: newName() }
    return registerDemand(list.code, asked, key.current.name)
  }, async (done) => {
    setRegistered(done)
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'demand' })
  })
  if (registered !== null) {
    return <Registered registered={registered} onAnother={() => {
      key.current = { of: '', name: '' }
      setPatients(undefined)
      setUrgency(undefined)
      setPressed(false)
      setRegistered(null)
    }} />
  }
  const lacking = [
    ...(isOwn || at.unit !== undefined ? [] : [capital(places.region)]), ...(isOwn || at.city !== undefined ? [] : [capital(places.city)]),
    ...(patients === undefined ? [t('finder.patients')] : []), ...(urgency === undefined ? [t('finder.urgency')] : []),
  ]
  const submit = () => {
    setPressed(true)
    if (lacking.length > 0 || patients === undefined || urgency === undefined) return
    void register.run({ drug: code, unit: isOwn ? null : at.unit ?? null, city: isOwn ? null : at.city ?? null, patients, urgency })
  }
  return (
    <form ref={form} className={css.form} noValidate aria-label={t('finder.demand')} onSubmit={(event) => { event.preventDefault(); submit() }}>
      <p className="quiet">{t(isOwn ? 'finder.demandOwn' : 'finder.demandPrivate')}</p>
      {!isOwn && <div className={css.place}><PlaceFields value={at} required onChange={(next) => setChosen(next)} /></div>}
      <LargeChoice label={t('finder.patients')} value={patients} options={demandPatients.map((one) => ({ value: one, label: t(`finder.patientsOf.${one}`) }))} onChange={setPatients} />
      <LargeChoice label={t('finder.urgency')} value={urgency} options={demandUrgencies.map((one) => ({ value: one, label: t(`finder.urgencyOf.${one}`) }))} onChange={setUrgency} />
      {isPressed && lacking.length > 0 && <p role="alert" className={css.asking} data-trouble="true">{t('finder.lacking', { what: format.join(lacking) })}</p>}
      <FormProblem error={register.error} />
      <p><button type="submit" className={css.large} data-primary="true" aria-disabled={register.busy || undefined}>{t('finder.register')}</button></p>
    </form>
  )
}

function Registered({ registered, onAnother }: { registered: DemandRegistered; onAnother: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, copy } = useCopy()
  const shown = useRef<HTMLParagraphElement>(null)
  // The code is shown this once: it is what is read next.
  useEffect(() => { shown.current?.focus() }, [])
  return (
    <div className={css.done}>
      <Done>{t('finder.registered', { day: format.day(registered.expiresOn) })}</Done>
      <p ref={shown} tabIndex={-1}>{t('finder.code')}{' '}<span className={css.code}>{registered.code}</span></p>
      <p className="quiet">{t('finder.codeHint')}</p>
      <button type="button" className={css.large} onClick={() => copy(registered.code)}>{t('finder.copyCode')}</button>
      <p role="status" className={css.copied}>{state === 'not_yet' ? '' : t(state === 'copied' ? 'finder.codeCopied' : 'finder.copyFailed')}</p>
      <button type="button" className={css.large} onClick={onAnother}>{t('finder.another')}</button>
    </div>
  )
}
