import type { EntrySource, UnconfirmedRow } from '@lastmile/shared/entry'
import { statuses } from '@lastmile/shared/status'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useScopeName } from '../../lib/scope-name'
import { Choices } from '../../ui/choices'
import { Button, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { SaidFields } from './said-fields'
import { entryOf, type Saying } from './saying'
import { StatedNote } from './stated-note'
import { useStating } from './use-stating'

/** Says of all selected pairs how it is: one status, with its reason and day, for all of them. It can be tried first. */
export function ConfirmPairs({ selected, shown, sources, today, onDone }: { selected: readonly UnconfirmedRow[]; /** Rows on screen: what was sent is named after it left the selection. */ shown: readonly UnconfirmedRow[]; sources: readonly EntrySource[]; today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { city, ...actor } = useActor()
  const cityName = useScopeName({ ...actor, city })
  const [saying, setSaying] = useState<Saying>({ status: 'in_stock', reason: null, expectedOn: null })
  const [chosen, setChosen] = useState<string | undefined>()
  const [missing, setMissing] = useState<'chooseFirst' | 'chooseSource' | null>(null)
  const names = useRef(new Map<string, string>())
  for (const row of [...shown, ...selected]) names.current.set(row.institution, row.institutionName)
  const { stated, busy, error, send } = useStating(onDone)
  const fitting = sources.length === 1 ? sources : sources.filter(({ unit }) => unit !== null && selected.length > 0 && selected.every((row) => row.unit === unit))
  const source = sources.find(({ code }) => code === chosen) ?? (fitting.length > 0 ? fitting[0] : undefined)
  const submit = (dryRun: boolean) => {
    if (selected.length === 0) return setMissing('chooseFirst')
    if (!source) return setMissing('chooseSource')
    setMissing(null)
    void send({ kind: 'statements', source: source.code, lines: selected.map((row) => entryOf(row, saying)), ...(dryRun ? { dryRun } : {}) })
  }
  const count = { count: selected.length, formatted: format.number(selected.length) }
  const label = (one: EntrySource) => `${text(one.name)}${city !== null && one.scope.regions?.[0] === city ? ` · ${t('entries.onlyScope', { scope: cityName })}` : ''}`
  return (
    <Panel title={t('entries.confirm.form')} lead={t('entries.confirm.selected', count)}>
      {stated && <StatedNote stated={stated} nameOf={(code) => names.current.get(code) ?? code} />}
      <FormProblem error={error} />
      <Form label={t('entries.confirm.form')} onSubmit={() => submit(false)}>
        <Choices label={t('entries.confirm.status')} labelled value={saying.status} options={statuses.map((one) => ({ value: one, label: t(`entries.status.${one}`) }))} onChange={(status) => setSaying({ ...saying, status })} />
        <SaidFields saying={saying} onChange={setSaying} today={today} />
        {sources.length > 1
          ? <SelectField label={t('entries.source')} value={source?.code} all={source ? undefined : t('entries.chooseSource')} options={sources.map((one) => ({ value: one.code, label: label(one) }))} onChange={setChosen} />
          : source && <p className="quiet">{t('entries.source')}: {label(source)}</p>}
        {missing !== null && <p role="alert">{t(missing === 'chooseFirst' ? 'entries.confirm.chooseFirst' : 'entries.chooseSource')}</p>}
        <Buttons>
          <Button onClick={() => submit(true)} disabled={busy}>{t('entries.check')}</Button>
          <Button type="submit" primary disabled={busy}>{busy ? t('entries.sending') : t('entries.sendCount', count)}</Button>
        </Buttons>
      </Form>
    </Panel>
  )
}
