import type { Plan } from '@lastmile/shared/plan'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { usePlanPlace } from '../../lib/plan-place'

/** How a plan's place and days are said. */
export function usePlanWords(): { where: (plan: Plan) => string; valid: (plan: Plan) => string } {
  const { t } = useTranslation()
  const format = useFormat()
  return {
    where: usePlanPlace(t('plans.whole')),
    valid: ({ validFrom, validTo }) => (validTo === null ? t('plans.validOpen', { from: format.shortDay(validFrom, true) }) : t('plans.validBetween', { from: format.shortDay(validFrom, true), to: format.shortDay(validTo, true) })),
  }
}
