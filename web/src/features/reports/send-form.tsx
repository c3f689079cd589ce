import { kinds } from '@lastmile/shared/kind'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { regionQuery, sourcesQuery } from '../../lib/queries/lists'
import { useWorld } from '../../lib/world'
import { instantOf } from '../../lib/zoned-time'
import { Choices } from '../../ui/choices'
import { Button, Field, SelectField } from '../../ui/field'
import { Problem } from '../../ui/problem'
import { TextField } from '../../ui/text-field'
import { DropZone } from './drop-zone'
import css from './reports.module.css'
import { TemplateDownload } from './template-download'
import type { Letter } from './use-sending'

/** What a report needs to be sent: file, source, month or day; mode and scope where they differ from the source's own. */
export function SendForm({ source, onSource, onSend, busy }: { source: string | undefined; onSource: (source: string | undefined) => void; onSend: (letter: Letter, dryRun: boolean) => void; busy: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, drugs, regions, places } = useWorld()
  const sources = useQuery(sourcesQuery(list.code))
  const open = (sources.data?.sources ?? []).filter((one) => one.accepts.includes('upload'))
  const chosen = open.find((one) => one.code === source)
  const unit = chosen?.unit ?? null
  // A province sends its month city by city.
  const cities = useQuery({ ...regionQuery(list.code, unit ?? ''), enabled: unit !== null })
  const [file, setFile] = useState<File | null>(null)
  const [speaksOf, setSpeaksOf] = useState<'period' | 'asOf'>('period')
  const [period, setPeriod] = useState(list.today.slice(0, 7))
  const [asOf, setAsOf] = useState(list.today)
  const [mode, setMode] = useState<'changes' | 'snapshot' | undefined>()
  const [scope, setScope] = useState<{ drug?: string | undefined; region?: string | undefined; kind?: string | undefined }>({})
  const [publishAt, setPublishAt] = useState('')
  const [missing, setMissing] = useState<'needsSource' | 'needsFile' | null>(null)
  const send = (dryRun: boolean) => {
    if (!file || !source) return setMissing(file ? 'needsSource' : 'needsFile')
    setMissing(null)
    const narrowed = scope.drug !== undefined || scope.region !== undefined || scope.kind !== undefined
    const some = (value: string | undefined) => (value === undefined ? null : [value])
    onSend({ file, source, period: speaksOf === 'period' ? period : null, asOf: speaksOf === 'asOf' ? asOf : null, mode: mode ?? null, publishAt: publishAt === '' ? null : instantOf(publishAt, list.timeZone), scope: narrowed ? { drugs: some(scope.drug), regions: some(scope.region), kinds: some(scope.kind) } : null }, dryRun)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(false)
  }
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('upload.title')}>
      <DropZone file={file} onFile={setFile} />
      {sources.error && <Problem error={sources.error} onRetry={() => void sources.refetch()} />}
      <div className={css.fields}>
        <SelectField label={t('rows.source')} value={source} all={t('upload.chooseSource')} options={open.map((one) => ({ value: one.code, label: `${text(one.name)} · ${t(`words.evidence.${one.evidence}.short`)}` }))} onChange={onSource} hint={chosen && t('upload.usually', { mode: t(`reports.modes.${chosen.mode}`), rhythm: t(`words.rhythm.${chosen.rhythm}`) })} />
        <div className={css.when}>
          <Choices label={t('reports.speaksOf')} value={speaksOf} options={[{ value: 'period', label: t('upload.month') }, { value: 'asOf', label: t('upload.day') }]} onChange={setSpeaksOf} />
          {speaksOf === 'period'
            ? <Field label={t('upload.period')}>{(id) => <input id={id} type="month" required pattern="\d{4}-\d{2}" placeholder="2026-02" min={list.inForce.slice(0, 7)} max={list.today.slice(0, 7)} value={period} onChange={(event) => setPeriod(event.target.value)} />}</Field>
            : <Field label={t('day.label')}>{(id) => <input id={id} type="date" required min={list.inForce} max={list.today} value={asOf} onChange={(event) => setAsOf(event.target.value)} />}</Field>}
        </div>
      </div>
      {chosen?.hasTemplate && <TemplateDownload source={chosen.code} period={speaksOf === 'period' ? period : undefined} asOf={speaksOf === 'asOf' ? asOf : undefined} {...scope} />}
      <details className={css.more}>
        <summary>{t('upload.more')}</summary>
        <p className="quiet">{t('upload.moreHelp')}</p>
        <div className={css.fields}>
          <SelectField label={t('upload.mode')} value={mode} all={t('upload.asUsual')} options={(['snapshot', 'changes'] as const).map((one) => ({ value: one, label: t(`reports.modes.${one}`) }))} onChange={(next) => setMode(next === 'snapshot' || next === 'changes' ? next : undefined)} hint={mode && t(`upload.modeMeans.${mode}`)} />
          <SelectField label={t('upload.scopeDrug')} value={scope.drug} all={t('upload.allOfSource')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(drug) => setScope({ ...scope, drug })} />
          <SelectField label={t('upload.scopeRegion', { unit: unit === null ? places.unit : places.city })} value={scope.region} all={t('upload.allOfSource')} options={(unit === null ? regions.units : cities.data?.cities ?? []).map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(region) => setScope({ ...scope, region })} />
          <SelectField label={t('upload.scopeKind')} value={scope.kind} all={t('upload.allOfSource')} options={kinds.map((one) => ({ value: one, label: t(`words.kinds.${one}`) }))} onChange={(kind) => setScope({ ...scope, kind })} />
          <TextField label={t('upload.publishAt', { zone: format.zone(list.timeZone) })} type="datetime-local" value={publishAt} onChange={setPublishAt} required={false} hint={t('upload.publishAtHelp')} />
        </div>
      </details>
      {missing !== null && <p role="alert" className={css.missing}>{t(`upload.${missing}`)}</p>}
      <div className={css.buttons}>
        <Button onClick={() => send(true)} disabled={busy}>{t('upload.check')}</Button>
        <Button type="submit" primary disabled={busy}>{t('upload.send')}</Button>
      </div>
    </form>
  )
}
