import { earlierDay, periodDays } from '@lastmile/shared/day'
import type { EntryFormAnswer, EntryRow } from '@lastmile/shared/entry'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { Choices } from '../../ui/choices'
import { Empty } from '../../ui/empty'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Pagination } from '../../ui/pagination'
import { Panel } from '../../ui/panel'
import css from './entries.module.css'
import { FillRow } from './fill-row'
import { NilButton } from './nil-button'
import { entryOf, pairKey, sayingOf, type Saying } from './saying'
import { StatedNote } from './stated-note'
import { UnchangedButton } from './unchanged-button'
import { useStating } from './use-stating'

/** Which part of a source's form is filled in; a code each, or undefined for all. */
export interface Part {
  region?: string | undefined
  drug?: string | undefined
  kind?: 'hospital' | 'pharmacy' | 'other' | undefined
}

/** Lines on one page of the form: what is filled in stays while it is turned. */
const limit = 50

/** The form of a source for a month: the table of the template, filled in on screen; and the acts that need no lines. */
export function FillForm({ form, period, part }: { form: EntryFormAnswer; period: string; part: Part }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { rows, source, today, page, said: saidBefore } = form
  const [said, setSaid] = useState<ReadonlyMap<string, Saying>>(new Map())
  const [offset, setOffset] = useState(0)
  const [mode, setMode] = useState<'changes' | 'snapshot'>('changes')
  const [needsLine, setNeedsLine] = useState(false)
  const { stated, busy, error, send } = useStating((letter) => { if (letter.kind === 'statements') setSaid(new Map()) })
  const onSay = useCallback((row: EntryRow, saying: Saying | null) => setSaid((before) => {
    const next = new Map(before)
    if (saying === null) next.delete(pairKey(row))
    else next.set(pairKey(row), saying)
    return next
  }), [])
  const copy = () => setSaid(new Map([...rows.flatMap((row) => (row.last === null ? [] : [[pairKey(row), sayingOf(row.last.status, row.last, today)] as const])), ...said]))
  const lines = rows.flatMap((row) => (said.has(pairKey(row)) ? [entryOf(row, said.get(pairKey(row))!)] : []))
  const left = rows.filter((row) => row.last !== null && !said.has(pairKey(row))).length
  // A period's report speaks of all of its part: one of which lines are missing here cannot be filled in whole.
  const isWhole = page.total <= rows.length
  const scope = part.region === undefined && part.drug === undefined && part.kind === undefined ? null
    : { regions: part.region === undefined ? null : [part.region], drugs: part.drug === undefined ? null : [part.drug], kinds: part.kind === undefined ? null : [part.kind] }
  const common = { source: source.code, period, ...(scope ? { scope } : {}) }
  const submit = (dryRun: boolean, corrects?: number) => {
    setNeedsLine(lines.length === 0)
    if (lines.length > 0) void send({ kind: 'statements', ...common, mode, lines, ...(dryRun ? { dryRun } : {}) }, corrects)
  }
  const names = new Map(rows.map((row) => [row.institution, row.institutionName]))
    return (
    <>
      {stated && <StatedNote stated={stated} nameOf={(code) => names.get(code) ?? code} onCorrect={(version) => submit(false, version)} />}
      <FormProblem error={error} />
      <Panel title={t('entries.fill.otherActs')}>
        <div className={css.acts}>
          <UnchangedButton rows={rows} of={common} day={earlierDay(today, periodDays(period).last)} busy={busy} onSend={(letter) => void send(letter)} />
          <NilButton when={period} busy={busy} onNil={() => void send({ kind: 'nil', ...common })} />
        </div>
      </Panel>
      {rows.length === 0 && <Empty>{t('entries.fill.none')}</Empty>}
      {rows.length > 0 && <Panel title={t('entries.fill.table')} lead={t('entries.fill.rows', { count: page.total, formatted: format.number(page.total), said: format.number(saidBefore) })}>
        {!isWhole && <p className={css.warn}>{t('entries.fill.tooMany', { formatted: format.number(rows.length) })}</p>}
        <div className={css.tools}>
          <Button onClick={copy}>{t('entries.fill.copy')}</Button>
          <Button onClick={() => setSaid(new Map())} disabled={said.size === 0}>{t('entries.fill.clear')}</Button>
        </div>
        <div className={css.table} tabIndex={0} role="group" aria-label={t('entries.fill.table')}>
          <table className={css.fill}>
            <caption className="sr-only">{t('entries.fill.table')}</caption>
            <thead><tr><th scope="col">{t('entries.fill.line')}</th><th scope="col" className={css.wide}>{t('entries.fill.last')}</th><th scope="col">{t('entries.confirm.status')}</th></tr></thead>
            <tbody>{rows.slice(offset, offset + limit).map((row) => <FillRow key={pairKey(row)} row={row} saying={said.get(pairKey(row)) ?? null} onSay={onSay} today={today} />)}</tbody>
          </table>
        </div>
        {rows.length > limit && <Pagination page={{ offset, limit, total: rows.length }} onPage={setOffset} />}
        {isWhole && source.mode === 'snapshot' && <Choices label={t('entries.fill.mode')} labelled value={mode} options={(['changes', 'snapshot'] as const).map((one) => ({ value: one, label: t(`entries.fill.modes.${one}`) }))} onChange={setMode} />}
        {mode === 'snapshot' && isWhole && left > 0 && <p className={css.warn}>{t('entries.fill.left', { count: left, formatted: format.number(left) })}</p>}
        {needsLine && lines.length === 0 && <p role="alert" className={css.warn}>{t('entries.fill.needsLine')}</p>}
        <div className={css.bar}>
          <p aria-live="polite">{t('entries.fill.filled', { count: lines.length, formatted: format.number(lines.length) })}</p>
          <Button onClick={() => submit(true)} disabled={busy}>{t('entries.check')}</Button>
          <Button primary onClick={() => submit(false)} disabled={busy}>{busy ? t('entries.sending') : t('entries.send')}</Button>
        </div>
      </Panel>}
    </>
  )
}
