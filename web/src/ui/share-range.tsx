import { fewestEligibleForShare, type Eligible, type Share } from '@lastmile/shared/coverage'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import css from './share-range.module.css'

/**
 * A share with what it is made of: numerator, denominator and unknown, as a range (unknown as no – unknown as yes).
 * Under five eligible no share is shown: `names` stands there instead. Null: no eligibility is loaded.
 */
export function ShareRange({ eligible, share, names }: { eligible: Eligible | null; share: Share | null; names?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!eligible) return <span className="quiet">{t('parts.noEligibility')}</span>
  if (eligible.institutions === 0) return <span className="quiet">{t('parts.noneEligible')}</span>
  if (!share || eligible.institutions < fewestEligibleForShare) return <>{names ?? <span className="quiet">{t('parts.few')}</span>}</>
  const label = t('parts.shareOf', { stocked: format.number(eligible.stocked), eligible: format.number(eligible.institutions), unknown: format.number(eligible.unknown) })
  return (
    <span className={css.share} title={label}>
      <span className={css.bar} aria-hidden="true">
        <i style={{ width: `${share.low * 100}%` }} />
        <i data-possible="true" style={{ left: `${share.low * 100}%`, width: `${(share.high - share.low) * 100}%` }} />
      </span>
      <strong>{format.share(share)}</strong>
      <small>{label}</small>
    </span>
  )
}
