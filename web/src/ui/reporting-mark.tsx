import type { SourceStatus } from '@lastmile/shared/report'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { stateLooks, type Look } from './marks'
import css from './reporting-mark.module.css'
import { LookMark } from './state-mark'

const looks: Record<SourceStatus['reporting'], Look> = {
  never: { ...stateLooks.not_reported, color: 'var(--alarm)' },
  late: { ...stateLooks.stale, color: 'var(--warn)' },
  not_due: { ...stateLooks.on_order, color: 'var(--s-not-known)' },
  on_time: stateLooks.in_stock,
}

/** Those that want attention first. */
export const reportingOrder: readonly SourceStatus['reporting'][] = ['never', 'late', 'not_due', 'on_time']

/** Whether a source has reported in time, by mark and word; how late it is. */
export function ReportingMark({ source }: { source: SourceStatus }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span className={css.mark}>
      <LookMark look={looks[source.reporting]} />
      <span>{t(`words.reporting.${source.reporting}`)}{source.daysLate > 0 && <small>{t('sources.daysLate', { count: source.daysLate, formatted: format.number(source.daysLate) })}</small>}</span>
    </span>
  )
}

/** How many sources have reported in time, and how many have not. */
export function ReportingSummary({ sources }: { sources: readonly SourceStatus[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ul className={css.summary}>
      {reportingOrder.map((status) => <li key={status}><LookMark look={looks[status]} /> {t(`words.reporting.${status}`)} <strong>{format.number(sources.filter((source) => source.reporting === status).length)}</strong></li>)}
    </ul>
  )
}
