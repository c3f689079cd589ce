import type { Instant, Period } from '@lastmile/shared/day'
import { addDays } from '@lastmile/shared/day'
import { lastDay, officeHour, periods } from './calendar.js'
import { at, randomOf } from './random.js'

/** How one unit reports: which months, how late, and what is peculiar to it. Who gets which part is drawn by lot. */
export interface UnitPlan {
  unit: string
  /** Months sent, with the instant at which each arrives. A month not named is never sent. */
  sent: ReadonlyMap<Period, Instant>
  /** Its stocks run out month by month from March. */
  falling: boolean
  /** Months whose files carry a price column, by lot ({@link carriesPrices}). */
  priced: readonly Period[]
  /** States an observed day and restates it while nothing changes. */
  restates: boolean
  /** Corrects the month of February in April. */
  corrects: boolean
}

interface Part { missing?: readonly number[]; late?: readonly number[]; falling?: true; priced?: readonly number[]; restates?: true; corrects?: true; june?: true }

const all = [0, 1, 2, 3, 4]
/** One part a unit, as life has them; months are counted from January, 0. Units without a part report every month in time. */
const parts: readonly Part[] = [
  { missing: all }, { missing: [0] }, { missing: [0] }, { missing: [1] }, { missing: [1, 2] }, { missing: [2] }, { missing: [4] }, { missing: [4] },
  { missing: [2, 3, 4] }, { late: [1] }, { late: [0, 2, 4] }, { late: [3] }, { late: [4] }, { falling: true }, { priced: [2] }, { priced: [3] },
  { restates: true }, { corrects: true }, { june: true }, { june: true }, { june: true }, { june: true }, { june: true }, { june: true, late: [2] },
]

/** The plans of all units. A late report of February can arrive after that of March: it then speaks of a past that March follows. */
export function unitPlans(units: readonly string[]): UnitPlan[] {
  const order = randomOf('who reports how').shuffled(units)
  return units.map((unit) => planOf(unit, parts[order.indexOf(unit)] ?? {}))
}

function planOf(unit: string, part: Part): UnitPlan {
  const random = randomOf(`arrivals of ${unit}`)
  const sent = new Map<Period, Instant>()
  periods.forEach((period, index) => {
    const last = index === periods.length - 1
    if (last ? !part.june : part.missing?.includes(index)) return
    // 36 to 41 days after the month: behind the next month's report where that one was in time.
    const days = last ? 0 : part.late?.includes(index) ? (index === 4 ? 24 : 36) + random.below(5) : 3 + random.below(7)
    sent.set(period, officeHour(random, lastDay(period), days))
  })
  return {
    unit, sent, falling: part.falling ?? false, restates: part.restates ?? false, corrects: part.corrects ?? false,
    priced: (part.priced ?? []).map((index) => at(periods, index)),
  }
}

/** The province whose officers and institutions the demonstration's accounts are. */
export const accountsProvince = '370000'
/** The company of the demonstration's account. */
export const accountsCompany = 'eisai'

/** And the city of it. */
export const accountsCity = '370100'

/** Whether a unit's file of a month carries prices: by lot, and always that of the province whose people look at them. */
export function carriesPrices({ unit, priced }: UnitPlan, period: Period): boolean {
  return unit === accountsProvince || priced.includes(period)
}

/** When February's correction arrives. */
export function correctionArrives(period: Period): Instant {
  return officeHour(randomOf('correction of a month'), addDays(lastDay(period), 40), 0)
}
