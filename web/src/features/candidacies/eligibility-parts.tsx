import type { EligibilityRow } from '@lastmile/shared/candidacy'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/icons'

/** Why a drug meets the conditions, does not, or what is missing to tell: a line for each. */
export function EligibilityParts({ row: { eligibility } }: { row: EligibilityRow }) {
  const { t } = useTranslation()
  return <>{eligibility.parts.map(({ condition, state, reason }) => <div key={condition}>{state === 'not_known' && <Icon name="warning" size={13} />} {t(`candidacies.reasons.${reason}`)}</div>)}</>
}
