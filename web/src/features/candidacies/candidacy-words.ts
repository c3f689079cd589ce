import type { CandidacyRow } from '@lastmile/shared/candidacy'
import type { DrugStage } from '@lastmile/shared/drug-stage'
import { nextStage } from '@lastmile/shared/drug-standing'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'

type Standing = CandidacyRow['standing']

/** What stands in the mark of each stage, in the chart and in tables: the course is numbered, the rest has letters. */
export const stageSigns: Record<DrugStage, string> = {
  applied: '1', formal_review: '2', expert_evaluation: '3', price_consultation: '4', listed: '5', in_force: '6', not_passed: 'N', not_agreed: 'N', withdrawn: 'W', renewed: 'R', transferred: 'T', removed: 'X', temporary_inclusion: 'E',
}

/** Which marks look alike. */
export function toneOf(stage: DrugStage): 'course' | 'end' | 'later' | 'temporary' {
  if (stage === 'temporary_inclusion') return 'temporary'
  if (stage === 'renewed' || stage === 'transferred') return 'later'
  return stage === 'not_passed' || stage === 'not_agreed' || stage === 'withdrawn' || stage === 'removed' ? 'end' : 'course'
}

/** How a standing looks beside a name. */
export function standingTone(stage: Standing['stage']): 'plain' | 'alarm' | 'warn' | 'good' {
  if (stage === 'in_force') return 'good'
  if (stage === 'temporary_inclusion' || stage === 'expired' || stage === 'withdrawn') return 'warn'
  return stage === 'not_passed' || stage === 'not_agreed' || stage === 'removed' ? 'alarm' : 'plain'
}

/** The words for stages, their days and their contradictions. */
export function useStageWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const day = (one: string | null) => (one === null ? t('candidacies.dayUnknown') : format.day(one))
  return {
    stage: (stage: DrugStage) => t(`candidacies.stages.${stage}`),
    standing: ({ stage, since, endsOn }: Standing) => [t(`candidacies.standings.${stage}`), since === null ? null : t('candidacies.since', { day: format.shortDay(since, true) }), endsOn === null ? null : t('candidacies.until', { day: format.shortDay(endsOn, true) })].filter((one) => one !== null).join(t('candidacies.comma')),
    day,
    /** What comes next after a day; null where nothing is known of it. */
    next: (facts: CandidacyRow['facts'], after: string) => { const one = nextStage(facts, after); return one && t('candidacies.comesNext', { stage: t(`candidacies.stages.${one.stage}`), day: format.shortDay(one.on!, true) }) },
    contradiction: ({ kind, stage, on, against, againstOn }: CandidacyRow['contradictions'][number]) =>
      t(`candidacies.contradictions.${kind}`, { stage: t(`candidacies.stages.${stage}`), on: day(on), against: against === null ? '' : t(`candidacies.stages.${against}`), againstOn: day(againstOn) }),
  }
}
