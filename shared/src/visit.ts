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
 * is told from the last look on. `seen`: he says that he has seen what there is, and from now on it is told anew.
 * @param before null: he comes for the first time, and is told of the last {@link firstLookBack} days
 * @param listToday the list's own today, where it stands still
 */
export function afterVisit(before: Visits | null, now: Instant, timeZone: string, seen: boolean, listToday: Day = dayIn(timeZone, now)): Visits {
  if (seen) return { since: now, lastAt: now }
  const today = dayIn(timeZone, now)
  if (before === null) return { since: startOfDay(timeZone, addDays(earlierDay(today, listToday), -firstLookBack)), lastAt: now }
  return { since: dayIn(timeZone, before.lastAt) < today ? before.lastAt : before.since, lastAt: now }
}

/** The day of an instant by a list whose today may stand still (as that of the demonstration does): never after it. */
export function dayOfVisit(at: Instant, timeZone: string, today: Day): Day {
  const day = dayIn(timeZone, at)
  return day > today ? today : day
}

/** Notes a look, or that all was seen. */
export const VisitNote = z.strictObject({ company: z.string().max(80).optional(), seen: z.boolean().default(false) })
export type VisitNote = z.infer<typeof VisitNote>

/** Since when what moved is told now. `isFirst`: he comes for the first time. */
export const VisitAnswer = z.strictObject({ company: z.string(), since: Instant, isFirst: z.boolean() })
export type VisitAnswer = z.infer<typeof VisitAnswer>
