import type { Day, Period } from '@lastmile/shared/day'
import { dayIn } from '@lastmile/shared/day'
import type { Reason, Status } from '@lastmile/shared/status'
import { lastDay, periods } from './calendar.js'
import { cellTherapies, drawnByLot, drawnFates } from './lot.js'
import type { Random } from './random.js'
import { at, randomOf } from './random.js'
import { retailPrice } from './prices.js'
import { carriesPrices, type UnitPlan } from './schedule.js'
import type { Pair, World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** A line of a province's monthly confirmation. */
export interface Confirmation extends Pair { status: Status; reason: Reason | null; leadDays: number | null; filedOn: Day; observedOn: Day | null; price: string | null }

/** What a unit's officers know of a pair, from month to month. */
interface Watched extends Pair { status: Status; reason: Reason | null; leadDays: number | null; saidOn: Day | null }

/** Days of the month on which institutions file: few, since days are what history is kept by. */
const filingDays = ['08', '16', '22', '26']

/**
 * A unit's reports, month by month, unsent months left out. It looks at most of the institutions that companies have
 * declared, at some that nobody has, and asks a few network hospitals about the drawn drugs; statuses change slowly.
 */
export function confirmations(world: World, plan: UnitPlan, declaredByMonth: readonly (readonly Pair[])[]): { period: Period; rows: Confirmation[] }[] {
  const random = randomOf(`confirmations of ${plan.unit}`)
  const watched = new Map<string, Watched>()
  const passedOver = new Set<string>()
  return periods.flatMap((period, month) => {
    const declared = at(declaredByMonth, month).filter((pair) => pair.institution.unit === plan.unit)
    const declaredKeys = new Set(declared.map(pairKey))
    for (const pair of [...declared, ...undeclared(world, plan.unit, month, random)]) {
      const key = pairKey(pair)
      if (watched.has(key) || passedOver.has(key)) continue
      if (declaredKeys.has(key) && random.chance(0.2)) passedOver.add(key)
      else watched.set(key, judged(random, pair, declaredKeys.has(key)))
    }
    if (month > 0) for (const [key, pair] of watched) watched.set(key, nextMonth(random, pair, declaredKeys.has(key), plan.falling && month >= 2))
    const arrives = plan.sent.get(period)
    const rows = monthly(random, plan, period, [...watched.values()], arrives === undefined ? lastDay(period) : dayIn('Asia/Shanghai', arrives))
    return arrives === undefined || rows.length === 0 ? [] : [{ period, rows }]
  })
}

/** Pairs that no company has declared: some are asked about because they are eligible, the drawn drugs at network hospitals. */
function undeclared(world: World, unit: string, month: number, random: Random): Pair[] {
  const own = world.institutions.filter((institution) => institution.unit === unit)
  const drugs = [...world.drugs.keys()].filter((drug) => !drawnByLot.includes(drug))
  const asked = random.sample(own, Math.ceil(own.length * (month === 0 ? 0.08 : 0.012)), () => 1).flatMap((institution) => {
    const fits = drugs.filter((drug) => world.isEligible(institution, drug))
    return random.sample(fits, 2, () => 1).map((drug) => ({ institution, drug }))
  })
  if (month > 0) return asked
  const network = own.filter((institution) => institution.qualifications.includes('rare-disease-network'))
  return [...asked, ...drawnByLot.flatMap((drug) => random.sample(network, 3, () => 1).map((institution) => ({ institution, drug })))]
}

/** What an institution says when asked for the first time. */
function judged(random: Random, pair: Pair, declared: boolean): Watched {
  const weights: Partial<Record<Status, number>> = declared
    ? (pair.drug in cellTherapies ? { in_stock: 34, on_order: 44, not_carried: 9, not_known: 9, out_of_stock: 4 }
      : { in_stock: 70, on_order: 4, out_of_stock: 8, not_carried: 8, not_known: 8, discontinued: 2 })
    : drawnByLot.includes(pair.drug) ? { not_carried: 72, not_known: 22, on_order: pair.drug === drawnFates.orderable ? 16 : 0 }
      : { in_stock: 12, on_order: 5, out_of_stock: 6, not_carried: 64, not_known: 13 }
  const status = at(random.sample(Object.keys(weights) as Status[], 1, (one) => weights[one] ?? 0), 0)
  return { institution: pair.institution, drug: pair.drug, status, reason: reasonOf(random, pair, status), leadDays: leadDaysOf(random, pair, status), saidOn: null }
}

/** Most pairs stay as they were; some are judged anew, what ran out often comes back. Where stocks fall, they run out and stay out. */
function nextMonth(random: Random, pair: Watched, declared: boolean, falling: boolean): Watched {
  const ranOut = (): Watched => ({ ...pair, status: 'out_of_stock', reason: 'supply', leadDays: null, saidOn: null })
  const roll = random.next()
  if (falling) return pair.status === 'in_stock' && roll < 0.35 ? ranOut() : pair
  if (pair.status === 'out_of_stock' && roll < 0.35) return { ...pair, status: 'in_stock', reason: null, leadDays: null, saidOn: null }
  if (pair.status === 'in_stock' && roll < 0.03) return ranOut()
  return roll > 0.95 ? judged(random, pair, declared) : pair
}

function reasonOf(random: Random, pair: Pair, status: Status): Reason | null {
  if (status === 'out_of_stock') return random.chance(0.7) ? 'supply' : null
  if (status === 'discontinued') return random.pick<Reason>(['expiry_risk', 'few_patients'])
  if (status !== 'not_carried') return null
  if (pair.drug in cellTherapies) return random.pick<Reason>(['qualified_centre', 'qualified_centre', 'performance_assessment', 'few_patients'])
  if (drawnByLot.includes(pair.drug)) return random.pick<Reason>(['few_patients', 'few_patients', 'committee_not_convened', 'expiry_risk', 'cold_chain'])
  if (pair.institution.kind === 'pharmacy') return random.pick<Reason>(['cold_chain', 'thin_margin', 'expiry_risk', 'few_patients'])
  return random.pick<Reason>(['committee_not_convened', 'committee_not_convened', 'formulary_size', 'performance_assessment', 'cold_chain', 'other'])
}

function leadDaysOf(random: Random, pair: Pair, status: Status): number | null {
  if (status !== 'on_order') return null
  return pair.drug in cellTherapies ? random.pick([18, 21, 25, 30]) : random.pick([3, 5, 7, 10])
}

/** The lines of one month: a few pairs are left out without a word, and an institution that has closed is not spoken of. */
function monthly(random: Random, plan: UnitPlan, period: Period, watched: readonly Watched[], arrivesOn: Day): Confirmation[] {
  const days = random.sample(filingDays, 2 + random.below(3), () => 1).sort()
  const dayOf = new Map<string, Day>()
  return watched.flatMap((pair) => {
    const { institution, drug, status, reason, leadDays } = pair
    const filedOn = dayOf.get(institution.code) ?? `${period}-${random.pick(days)}`
    dayOf.set(institution.code, filedOn)
    const leftOut = random.chance(0.02)
    if (leftOut || !isOpen(institution, filedOn) || !isOpen(institution, filedOn, arrivesOn)) return []
    pair.saidOn ??= filedOn
    const observedOn = plan.restates ? pair.saidOn : null
    // Prices were drawn from these dice once, in the files that carried any: what is drawn after them stays as it was.
    if (plan.priced.includes(period) && status === 'in_stock') random.next()
    const price = carriesPrices(plan, period) && status === 'in_stock' ? retailPrice(pair) : null
    return [{ institution, drug, status, reason, leadDays, filedOn, observedOn, price }]
  })
}
