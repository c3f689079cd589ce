import { detailsOf } from '@lastmile/shared/ladder-fact'
import { admittedBy, sayingsOf } from '@lastmile/shared/rung'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { useNamedOptions } from '../../lib/named-options'
import { regionQuery } from '../../lib/queries/lists'
import { useWorld } from '../../lib/world'
import { SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import type { DetailDraft, FactDraft } from './fact-draft'

interface Typed {
  draft: FactDraft
  onChange: (draft: FactDraft) => void
  /** The field that the server found wrong. */
  wrong: string | null
  /** Of what it speaks is settled already. */
  fixed: boolean
}

/** The fields of a fact, but for its rung: of what, what it says, since when, its details, and where it is written. */
export function FactFields({ draft, onChange, wrong, fixed }: Typed) {
  const { t } = useTranslation()
  const { list, drugs, regions, places } = useWorld()
  const { company, unit: ownUnit } = useActor()
  const named = useNamedOptions()
  const region = useQuery({ ...regionQuery(list.code, draft.unit), enabled: draft.unit !== '' })
  const put = (next: Partial<FactDraft>) => onChange({ ...draft, ...next })
  const sayings = sayingsOf(draft.rung, company !== null ? 'company' : ownUnit !== null ? 'province' : 'regulator')
  return (
    <Fields>
      {!fixed && <SelectField label={t('ladder.drug')} value={draft.drug || undefined} {...(company === null ? { all: t('ladder.allDrugs') } : { all: t('accounts.choose'), required: true })} options={named(drugs.filter((one) => company === null || one.company === company))} onChange={(drug) => put({ drug: drug ?? '' })} />}
      {!fixed && ownUnit === null && <SelectField label={t('plans.unitField', { unit: places.unit })} value={draft.unit || undefined} {...(company === null ? { all: t('ladder.everywhere') } : { all: t('accounts.choose'), required: true })} options={named(regions.units)} onChange={(unit) => put({ unit: unit ?? '', city: '' })} />}
      {!fixed && <SelectField label={t('plans.cityField', { city: places.city })} value={draft.city || undefined} all={t('plans.wholeUnit')} disabled={draft.unit === ''} options={named(region.data?.cities)} onChange={(city) => put({ city: city ?? '' })} />}
      <SelectField label={t('ladder.says')} value={draft.says} options={sayings.map((one) => ({ value: one, label: t(`ladder.words.says.${one}`) }))} onChange={(says) => put({ says: sayings.find((one) => one === says) ?? draft.says })} hint={t('ladder.saysHint')} />
      <TextField label={t('ladder.from')} type="date" value={draft.validFrom} onChange={(validFrom) => put({ validFrom })} invalid={wrong === 'validFrom'} />
      <SelectField label={t('ladder.exact')} value={draft.exact ? 'exact' : 'before'} options={[{ value: 'exact', label: t('ladder.exactYes') }, { value: 'before', label: t('ladder.exactNo') }]} onChange={(value) => put({ exact: value === 'exact' })} />
      <TextField label={t('plans.to')} type="date" value={draft.validTo} onChange={(validTo) => put({ validTo })} required={false} hint={t('plans.toHint')} invalid={wrong === 'validTo'} />
      <DetailFields draft={draft} onChange={onChange} wrong={wrong} />
      <TextField label={t('ladder.sourceZh')} value={draft.sourceZh} onChange={(sourceZh) => put({ sourceZh })} maxLength={500} hint={t('ladder.sourceHint')} required={draft.sourceEn.trim() === ''} invalid={wrong === 'source.text.zh'} />
      <TextField label={t('ladder.sourceEn')} value={draft.sourceEn} onChange={(sourceEn) => put({ sourceEn })} maxLength={500} required={false} hint={t('ladder.enHint')} invalid={wrong === 'source.text.en'} />
      <TextField label={t('ladder.number')} value={draft.number} onChange={(number) => put({ number })} maxLength={120} required={false} invalid={wrong === 'source.number'} />
      <TextField label={t('ladder.dated')} value={draft.dated} onChange={(dated) => put({ dated })} required={false} placeholder="2026-02-20" hint={t('ladder.datedHint')} invalid={wrong === 'source.dated'} />
      <TextField label={t('ladder.url')} value={draft.url} onChange={(url) => put({ url })} maxLength={500} required={false} placeholder="https://" invalid={wrong === 'source.url'} />
      <TextField label={t('ladder.noteZh')} value={draft.noteZh} onChange={(noteZh) => put({ noteZh })} maxLength={500} required={false} hint={t(company === null ? 'ladder.noteHint' : 'ladder.noteHintCompany')} invalid={wrong === 'note.zh' || wrong === 'note'} />
      <TextField label={t('ladder.noteEn')} value={draft.noteEn} onChange={(noteEn) => put({ noteEn })} maxLength={500} required={false} invalid={wrong === 'note.en'} />
    </Fields>
  )
}

/** What belongs to the rung of a fact alone. */
function DetailFields({ draft, onChange, wrong }: Pick<Typed, 'draft' | 'onChange' | 'wrong'>) {
  const { t } = useTranslation()
  const { detail } = draft
  const put = (next: Partial<DetailDraft>) => onChange({ ...draft, detail: { ...detail, ...next } })
  const label = (field: keyof typeof fields) => t(`ladder.words.details.${field}`)
  const number = (field: 'institutions' | 'casesApplied' | 'casesApproved') => <TextField key={field} label={label(field)} value={detail[field]} onChange={(value) => put({ [field]: value })} required={false} inputMode="numeric" pattern="\d{1,6}" {...(field === 'institutions' ? {} : { hint: t('ladder.casesHint') })} invalid={wrong === `detail.${field}`} />
  const both = (field: 'rule' | 'reviewPath' | 'scheme' | 'pays', most: number) => [
    <TextField key={field} label={label(field)} value={detail[`${field}Zh`]} onChange={(value) => put({ [`${field}Zh`]: value })} maxLength={most} required={field === 'reviewPath' && draft.says === 'conditional' && detail.reviewPathEn.trim() === ''} {...(field === 'reviewPath' ? { hint: t('ladder.reviewHint') } : {})} invalid={wrong === `detail.${field}.zh` || wrong === `detail.${field}`} />,
    <TextField key={`${field}En`} label={t('ladder.inEnglish', { name: label(field) })} value={detail[`${field}En`]} onChange={(value) => put({ [`${field}En`]: value })} maxLength={most} required={false} hint={t('ladder.enHint')} invalid={wrong === `detail.${field}.en`} />,
  ]
  const fields = {
    by: () => <SelectField key="by" label={label('by')} value={detail.by || undefined} all={t('ladder.notSaid')} options={admittedBy.map((by) => ({ value: by, label: t(`ladder.words.by.${by}`) }))} onChange={(by) => put({ by: by ?? '' })} />,
    institutions: () => number('institutions'), casesApplied: () => number('casesApplied'), casesApproved: () => number('casesApproved'),
    rule: () => both('rule', 1_000), reviewPath: () => both('reviewPath', 500), scheme: () => both('scheme', 200), pays: () => both('pays', 500),
    askedOn: () => <TextField key="askedOn" label={label('askedOn')} value={detail.askedOn} onChange={(askedOn) => put({ askedOn })} required={false} placeholder="2025-12" hint={t('ladder.datedHint')} invalid={wrong === 'detail.askedOn'} />,
    stopping: () => <SelectField key="stopping" label={label('stopping')} value={detail.stopping ? 'yes' : 'no'} options={(['no', 'yes'] as const).map((one) => ({ value: one, label: t(`ladder.words.says.${one}`) }))} onChange={(value) => put({ stopping: value === 'yes' })} />,
  }
  return <>{detailsOf[draft.rung].map((field) => fields[field]())}</>
}
