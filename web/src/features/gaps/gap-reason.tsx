import type { GapReason } from '@lastmile/shared/gap'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { standingLooks, stateLooks, type Look } from '../../ui/marks'
import { LookMark } from '../../ui/state-mark'
import css from './gaps.module.css'

/** Looks of the reasons, borrowed from the states that they speak of. */
const looks: Record<GapReason, Look> = {
  nobody_stocks: stateLooks.not_carried,
  not_reported: stateLooks.not_reported,
  not_known: stateLooks.not_known,
  stale: stateLooks.stale,
  declared_only: standingLooks.declared_only,
  too_few: stateLooks.out_of_stock,
}

/** The honest reason for a gap by mark and word, with what it means on hover and for screen readers. */
export function GapReasonMark({ reason }: { reason: GapReason }) {
  const { t } = useTranslation()
  return <span className={css.reason} title={t(`gaps.means.${reason}`)}><LookMark look={looks[reason]} />{t(`words.gapReason.${reason}`)}</span>
}

/** What there is against what is needed, 1 of 3; null where nothing is asked. */
export function HaveNeed({ children, need }: { children: ReactNode; need: string | null }) {
  const { t } = useTranslation()
  return <span className={css.have}><strong>{children}</strong>{need !== null && <span className="quiet"> {t('gaps.need', { need })}</span>}</span>
}

/** Points to a note below the table. */
export function NoteMark({ note }: { note: number }) {
  return note < 0 ? null : <sup> [{note + 1}]</sup>
}
