import { Outcome, outcomes, type Duty, type DutyEntry, type DutyRowAnswer, type DutySaid } from '@lastmile/shared/duty'
import { Reason, reasons } from '@lastmile/shared/status'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { ProblemError } from '../../lib/problem'
import { answerDuty, dutyRowQuery, withdrawDuty } from '../../lib/queries/duties'
import { useDoing } from '../../lib/use-doing'
import { useKept } from '../../lib/use-kept'
import { useAsking, useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Choices } from '../../ui/choices'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { KeptNote } from '../../ui/kept-note'
import { Buttons, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import css from './duties.module.css'
import { DutyStateMark } from './duty-head'

/** One duty at one institution: how it stands, what was said before, and for who may, the form to answer. */
export function DutyForm({ duty, institution, own, onClose }: { duty: Duty; institution: string; own: boolean; onClose?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const answer = useQuery({ ...dutyRowQuery(list.code, duty.code, institution), retry: false })
  const head = useRef<HTMLHeadingElement>(null)
  // It may be opened from far below.
  useEffect(() => { if (!own) head.current?.focus() }, [own])
  const isNone = answer.error instanceof ProblemError && answer.error.status === 404
  const close = onClose && <Button onClick={onClose}>{t('duties.close')}</Button>
  const title = own ? t('duties.own') : t('duties.form', { name: answer.data?.row.name ?? institution })
  return (
    <Panel title={title} place={head} tools={close} lead={answer.data && <><DutyStateMark state={answer.data.row.state} /> · {answer.data.row.name}</>}>
      {isNone ? <p>{t('duties.notAsked')}</p> : <Answered query={answer} height={200}>{(now) => <One answer={now} />}</Answered>}
    </Panel>
  )
}

function One({ answer }: { answer: DutyRowAnswer }) {
  const { t } = useTranslation()
  const { knownOn } = useAsking()
  const may = useCan('duty.answer') !== null && knownOn === undefined
  return <>{may ? <Fill answer={answer} /> : answer.row.entry && <p><Said entry={answer.row.entry} /></p>}{answer.former.length > 0 && <History entries={answer.former} title={t('duties.history')} />}</>
}

/** What is typed. A drug without an outcome is not said. */
const Draft = z.object({ convened: z.boolean(), on: z.string(), outcomes: z.record(z.string(), z.object({ outcome: Outcome, reason: Reason.nullable() })), note: z.string() })
type Draft = z.infer<typeof Draft>

function draftOf(entry: DutyEntry | null): Draft {
  return { convened: entry?.convened ?? true, on: entry?.on ?? '', outcomes: Object.fromEntries((entry?.outcomes ?? []).map(({ drug, outcome, reason }) => [drug, { outcome, reason }])), note: entry?.note ?? '' }
}

function saidIn({ convened, on, outcomes: decided, note }: Draft, drugs: readonly string[]): DutySaid {
  return { convened, on: convened ? on : null, outcomes: convened ? drugs.flatMap((drug) => (decided[drug] ? [{ drug, ...decided[drug] }] : [])) : [], note: note.trim() || null }
}

function Fill({ answer }: { answer: DutyRowAnswer }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { list, drugs: all } = useWorld()
  const { duty, row: { institution } } = answer
  const drugs = duty.drugs ?? all.map(({ code }) => code)
  // What is typed is about the answer as it was opened, whatever became of it since: of two who answer at once, one does.
  const [seen, setSeen] = useState(answer.row.entry)
  const [done, setDone] = useState<'saved' | 'same' | 'withdrawn' | null>(null)
  const version = seen?.version ?? 0
  const [draft, setDraft, kept] = useKept(`duty ${list.code} ${duty.code} ${institution}`, draftOf(seen), { version, shape: Draft })
  const show = (entry: DutyEntry | null) => { setSeen(entry); kept.restart(draftOf(entry)) }
  const did = (next: DutyRowAnswer, what: 'saved' | 'withdrawn') => {
    setDone(next.row.entry?.version === version ? 'same' : what)
    show(next.row.entry)
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'duties' })
  }
  const save = useDoing(() => answerDuty(list.code, duty.code, institution, version, saidIn(draft, drugs)), (next) => did(next, 'saved'))
  const withdraw = useDoing(() => withdrawDuty(list.code, duty.code, institution, version), (next) => did(next, 'withdrawn'))
  const [busy, error] = [save.busy || withdraw.busy, save.error ?? withdraw.error]
  const begin = (one: { run: () => Promise<void> }) => { save.clear(); withdraw.clear(); setDone(null); void one.run() }
  const moved = (answer.row.entry?.version ?? 0) !== version && !busy
  return (
    <>
      <FormProblem error={error} />
      {done !== null && <Done>{t(`duties.${done}`)}</Done>}
      {moved && <Buttons><span>{t('duties.moved')}</span><Button onClick={() => { save.clear(); withdraw.clear(); show(answer.row.entry) }}>{t('duties.again')}</Button></Buttons>}
      <Form label={t('duties.answer')} onSubmit={() => begin(save)}>
        <KeptNote draft={kept} />
        {kept.found === 'older' && seen && <p><Said entry={seen} /></p>}
        <Choices label={t('duties.convened')} labelled value={draft.convened ? 'yes' : 'no'} options={[{ value: 'yes', label: t('duties.yes') }, { value: 'no', label: t('duties.no') }]} onChange={(next) => setDraft({ ...draft, convened: next === 'yes' })} />
        {draft.convened && <div className={css.day}><TextField label={t('duties.on')} type="date" value={draft.on} min={answer.firstDay} onChange={(on) => setDraft({ ...draft, on })} invalid={error instanceof ProblemError && error.field === 'on'} /></div>}
        {draft.convened && <Outcomes drugs={drugs} draft={draft} onChange={setDraft} />}
        <TextField label={t('duties.note')} value={draft.note} onChange={(note) => setDraft({ ...draft, note })} required={false} maxLength={500} hint={t('duties.noteHint')} />
        <Buttons>
          <Button type="submit" primary disabled={busy}>{t('duties.save')}</Button>
          {seen !== null && <ConfirmButton question={t('duties.withdrawSure')} confirm={t('duties.withdrawYes')} onConfirm={() => begin(withdraw)} disabled={busy}>{t('duties.withdraw')}</ConfirmButton>}
        </Buttons>
      </Form>
    </>
  )
}

/** What was decided of each drug: a choice each, and for what was refused, why. */
function Outcomes({ drugs, draft, onChange }: { drugs: readonly string[]; draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useTranslation()
  const { drugName } = useWorld()
  const put = (drug: string, next: { outcome: Outcome; reason: Reason | null } | null) => {
    const { [drug]: _, ...others } = draft.outcomes
    onChange({ ...draft, outcomes: next === null ? others : { ...others, [drug]: next } })
  }
  return (
    <fieldset className={css.outcomes}>
      <legend>{t('duties.outcomes')}</legend>
      <p className="quiet">{t('duties.outcomesHint')}</p>
      {drugs.map((drug) => {
        const own = draft.outcomes[drug]
        return (
          <div key={drug} className={css.drug}>
            <span id={`drug-${drug}`}>{drugName(drug)}</span>
            <select aria-labelledby={`drug-${drug}`} value={own?.outcome ?? ''} onChange={({ target: { value } }) => put(drug, value === '' ? null : { outcome: value as Outcome, reason: value === 'refused' ? own?.reason ?? null : null })}>
              <option value="">{t('duties.unsaid')}</option>
              {outcomes.map((outcome) => <option key={outcome} value={outcome}>{t(`duties.outcome.${outcome}`)}</option>)}
            </select>
            {own?.outcome === 'refused' && (
              <select aria-label={`${drugName(drug)}, ${t('duties.reason')}`} required value={own.reason ?? ''} onChange={({ target: { value } }) => put(drug, { outcome: 'refused', reason: (value || null) as Reason | null })}>
                <option value="">{t('duties.reason')}</option>
                {reasons.filter((reason) => reason !== 'committee_not_convened').map((reason) => <option key={reason} value={reason}>{t(`words.reason.${reason}`)}</option>)}
              </select>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

function Said({ entry: { convened, on, outcomes: decided, note } }: { entry: DutyEntry }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName } = useWorld()
  const of = outcomes.map((outcome) => ({ outcome, drugs: decided.filter((one) => one.outcome === outcome) })).filter(({ drugs }) => drugs.length > 0)
  return (
    <>
      {convened ? `${t('duties.yes')} ${on === null ? '' : format.day(on)}` : t('duties.no')}
      {of.map(({ outcome, drugs }) => <span key={outcome}> · {t(`duties.outcome.${outcome}`)} {format.join(drugs.map(({ drug, reason }) => (reason === null ? drugName(drug) : `${drugName(drug)} (${t(`words.reason.${reason}`)})`)))}</span>)}
      {note !== null && <span className="quiet"> · {note}</span>}
    </>
  )
}

function History({ entries, title }: { entries: readonly DutyEntry[]; title: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  return (
    <div className={css.history}>
      <h3>{title}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.version}>{t('duties.historyLine', { version: format.number(entry.version), from: format.instant(entry.knownFrom, list.timeZone), to: format.instant(entry.knownTo ?? entry.knownFrom, list.timeZone) })}<Said entry={entry} /> <span className="quiet">({t(`account.roles.${entry.role}`)})</span></li>
        ))}
      </ul>
    </div>
  )
}
