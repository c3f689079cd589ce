import type { NewSettlementPrice } from '@lastmile/shared/price'
import { drawnByLot } from './lot.js'
import { randomOf } from './random.js'
import type { Pair } from './world.js'

/*
 * Figures that nobody can take for a price agreed or charged: each digit stands there twice, and the first two go by the
 * drug's place in the list. Drawn from streams of their own, so that whatever else is drawn stays as it was.
 */

/** What an institution asks for a drug. Pharmacies ask a little more than hospitals, a few institutions a great deal more. */
export function retailPrice({ institution, drug }: Pair): string {
  const random = randomOf(`price of ${drug} at ${institution.code}`)
  const high = random.chance(0.04) ? 1 : 0
  const low = random.below(3) + (institution.kind === 'pharmacy' ? 2 : 1)
  return twice(placeOf(drug) + high, low, random.below(10))
}

/** At what each listed drug is settled, from the day the list came into force; some have a lower one from July on. */
export function settlementPrices(drugs: readonly string[], inForce: string): NewSettlementPrice[] {
  const random = randomOf('settlement prices')
  // Of drugs that nobody stocks, none is settled.
  return drugs.filter((drug) => !drawnByLot.includes(drug)).flatMap((drug) => {
    const [low, falls] = [1 + random.below(3), random.chance(0.3)]
    const price = (validFrom: string, low: number): NewSettlementPrice => ({ drug, validFrom, amount: twice(placeOf(drug), low, 0), pack: '盒 box' })
    return [price(inForce, low), ...(falls ? [price('2026-07-01', low - 1)] : [])]
  })
}

/** From 1 to 8, by the drug's place in the list. */
function placeOf(drug: string): number {
  return 1 + (Number(drug.slice(-2)) % 8)
}

function twice(high: number, low: number, cents: number): string {
  return `${high}${high}${low}${low}.${cents}${cents}`
}
