import type { Plan } from '@lastmile/shared/plan'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'

/** How a plan's place and days are said. `whole`: the words for the whole country, which pages have among their own. */
export function usePlanWords(whole: string): { where: (plan: Plan) => string; valid: (plan: Plan) => string } {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { unitName } = useWorld()
  return {
    where: ({ unit, city, cityName }) => [unit === null ? whole : unitName(unit), city === null ? null : cityName === null ? city : text(cityName)].filter((one) => one !== null).join(' · '),
    valid: ({ validFrom, validTo }) => (validTo === null ? t('plans.validOpen', { from: format.shortDay(validFrom, true) }) : t('plans.validBetween', { from: format.shortDay(validFrom, true), to: format.shortDay(validTo, true) })),
  }
}
