import type { Report } from '@lastmile/shared/report'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'

/** What a report did to the totals of its kind of evidence on its as-of day: before → after, and the pairs that moved. */
export function Effect({ report }: { report: Report }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { effect } = report
  if (!effect) return <span className="quiet">{t(report.state === 'draft' ? 'reports.noEffectDraft' : 'reports.noEffect')}</span>
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {t('reports.effectInstitutions', { before: format.number(effect.institutionsBefore), after: format.number(effect.institutionsAfter) })} <strong>{format.signed(effect.institutionsAfter - effect.institutionsBefore)}</strong>
      <span className="quiet" style={{ display: 'block' }}>{t('reports.effectPairs', { entered: format.number(effect.pairsEntered), left: format.number(effect.pairsLeft) })}</span>
    </span>
  )
}
