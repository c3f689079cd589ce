import { z } from 'zod'

/*
 * When a change is worth telling: thresholds that a list's edition sets (`alerting` of `list.json`), each with what holds
 * where it sets none.
 */

/** Days that something has to last until it is told, and days within which it is still the same when it comes again. */
export const Smoothing = z.strictObject({
  /** A gap is told of once it has lasted so many days on end. 0: on its first. */
  opensAfterDays: z.int().min(0).max(366).default(3),
  /** One that opens again within so many days of its end is the same. 0: never. */
  sameWithinDays: z.int().min(0).max(366).default(7),
})
export type Smoothing = z.infer<typeof Smoothing>

/** When coverage has fallen: fewer institutions stock it than so many days before, by at least so many and so many percent. */
export const Falling = z.strictObject({
  days: z.int().min(1).max(366).default(28),
  institutions: z.int().min(1).max(1_000_000).default(5),
  percent: z.int().min(1).max(100).default(20),
})
export type Falling = z.infer<typeof Falling>

export const Alerting = z.strictObject({ smoothing: Smoothing.prefault({}), fall: Falling.prefault({}) })
export type Alerting = z.infer<typeof Alerting>

/** What holds where an edition says nothing. */
export const usualAlerting: Alerting = Alerting.parse({})

/** Whether coverage has fallen from what it was to what it is. */
export function hasFallen({ institutions, percent }: Falling, before: number, now: number): boolean {
  return before - now >= institutions && (before - now) * 100 >= before * percent
}
