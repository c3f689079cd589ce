import { addDays, daysOfPartial, type Day, type PartialDay } from './day.js'
import type { FactOrigin } from './rung.js'

/*
 * From which days on a fact of the ladder can hold. Pure: a company tells what is, an office may announce what comes; before a drug was
 * launched nothing of it can be so.
 */

/** How many days ahead an office may announce. */
export const announcedAhead = 366

/** Where it is not known when a drug was launched, or it is said of all drugs: so many years before the list came into force, and no more, are believed. */
export const yearsBeforeList = 10

/** The first and last day from which somebody can say that something holds. `launched`: of the drug, as far as is known; null: not known, or all drugs. */
export function factDays({ origin, today, inForce, launched }: { origin: FactOrigin; today: Day; inForce: Day; launched: PartialDay | null }): { first: Day; last: Day } {
  const bound = `${Number(inForce.slice(0, 4)) - yearsBeforeList}-01-01`
  return { first: launched === null ? bound : daysOfPartial(launched).first, last: origin === 'company' ? today : addDays(today, announcedAhead) }
}
