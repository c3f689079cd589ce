import type { Plan } from '@lastmile/shared/plan'
import { useText } from './i18n'
import { useWorld } from './world'

/** Where a plan is sold: in a unit, or a city of it, whose code stands where its name is not known. `whole`: the words for the whole country, which pages have among their own. */
export function usePlanPlace(whole: string): (plan: Plan) => string {
  const text = useText()
  const { unitName } = useWorld()
  return ({ unit, city, cityName }) => [unit === null ? whole : unitName(unit), city === null ? null : cityName === null ? city : text(cityName)].filter((one) => one !== null).join(' · ')
}
