import { drawnUnsupplied, named } from './lot.js'
import type { Random } from './random.js'
import { randomOf } from './random.js'
import type { Pair, World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** Published for 2026-01-20, counted since 2026-01-01: 14 drugs in 223 institutions, lecanemab in 156, donanemab in 46. */
const soldInstitutions = 223
const soldLecanemab = 156
const soldDonanemab = 46
/** Of lecanemab's, how many no company has declared; of donanemab's, how many sell lecanemab too. */
const undeclaredLecanemab = 12
const both = 16
/** More sales of ipilimumab at institutions already counted. */
const extraIpilimumab = 9

/** A pair with a sale by 2026-01-20, and in which of the first two feeds it stands (0, 1 or both). */
export interface FirstSale { pair: Pair; feeds: readonly number[] }

export function firstSales(world: World, declared: readonly Pair[], everDeclared: ReadonlySet<string>): FirstSale[] {
  const random = randomOf('first sales')
  const stays = declared.filter((pair) => isOpen(pair.institution, '2026-01-01', '2026-02-01'))
  const sold = new Set<string>()
  const pairs: Pair[] = []
  const sell = (some: readonly Pair[], wanted: number): void => {
    if (some.length !== wanted) throw new Error(`${some.length} sales where ${wanted} were wanted`)
    for (const pair of some) {
      pairs.push(pair)
      sold.add(pair.institution.code)
    }
  }
  const isSold = (pair: Pair): boolean => sold.has(pair.institution.code)
  const of = (drug: string): Pair[] => stays.filter((pair) => pair.drug === drug)

  sell(random.sample(of(named.lecanemab), soldLecanemab - undeclaredLecanemab, () => 1), soldLecanemab - undeclaredLecanemab)
  sell(undeclared(world, random, everDeclared), undeclaredLecanemab)
  sell(random.sample(of(named.donanemab).filter(isSold), both, () => 1), both)
  sell(random.sample(of(named.donanemab).filter((pair) => !isSold(pair)), soldDonanemab - both, () => 1), soldDonanemab - both)
  const others = [...world.drugs.keys()].filter((drug) => !drawnUnsupplied.includes(drug) && drug !== named.lecanemab && drug !== named.donanemab)
  for (const drug of others) {
    const own = of(drug)
    // At most two each: eleven of these drugs must not use up the institutions that are still to be counted.
    sell(random.sample(own, Math.min(2, own.length), () => 1), Math.min(2, own.length))
  }
  const missing = soldInstitutions - sold.size
  const chosen = new Set(pairs.map(pairKey))
  const ipilimumab = of(named.ipilimumab).filter((pair) => !chosen.has(pairKey(pair)))
  sell(random.sample(ipilimumab.filter(isSold), extraIpilimumab, () => 1), extraIpilimumab)
  sell(random.sample(ipilimumab.filter((pair) => !isSold(pair)), missing, () => 1), missing)
  return pairs.map((pair) => ({ pair, feeds: random.pick([[0], [0], [1], [1], [0, 1]]) }))
}

function undeclared(world: World, random: Random, everDeclared: ReadonlySet<string>): Pair[] {
  const fits = world.institutions.filter((institution) => world.isEligible(institution, named.lecanemab)
    && isOpen(institution, '2026-01-01', '2026-02-01') && !everDeclared.has(pairKey({ institution, drug: named.lecanemab })))
  return random.sample(fits, undeclaredLecanemab, () => 1).map((institution) => ({ institution, drug: named.lecanemab }))
}
