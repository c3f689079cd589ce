import type { GapReason } from '@lastmile/shared/gap'
import { useTranslation } from 'react-i18next'
import { standingLooks, stateLooks, type Look } from './marks'
import css from './gap-reason-mark.module.css'
import { LookMark } from './state-mark'

/** Looks of the reasons, borrowed from the states that they speak of. */
const looks: Record<GapReason, Look> = {
  nobody_stocks: stateLooks.not_carried,
  not_reported: stateLooks.not_reported,
  not_known: stateLooks.not_known,
  stale: stateLooks.stale,
  declared_only: standingLooks.declared_only,
  too_few: stateLooks.out_of_stock,
}

/** The honest reason for a gap by mark and word, with what it means on hover and for screen readers. `size` of the mark, in pixels. */
export function GapReasonMark({ reason, size = 16 }: { reason: GapReason; size?: number }) {
  const { t } = useTranslation()
  return <span className={css.reason} title={t(`gaps.means.${reason}`)}><LookMark look={looks[reason]} size={size} />{t(`words.gapReason.${reason}`)}</span>
}
