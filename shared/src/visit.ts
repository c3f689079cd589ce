import { z } from 'zod'
import { addDays, dayIn, earlierDay, startOfDay, type Day, Instant } from './day.js'

/*
 * Since when a page tells what moved. What was looked at is not lost by looking: what moved is told since the end of an earlier
 * day's last visit, for the whole of a day, or since whoever looks has said that he has seen it.
 */

/** What is remembered of whoever looks, of a list and a company: since when is told what moved, and when he looked last. */
export interface Visits {
  since: Instant
  lastAt: Instant
}

/** How many days back is told to whoever comes for the first time. */
export const firstLookBack = 30

/**
 * The same after another look. On the day of the last look (by the clock of the list's time zone) nothing moves; on a later one it
 * is told from the last look on. Nothing goes back, and nothing beyond now.
 * @param before null: he comes for the first time, and is told of the last {@link firstLookBack} days
 * @param seen the instant of the answer that he says he has seen (not of his saying so: what came between the two he has not seen); from
 *   then on it is told anew. Null: he looks, and says nothing
 * @param listToday the list's own today, where it stands still
 */
export function afterVisit(before: Visits | null, now: Instant, timeZone: string, seen: Instant | null, listToday: Day = dayIn(timeZone, now)): Visits {
  if (seen !== null) {
    const at = seen < now ? seen : now
    return before === null ? { since: at, lastAt: at } : { since: later(before.since, at), lastAt: later(before.lastAt, at) }
  }
  const today = dayIn(timeZone, now)
  if (before === null) return { since: startOfDay(timeZone, addDays(earlierDay(today, listToday), -firstLookBack)), lastAt: now }
  return { since: dayIn(timeZone, before.lastAt) < today ? later(before.since, before.lastAt) : before.since, lastAt: later(before.lastAt, now) }
}

const later = (a: Instant, b: Instant) => (a > b ? a : b)

/** The day of an instant by a list whose today may stand still (as that of the demonstration does): never after it. */
export function dayOfVisit(at: Instant, timeZone: string, today: Day): Day {
  const day = dayIn(timeZone, at)
  return day > today ? today : day
}

/** Notes a look, or (`seen`, the `at` of an answer of what moved) that what that answer told was seen. */
export const VisitNote = z.strictObject({ company: z.string().max(80).optional(), seen: Instant.nullable().default(null) })
export type VisitNote = z.infer<typeof VisitNote>

/** Since when what moved is told now. `isFirst`: he comes for the first time. */
export const VisitAnswer = z.strictObject({ company: z.string(), since: Instant, isFirst: z.boolean() })
export type VisitAnswer = z.infer<typeof VisitAnswer>
