import type { Day } from '@lastmile/shared/day'
import { addDays } from '@lastmile/shared/day'
import { declarationDays } from './calendar.js'
import type { Declared } from './declaration.js'
import { inStock, linesOf, put } from './declaration.js'
import type { Institution } from './institutions.js'
import { cellTherapies, drawnByLot, drawnFates } from './lot.js'
import type { Random } from './random.js'
import { at, randomOf } from './random.js'
import type { World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** From which declaration day the first of the drawn drugs is in stock somewhere, and the second can at least be ordered. */
const laterFrom = 4
const orderableFrom = 1

/**
 * New lines of the companies that send on a declaration day: more drugs at institutions already counted, then exactly
 * as many new institutions as the day's total wants.
 */
export function growInto(world: World, state: Declared, sending: readonly string[], index: number, total: number): void {
  const asOf = at(declarationDays, index)
  const random = randomOf(`declarations grow to ${asOf}`)
  drawnDrugs(world, state, sending, index)
  const sizes = new Map<string, number>()
  const counted = new Map<string, Institution>()
  for (const row of inStock(world, state, asOf)) {
    sizes.set(row.drug, (sizes.get(row.drug) ?? 0) + 1)
    counted.set(row.institution.code, row.institution)
  }
  const drugs = [...sizes.keys()].filter((drug) => sending.includes(world.sourceOf.get(drug) ?? '')).sort()
  const weightOf = (drug: string): number => (sizes.get(drug) ?? 0) + 8
  const add = (institution: Institution, drug: string): void => put(world, state, { institution, drug, status: 'in_stock', since: asOf, filedOn: null })
  const present = (institution: Institution, drug: string): boolean => linesOf(state, world.sourceOf.get(drug) ?? '').has(pairKey({ institution, drug }))

  for (const drug of drugs) {
    const fits = [...counted.values()].filter((institution) => staysOpen(institution, asOf) && !present(institution, drug))
    const more = random.sample(fits, 1 + Math.floor((sizes.get(drug) ?? 0) * 0.045), (institution) => fitness(world, institution, drug))
    for (const institution of more) add(institution, drug)
  }
  const missing = total - counted.size
  if (missing < 0) throw new Error(`${asOf}: ${counted.size} institutions are more than ${total}`)
  const fresh = world.institutions.filter((institution) => !counted.has(institution.code) && staysOpen(institution, asOf))
  for (const institution of random.sample(fresh, missing, newcomerWeight)) {
    const first = draw(random, drugs, (drug) => weightOf(drug) * fitness(world, institution, drug))
    add(institution, first)
    if (!random.chance(0.3)) continue
    const second = draw(random, drugs, (drug) => (drug === first ? 0 : weightOf(drug) * fitness(world, institution, drug)))
    if (!present(institution, second)) add(institution, second)
  }
}

function draw(random: Random, drugs: readonly string[], weight: (drug: string) => number): string {
  return at(random.sample(drugs, 1, weight), 0)
}

function newcomerWeight(institution: Institution): number {
  if (institution.kind === 'pharmacy') return institution.dualChannel ? 3 : 1
  return institution.level.startsWith('三级') ? 3 : 0.5
}

/** How well a drug fits an institution: eligible ones far ahead, a pharmacy hardly for a cell therapy. */
function fitness(world: World, institution: Institution, drug: string): number {
  if (world.isEligible(institution, drug)) return 12
  return institution.kind === 'pharmacy' && drug in cellTherapies ? 0.02 : 0.4
}

function staysOpen(institution: Institution, asOf: Day): boolean {
  return isOpen(institution, asOf, addDays(asOf, 12))
}

/** Hospitals that a company names in its first list for a drug that is nowhere. */
const namedWithout = 8

/**
 * The drawn drugs on the first day: their companies hand in lists too, which say of the hospitals that they name that
 * these do not carry the drug. A company that sends nothing would leave its drug unknown, not stocked nowhere.
 */
export function declareNowhere(world: World, state: Declared, asOf: Day): void {
  for (const drug of drawnByLot) {
    const fits = world.institutions.filter((each) => each.kind === 'hospital' && world.isEligible(each, drug) && staysOpen(each, asOf))
    for (const institution of randomOf(`nowhere ${drug}`).sample(fits, namedWithout, () => 1)) put(world, state, { institution, drug, status: 'not_carried', since: asOf, filedOn: null })
  }
}

/** The drawn drugs later on: one comes into stock late in spring at a few hospitals, one can be ordered and is never on a shelf, one is carried nowhere. */
function drawnDrugs(world: World, state: Declared, sending: readonly string[], index: number): void {
  const asOf = at(declarationDays, index)
  const place = (drug: string, count: number, status: 'in_stock' | 'on_order' | 'not_carried'): void => {
    if (!sending.includes(world.sourceOf.get(drug) ?? '')) return
    const random = randomOf(`drawn ${drug} ${asOf}`)
    const fits = world.institutions.filter((each) => each.kind === 'hospital' && world.isEligible(each, drug) && staysOpen(each, asOf))
    for (const institution of random.sample(fits, count, () => 1)) put(world, state, { institution, drug, status, since: asOf, filedOn: null })
  }
  if (index >= laterFrom) place(drawnFates.later, 5, 'in_stock')
  else place(drawnFates.later, 1, 'not_carried')
  place(drawnFates.never, 1, 'not_carried')
  if (index >= orderableFrom) place(drawnFates.orderable, index === orderableFrom ? 9 : 1, 'on_order')
}
