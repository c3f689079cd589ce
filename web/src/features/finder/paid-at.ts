import type { FinderResult } from '@lastmile/shared/finder'
import type { Plan } from '@lastmile/shared/plan'
import type { Text } from '@lastmile/shared/text'
import type { Whence } from './whence'

/**
 * Where it is asked who pays: the city (without one the unit) by its name. `isChosen`: a person chose it, so the server may be
 * asked for it in an address. What was worked out from the position of a device stays in this page: then all is asked, and
 * what is of the place is found here.
 */
export interface PaidAt { unit: string; city: string | null; name: Text; isChosen: boolean }

/** Where it is asked who pays, by where one looks from and the place that the answer tells of; null until it is known. */
export function paidAt(whence: Whence | null, guessed: FinderResult['place']): PaidAt | null {
  if (whence?.by === 'place') return { unit: whence.unit, city: whence.city, name: whence.name, isChosen: true }
  return whence === null || guessed === null ? null : { unit: guessed.unit, city: guessed.city, name: guessed.cityName, isChosen: false }
}

/** Whether a plan is sold in a city: in the whole country, all of its unit, or the city. */
export function isSoldAt(plan: Pick<Plan, 'unit' | 'city'>, { unit, city }: Pick<PaidAt, 'unit' | 'city'>): boolean {
  return plan.unit === null || (plan.city === null ? plan.unit === unit : plan.city === city)
}
