import { reasonedStages, isWindowStage, type DrugStage } from '@lastmile/shared/drug-stage'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { useStageWords } from './candidacy-words'
import type { StageDraft } from './stage-draft'

/** The fields of a stage: which, from when to when, by which document, and why where it needs a reason. */
export function StageFields({ draft, stages, onChange, wrong }: { draft: StageDraft; stages: readonly DrugStage[]; onChange: (draft: StageDraft) => void; wrong: string | null }) {
  const { t } = useTranslation()
  const words = useStageWords()
  const put = (next: Partial<StageDraft>) => onChange({ ...draft, ...next })
  const blamed = wrong?.replace(/^stage\./, '') ?? null
  return (
    <Fields>
      <SelectField label={t('candidacies.stage')} value={draft.stage} options={stages.map((stage) => ({ value: stage, label: words.stage(stage) }))} onChange={(next) => { const stage = stages.find((one) => one === next); if (stage) put({ stage, ...(isWindowStage(stage) ? {} : { until: '' }) }) }} />
      <TextField type="date" label={t(isWindowStage(draft.stage) ? 'candidacies.firstDay' : 'candidacies.on')} value={draft.on} onChange={(on) => put({ on })} required={draft.stage === 'temporary_inclusion'} hint={t('candidacies.onHint')} invalid={blamed === 'on'} />
      {isWindowStage(draft.stage) && <TextField type="date" label={t('candidacies.lastDay')} value={draft.until} onChange={(until) => put({ until })} required={false} min={draft.on || undefined} hint={t('candidacies.untilHint')} invalid={blamed === 'until'} />}
      <TextField label={t('candidacies.documentZh')} value={draft.documentZh} onChange={(documentZh) => put({ documentZh })} maxLength={300} invalid={blamed === 'evidence.document.zh'} />
      <TextField label={t('candidacies.documentEn')} value={draft.documentEn} onChange={(documentEn) => put({ documentEn })} maxLength={300} invalid={blamed === 'evidence.document.en'} />
      <TextField label={t('candidacies.documentNumber')} value={draft.number} onChange={(number) => put({ number })} required={false} maxLength={80} invalid={blamed === 'evidence.number'} />
      <TextField type="date" label={t('candidacies.documentDay')} value={draft.day} onChange={(day) => put({ day })} required={false} invalid={blamed === 'evidence.day'} />
      <TextField label={t('candidacies.url')} value={draft.url} onChange={(url) => put({ url })} required={false} maxLength={500} pattern="https://.+" hint="https://" invalid={blamed === 'evidence.url'} />
      {reasonedStages.includes(draft.stage) && <TextField label={t('candidacies.reasonZh')} value={draft.reasonZh} onChange={(reasonZh) => put({ reasonZh })} maxLength={500} invalid={blamed === 'reason' || blamed === 'reason.zh'} />}
      {reasonedStages.includes(draft.stage) && <TextField label={t('candidacies.reasonEn')} value={draft.reasonEn} onChange={(reasonEn) => put({ reasonEn })} maxLength={500} invalid={blamed === 'reason.en'} />}
    </Fields>
  )
}
