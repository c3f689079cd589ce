import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNamedOptions } from '../../lib/named-options'
import { regionQuery } from '../../lib/queries/lists'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import type { DrugDraft, PlanDraft } from './plan-draft'
import css from './plans.module.css'

interface Typed {
  draft: PlanDraft
  onChange: (draft: PlanDraft) => void
  /** The field that the server found wrong. */
  wrong: string | null
}

/** The fields of a plan, but for its code: name, place, days, guide, and the drugs that it names. */
export function PlanFields(typed: Typed) {
  const { draft, onChange, wrong } = typed
  const { t } = useTranslation()
  const { list, regions, places } = useWorld()
  const region = useQuery({ ...regionQuery(list.code, draft.unit), enabled: draft.unit !== '' })
  const put = (next: Partial<PlanDraft>) => onChange({ ...draft, ...next })
  const named = useNamedOptions()
  return (
    <>
      <Fields>
        <TextField label={t('plans.nameZh')} value={draft.nameZh} onChange={(nameZh) => put({ nameZh })} maxLength={200} invalid={wrong === 'name.zh'} />
        <TextField label={t('plans.nameEn')} value={draft.nameEn} onChange={(nameEn) => put({ nameEn })} maxLength={200} invalid={wrong === 'name.en'} />
        <SelectField label={t('plans.unitField', { unit: places.unit })} value={draft.unit || undefined} all={t('plans.whole')} options={named(regions.units)} onChange={(unit) => put({ unit: unit ?? '', city: '' })} />
        <SelectField label={t('plans.cityField', { city: places.city })} value={draft.city || undefined} all={t('plans.wholeUnit')} disabled={draft.unit === ''} options={named(region.data?.cities)} onChange={(city) => put({ city: city ?? '' })} />
        <TextField label={t('plans.from')} type="date" value={draft.validFrom} onChange={(validFrom) => put({ validFrom })} invalid={wrong === 'validFrom'} />
        <TextField label={t('plans.to')} type="date" value={draft.validTo} onChange={(validTo) => put({ validTo })} required={false} hint={t('plans.toHint')} invalid={wrong === 'validTo'} />
        <TextField label={t('plans.sourceZh')} value={draft.sourceZh} onChange={(sourceZh) => put({ sourceZh })} maxLength={500} invalid={wrong === 'source.zh'} />
        <TextField label={t('plans.sourceEn')} value={draft.sourceEn} onChange={(sourceEn) => put({ sourceEn })} maxLength={500} invalid={wrong === 'source.en'} />
      </Fields>
      <DrugFields {...typed} />
    </>
  )
}

/** The drugs that a plan names, a group of fields for each. */
function DrugFields({ draft, onChange, wrong }: Typed) {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { drugs, drugName } = useWorld()
  const put = (key: number, next: Partial<DrugDraft>) => onChange({ ...draft, drugs: draft.drugs.map((one) => (one.key === key ? { ...one, ...next } : one)) })
  const chosen = new Set(draft.drugs.map(({ drug }) => drug))
  const box = useRef<HTMLFieldSetElement>(null)
  const remove = (gone: number) => {
    box.current?.focus()
    onChange({ ...draft, drugs: draft.drugs.filter(({ key }) => key !== gone) })
  }
  const add = () => onChange({ ...draft, drugs: [...draft.drugs, { key: 1 + Math.max(-1, ...draft.drugs.map(({ key }) => key)), drug: '', zh: '', en: '' }] })
  return (
    <fieldset ref={box} tabIndex={-1} className={css.drugs}>
      <legend>{t('plans.drugs')}</legend>
      <p className="quiet">{t('plans.paysHint')}</p>
      {draft.drugs.map((one, i) => (
        <div key={one.key} className={css.drug} role="group" aria-label={one.drug === '' ? t('plans.drugNo', { no: i + 1 }) : drugName(one.drug)}>
          <Fields>
            <SelectField label={t('plans.drug')} value={one.drug || undefined} all={t('accounts.choose')} required options={named(drugs.filter(({ code }) => code === one.drug || !chosen.has(code)))} onChange={(drug) => put(one.key, { drug: drug ?? '' })} />
            <TextField label={t('plans.paysZh')} value={one.zh} onChange={(zh) => put(one.key, { zh })} required={one.en.trim() !== ''} maxLength={500} invalid={wrong === `drugs.${i}.pays.zh`} />
            <TextField label={t('plans.paysEn')} value={one.en} onChange={(en) => put(one.key, { en })} required={one.zh.trim() !== ''} maxLength={500} invalid={wrong === `drugs.${i}.pays.en`} />
          </Fields>
          {draft.drugs.length > 1 && <Button onClick={() => remove(one.key)}>{t('plans.remove', { drug: one.drug === '' ? t('plans.drugNo', { no: i + 1 }) : drugName(one.drug) })}</Button>}
        </div>
      ))}
      {draft.drugs.length < drugs.length && <div><Button onClick={add}>{t('plans.add')}</Button></div>}
    </fieldset>
  )
}
