import type { Day } from '@lastmile/shared/day'
import { addDays } from '@lastmile/shared/day'
import { declarationDays, feedDays } from './calendar.js'
import { firstSales } from './first-sales.js'
import { cellTherapies, drawnByLot, drawnFates, named } from './lot.js'
import type { Random } from './random.js'
import { at, randomOf } from './random.js'
import type { Pair, World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** One event: a sale or settlement seen at an institution. */
export interface Sale extends Pair { day: Day; quantity: number | null }

/** The feeds in order. The first two hold what the bulletin of 2026-01-20 counts; the rest follows what is declared, and a little of what nobody declares. */
export function supplyFeeds(world: World, stockedByDay: readonly (readonly Pair[])[], everDeclared: ReadonlySet<string>): { asOf: Day; sales: Sale[] }[] {
  const first = firstSales(world, at(stockedByDay, 0), everDeclared)
  const silent = neverDeclared(world, everDeclared)
  return feedDays.map((asOf, index) => {
    const random = randomOf(`sales to ${asOf}`)
    const days = saleDays(index)
    const pairs = index < 2 ? first.filter((entry) => entry.feeds.includes(index)).map((entry) => entry.pair) : later(random, asOf, stockedByDay, silent)
    const sales = pairs.filter((pair) => isOpen(pair.institution, at(days, 0), addDays(asOf, 5)))
      .map((pair) => ({ ...pair, day: random.pick(days), quantity: random.chance(0.9) ? 1 + random.below(pair.drug in cellTherapies ? 1 : 6) : null }))
    return { asOf, sales }
  })
}

/** Three days of each fortnight, so that history has few steps. None before the list came into force. */
function saleDays(index: number): Day[] {
  const before = index === 0 ? '2025-12-31' : at(feedDays, index - 1)
  return [addDays(before, 3), addDays(before, 6), addDays(at(feedDays, index), -1)]
}

const rates: Readonly<Record<string, number>> = { [named.lecanemab]: 0.2, [named.donanemab]: 0.22, [named.ipilimumab]: 0.1 }

function later(random: Random, asOf: Day, stockedByDay: readonly (readonly Pair[])[], silent: readonly Pair[]): Pair[] {
  const index = declarationDays.findLastIndex((day) => day <= asOf)
  const declared = at(stockedByDay, index).filter((pair) => !drawnByLot.includes(pair.drug) || pair.drug === drawnFates.later)
  const rate = (pair: Pair): number => rates[pair.drug] ?? (pair.drug in cellTherapies ? 0.04 : 0.1)
  return [...declared.filter((pair) => random.chance(rate(pair))), ...silent.filter(() => random.chance(0.3))]
}

/** Pairs with sales that no company ever declares. */
function neverDeclared(world: World, everDeclared: ReadonlySet<string>): Pair[] {
  const random = randomOf('sold and never declared')
  const drugs = [...world.drugs.keys()].filter((drug) => !drawnByLot.includes(drug) && !(drug in cellTherapies))
  return random.sample(world.institutions, 90, () => 1).flatMap((institution) => {
    const fits = drugs.filter((drug) => world.isEligible(institution, drug) && !everDeclared.has(pairKey({ institution, drug })))
    return random.sample(fits, 1, (drug) => rates[drug] ?? 0.05).map((drug) => ({ institution, drug }))
  })
}
