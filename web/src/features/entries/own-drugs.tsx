import type { EntryFormAnswer, EntryRow } from '@lastmile/shared/entry'
import type { InstitutionAnswer } from '@lastmile/shared/institution'
import type { Status } from '@lastmile/shared/status'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { StateMark } from '../../ui/state-mark'
import css from './entries.module.css'
import { SaidFields } from './said-fields'
import { entryOf, sayingOf, type Saying } from './saying'
import { StatedNote } from './stated-note'
import { UnchangedButton } from './unchanged-button'
import { useStating } from './use-stating'

/** The four answers of an institution, of which a tap is enough. */
const answers = ['in_stock', 'on_order', 'out_of_stock', 'not_carried'] as const

/** The drugs of an institution, a line each with four big buttons; sent together, once. What is not touched is not reported. */
export function OwnDrugs({ form, known }: { form: EntryFormAnswer; /** What each kind of evidence says of the drugs here. */ known: InstitutionAnswer['drugs'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [said, setSaid] = useState<ReadonlyMap<string, Saying>>(new Map())
  const { stated, busy, error, send } = useStating(() => setSaid(new Map()))
  const { source, today } = form
  const knownOf = useMemo(() => new Map(known.map((one) => [one.drug, one])), [known])
  // Those of which anybody says anything stand first, then the eligible: they are what is asked about. They stay where they are when more is said.
  const [places] = useState(() => new Map([...form.rows].sort((a, b) => weight(b, knownOf) - weight(a, knownOf)).map(({ drug }, place) => [drug, place])))
  const rows = useMemo(() => [...form.rows].sort((a, b) => (places.get(a.drug) ?? places.size) - (places.get(b.drug) ?? places.size)), [form.rows, places])
  const say = (drug: string, saying: Saying | null) => {
    const next = new Map(said)
    if (saying === null) next.delete(drug)
    else next.set(drug, saying)
    setSaid(next)
  }
  const lines = rows.flatMap((row) => (said.has(row.drug) ? [entryOf(row, said.get(row.drug)!)] : []))
  const name = rows[0]?.institutionName ?? ''
  return (
    <Panel title={name === '' ? t('entries.own.drugs') : name} tools={<UnchangedButton rows={rows} of={{ source: source.code }} busy={busy} onSend={(letter) => void send(letter)} day={today} />}>
      {stated && <StatedNote stated={stated} nameOf={() => name} />}
      <FormProblem error={error} />
      <ul className={css.drugs} aria-label={t('entries.own.drugs')}>
        {rows.map((row) => <OwnDrug key={row.drug} row={row} known={knownOf.get(row.drug)} saying={said.get(row.drug) ?? null} onSay={(saying) => say(row.drug, saying)} today={today} />)}
      </ul>
      <div className={css.bar}>
        <p aria-live="polite">{t('entries.fill.filled', { count: lines.length, formatted: format.number(lines.length) })}</p>
        <Button primary disabled={busy || lines.length === 0} onClick={() => void send({ kind: 'statements', source: source.code, lines })}>{busy ? t('entries.sending') : t('entries.sendCount', { count: lines.length, formatted: format.number(lines.length) })}</Button>
      </div>
    </Panel>
  )
}

function OwnDrug({ row, known, saying, onSay, today }: { row: EntryRow; known: InstitutionAnswer['drugs'][number] | undefined; saying: Saying | null; onSay: (saying: Saying | null) => void; today: string }) {
  const { t } = useTranslation()
  const { drugName } = useWorld()
  const name = drugName(row.drug)
  const words: Record<(typeof answers)[number], string> = { in_stock: t('entries.status.in_stock'), on_order: t('entries.status.on_order'), out_of_stock: t('entries.own.until'), not_carried: t('entries.status.not_carried') }
  const choose = (status: Status) => onSay(sayingOf(status, row.last, today))
  // As radio buttons: one stop for Tab, arrow keys choose.
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const way = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape' && saying) onSay(null)
    if (way === 0) return
    event.preventDefault()
    const all = [...event.currentTarget.querySelectorAll('button')]
    const next = (all.indexOf(event.target as HTMLButtonElement) + way + all.length) % all.length
    all[next]!.focus()
    choose(answers[next]!)
  }
  const stop = saying ? answers.findIndex((one) => one === saying.status) : 0
  return (
    <li className={css.drug} data-said={saying !== null}>
      <h3>{name}</h3>
      <p><LastWord row={row} /></p>
      {known && (known.declared !== null || known.confirmed !== null) && <p>{known.declared !== null && <span>{t('words.evidence.declared.short')} <StateMark state={known.declared} /></span>}{known.confirmed !== null && <span>{t('words.evidence.confirmed.short')} <StateMark state={known.confirmed} /></span>}</p>}
      <div className={css.choices} role="radiogroup" aria-label={t('entries.own.choose', { drug: name })} onKeyDown={onKeyDown}>
        {answers.map((one, i) => <button key={one} type="button" role="radio" aria-checked={saying?.status === one} tabIndex={i === Math.max(0, stop) ? 0 : -1} onClick={() => (saying?.status === one ? onSay(null) : choose(one))}>{words[one]}</button>)}
      </div>
      {saying && <SaidFields saying={saying} onChange={onSay} today={today} />}
    </li>
  )
}

/** How much there is to say of a drug: what was said of it before, or whether it is eligible. */
function weight(row: EntryRow, known: ReadonlyMap<string, InstitutionAnswer['drugs'][number]>): number {
  const said = known.get(row.drug)
  return row.last || (said && (said.declared !== null || said.confirmed !== null || said.supplied)) ? 2 : row.eligible ? 1 : 0
}

/** What was said last of a pair, and when; that it is stale, where it is. */
export function LastWord({ row: { last } }: { row: EntryRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (last === null) return <span>{t('entries.own.never')}</span>
  return (
    <>
      <span>{t('entries.own.last', { status: t(`entries.status.${last.status}`), day: format.shortDay(last.day, true) })}</span>
      {last.reason !== null && <span>{t(`words.reason.${last.reason}`)}</span>}
      {last.expectedOn !== null && <span>{t('entries.expected', { day: format.shortDay(last.expectedOn) })}</span>}
      {last.stale && <Tag tone="warn">{t('entries.own.stale')}</Tag>}
    </>
  )
}
