import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import type { AboutDraft } from './stage-draft'

/** What is said of a drug: names, category, and what its eligibility rests on. What is left open is not known. */
export function AboutFields({ draft, onChange, wrong }: { draft: AboutDraft; onChange: (draft: AboutDraft) => void; wrong: string | null }) {
  const { t } = useTranslation()
  const put = (next: Partial<AboutDraft>) => onChange({ ...draft, ...next })
  const yesNo = [{ value: 'yes', label: t('candidacies.yesNo.yes') }, { value: 'no', label: t('candidacies.yesNo.no') }]
  const choice = (label: string, field: 'both' | 'rare' | 'cover') => <SelectField label={label} value={draft[field] || undefined} all={t('candidacies.notKnown')} options={yesNo} onChange={(value) => put({ [field]: value ?? '' })} />
  return (
    <Fields>
      <TextField label={t('candidacies.nameZh')} value={draft.nameZh} onChange={(nameZh) => put({ nameZh })} maxLength={200} invalid={wrong === 'name.zh'} />
      <TextField label={t('candidacies.nameEn')} value={draft.nameEn} onChange={(nameEn) => put({ nameEn })} maxLength={200} invalid={wrong === 'name.en'} />
      <TextField label={t('candidacies.category')} value={draft.category} onChange={(category) => put({ category })} required={false} maxLength={20} invalid={wrong === 'categoryCode'} />
      {choice(t('candidacies.bothLists'), 'both')}
      {choice(t('candidacies.rare'), 'rare')}
      <TextField label={t('candidacies.launched')} value={draft.launched} onChange={(launched) => put({ launched })} required={false} pattern="\d{4}(-\d{2}(-\d{2})?)?" hint={t('candidacies.launchedHint')} invalid={wrong === 'launched.on'} />
      {draft.launched.trim() !== '' && <TextField label={t('candidacies.launchedZh')} value={draft.launchedZh} onChange={(launchedZh) => put({ launchedZh })} maxLength={300} invalid={wrong === 'launched.source.zh'} />}
      {draft.launched.trim() !== '' && <TextField label={t('candidacies.launchedEn')} value={draft.launchedEn} onChange={(launchedEn) => put({ launchedEn })} maxLength={300} invalid={wrong === 'launched.source.en'} />}
      {choice(t('candidacies.cover'), 'cover')}
      {draft.cover !== '' && <TextField label={t('candidacies.coverZh')} value={draft.coverZh} onChange={(coverZh) => put({ coverZh })} maxLength={300} invalid={wrong === 'cover.source.zh'} />}
      {draft.cover !== '' && <TextField label={t('candidacies.coverEn')} value={draft.coverEn} onChange={(coverEn) => put({ coverEn })} maxLength={300} invalid={wrong === 'cover.source.en'} />}
    </Fields>
  )
}
