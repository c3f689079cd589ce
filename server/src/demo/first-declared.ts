import { declarationDays } from './calendar.js'
import type { Institution } from './institutions.js'
import type { Spread } from './lot.js'
import { firstSpread, named } from './lot.js'
import { at, randomOf } from './random.js'
import type { Pair, World } from './world.js'
import { isOpen } from './world.js'

/** The published totals of 2026-01-11: 965 institutions. */
const declaredHospitals = 449
const declaredPharmacies = 516
/** Units so small that one of them, by lot, lacks the most widely declared drug: it is in more than 30 of 32, not in all. */
const smallUnits = ['540000', '630000', '660000']

/**
 * The pairs that companies declare in stock on 2026-01-11, after their corrections: built so that the distinct
 * institutions, the institutions per named drug and the units per drug are the published ones.
 */
export function firstDeclaredPairs(world: World): Pair[] {
  const random = randomOf('declared on the first day')
  const lacking = random.pick(smallUnits)
  const first = at(declarationDays, 0)
  const open = world.institutions.filter((institution) => institution.unit !== lacking && isOpen(institution, first))
  const hospitals = random.sample(open.filter((each) => each.kind === 'hospital'), declaredHospitals, hospitalWeight)
  const pharmacies = random.sample(open.filter((each) => each.kind === 'pharmacy'), declaredPharmacies, (each) => (each.dualChannel ? 3 : 1))
  const chosen = [...hospitals, ...pharmacies]
  const bare = new Set(chosen)
  const bySize = [...firstSpread].sort((a, b) => a.hospitals + a.pharmacies - b.hospitals - b.pharmacies)
  // Ipilimumab last: it reaches every unit of the chosen, so it takes whoever is still without a drug.
  const order = [...bySize.filter((spread) => spread.drug !== named.ipilimumab), ...bySize.filter((spread) => spread.drug === named.ipilimumab)]
  const pairs = order.flatMap((spread) => pairsOf(world, spread, chosen, bare))
  if (bare.size > 0) throw new Error(`${bare.size} institutions are left without a drug`)
  return pairs
}

function hospitalWeight(institution: Institution): number {
  const cells = institution.qualifications.filter((qualification) => qualification.startsWith('car-t:')).length
  return (institution.level.startsWith('三级') ? 3 : 0.6) + cells * 3
}

function pairsOf(world: World, spread: Spread, chosen: readonly Institution[], bare: Set<Institution>): Pair[] {
  const random = randomOf(`first declared ${spread.drug}`)
  const weight = (each: Institution): number => (world.isEligible(each, spread.drug) ? 12 : 1) * (bare.has(each) ? 3 : 1)
  const room = (kind: string): Institution[] => chosen.filter((each) => each.kind === kind && (kind === 'hospital' ? spread.hospitals : spread.pharmacies) > 0)
  const usable = [...room('hospital'), ...room('pharmacy')]
  const perUnit = new Map<string, Institution[]>()
  for (const each of usable) perUnit.set(each.unit, [...(perUnit.get(each.unit) ?? []), each])
  const units = random.sample([...perUnit.keys()], spread.units, (unit) => perUnit.get(unit)?.length ?? 0)
  if (units.length < spread.units) throw new Error(`${spread.drug} finds only ${units.length} units`)
  // One institution in each unit first, so that the number of units holds; in some units it stays with one kind.
  const oneKind = new Map(random.sample(units, Math.floor(units.length / 5), () => 1).map((unit) => [unit, random.chance(0.5) ? 'hospital' : 'pharmacy']))
  const left = { hospital: spread.hospitals, pharmacy: spread.pharmacies }
  const taken = new Set<Institution>()
  const take = (each: Institution | undefined): void => {
    if (each === undefined || left[each.kind] === 0) return
    taken.add(each)
    left[each.kind] -= 1
  }
  for (const unit of units) {
    const inUnit = (perUnit.get(unit) ?? []).filter((each) => left[each.kind] > 0)
    const preferred = inUnit.filter((each) => each.kind === oneKind.get(unit))
    take(random.sample(preferred.length > 0 ? preferred : inUnit, 1, weight)[0])
  }
  for (const kind of ['hospital', 'pharmacy'] as const) {
    const fits = usable.filter((each) => each.kind === kind && !taken.has(each) && units.includes(each.unit))
    const free = fits.filter((each) => (oneKind.get(each.unit) ?? kind) === kind || (spread.drug === named.ipilimumab && bare.has(each)))
    const must = spread.drug === named.ipilimumab ? free.filter((each) => bare.has(each)) : []
    for (const each of must) take(each)
    for (const each of random.sample(free.filter((one) => !taken.has(one)), left[kind], weight)) take(each)
  }
  if (left.hospital + left.pharmacy > 0 || new Set([...taken].map((each) => each.unit)).size !== spread.units) throw new Error(`${spread.drug} does not fit its spread`)
  for (const each of taken) bare.delete(each)
  return [...taken].map((institution) => ({ institution, drug: spread.drug }))
}
