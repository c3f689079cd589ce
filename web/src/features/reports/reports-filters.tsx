import { evidences } from '@lastmile/shared/evidence'
import { numberAsked } from '@lastmile/shared/receipt'
import { reportStates, type SourceStatus } from '@lastmile/shared/report'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import type { ReportsSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { Button, Field, SelectField, Toolbar } from '../../ui/field'
import { TextField } from '../../ui/text-field'

type Filter = Pick<ReportsSearch, 'source' | 'word' | 'state' | 'period' | 'number'>

/** Which reports: of whom, of which evidence, state and month, or the one whose receipt has a number. */
export function ReportsFilters({ filter, sources, onFilter }: { filter: Filter; sources: readonly SourceStatus[]; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const [number, setNumber] = useState(filter.number ?? '')
  const [isWrong, setWrong] = useState(false)
  useEffect(() => setNumber(filter.number ?? ''), [filter.number])
  const find = (event: FormEvent) => {
    event.preventDefault()
    const typed = number.trim()
    setWrong(typed !== '' && numberAsked(typed) === null)
    if (typed === '' || numberAsked(typed) !== null) onFilter({ number: typed || undefined })
  }
  return (
    <form onSubmit={find} noValidate>
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.source')} value={filter.source} all={t('parts.all')} options={sources.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(source) => onFilter({ source })} />
        <SelectField label={t('words.evidence.label')} value={filter.word} all={t('parts.all')} options={evidences.map((one) => ({ value: one, label: t(`words.evidence.${one}.short`) }))} onChange={(next) => onFilter({ word: evidences.find((one) => one === next) })} />
        <SelectField label={t('rows.state')} value={filter.state} all={t('parts.all')} options={reportStates.map((one) => ({ value: one, label: t(`reports.states.${one}`) }))} onChange={(state) => onFilter({ state })} />
        <Field label={t('reports.period')}>{(id) => <input id={id} type="month" placeholder="2026-02" min={list.inForce.slice(0, 7)} max={list.today.slice(0, 7)} value={filter.period ?? ''} onChange={(event) => onFilter({ period: /^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(event.target.value) ? event.target.value : undefined })} />}</Field>
        <TextField label={t('reports.number')} value={number} onChange={setNumber} required={false} maxLength={30} invalid={isWrong} placeholder={t('reports.numberHint')} hint={isWrong ? <span role="alert">{t('reports.numberWrong')}</span> : undefined} />
        <Button type="submit">{t('reports.find')}</Button>
      </Toolbar>
    </form>
  )
}
