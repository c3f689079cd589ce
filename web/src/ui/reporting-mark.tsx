import type { SourceStatus } from '@lastmile/shared/report'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { stateLooks, type Look } from './marks'
import { LookMark } from './state-mark'

const looks: Record<SourceStatus['reporting'], Look> = {
  never: { ...stateLooks.not_reported, color: 'var(--alarm)' },
  late: { ...stateLooks.stale, color: 'var(--warn)' },
  not_due: { ...stateLooks.on_order, color: 'var(--s-not-known)' },
  on_time: stateLooks.in_stock,
}

/** Whether a source has reported in time, by mark and word; how late it is. */
export function ReportingMark({ source }: { source: SourceStatus }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
      <LookMark look={looks[source.reporting]} />
      {t(`words.reporting.${source.reporting}`)}
      {source.daysLate > 0 && ` · ${t('reports.daysLate', { count: source.daysLate, formatted: format.number(source.daysLate) })}`}
    </span>
  )
}
