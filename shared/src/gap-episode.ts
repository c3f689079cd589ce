import { z } from 'zod'
import { Smoothing } from './alerting.js'
import { Basis } from './basis.js'
import { endOfDays, Day } from './day.js'
import { GapReason } from './gap.js'
import { GapAct, GapClass } from './gap-act.js'

/*
 * A gap over time. An episode goes from the first day on which a standard is not met to the last one; within it the reason may
 * change, and each stretch with one reason is a phase. Episodes open and close by themselves, as statements, standards,
 * eligibility and time do.
 */

/** Days on which something is so, since 1970-01-01: inclusive from, exclusive to; {@link endOfDays} where it is so still. */
export interface Stretch {
  from: number
  to: number
}

/** Something that is told: the days that it spans, and the day from which it may be told. */
export interface Told extends Stretch {
  toldOn: number
}

/**
 * What of some stretches is told. What comes again within `sameWithinDays` is the same; and it is told once it has lasted
 * `opensAfterDays` on end at least once. So one that flickers is told once, or never.
 * @param stretches in the order of days, and apart from each other
 * @returns in the same order; that one has ended is told `sameWithinDays` later ({@link endToldOn})
 */
export function toldOf(stretches: readonly Stretch[], { opensAfterDays, sameWithinDays }: Smoothing): Told[] {
  const told: (Stretch & { toldOn: number | null })[] = []
  for (const { from, to } of stretches) {
    const lasting = isLasting({ from, to }, opensAfterDays) ? from + opensAfterDays : null
    const last = told.at(-1)
    if (last && from - last.to < sameWithinDays) {
      last.to = to
      last.toldOn ??= lasting
    } else told.push({ from, to, toldOn: lasting })
  }
  return told.filter((one): one is Told => one.toldOn !== null)
}

/** Whether a stretch has lasted so many days, and lasts on the day after them. */
export function isLasting({ from, to }: Stretch, opensAfterDays: number): boolean {
  return to - from > opensAfterDays
}

/** The day from which it may be told that something has ended: it may come again until then. Null while it lasts. */
export function endToldOn({ to }: Stretch, { sameWithinDays }: Smoothing): number | null {
  return to === endOfDays ? null : to + sameWithinDays
}

/** A stretch of an episode with one reason. `institutions`: how many stocked of those that the standard counts, at least and at most. `to` is its last day; null: it lasts. */
export const GapPhase = z.strictObject({ from: Day, to: Day.nullable(), reason: GapReason, class: GapClass, acts: z.array(GapAct), institutions: z.strictObject({ least: z.int(), most: z.int() }) })
export type GapPhase = z.infer<typeof GapPhase>

/** A gap of a drug in a unit from its first day to its last (null: it lasts). `days` that it has lasted by the as-of day. `isBrief`: too short to be told by the list's own threshold. */
export const GapEpisode = z.strictObject({ from: Day, to: Day.nullable(), days: z.int(), isBrief: z.boolean(), phases: z.array(GapPhase) })
export type GapEpisode = z.infer<typeof GapEpisode>

/**
 * Answer of `/gaps/history`: of a drug, in one unit or in each of those that had a gap by the as-of day, its episodes in the order
 * of days. `from`: the first day that a standard speaks of, and so the first that was judged; null where none does.
 */
export const GapHistoryAnswer = z.strictObject({
  basis: Basis,
  drug: z.string(),
  company: z.string(),
  region: z.string().nullable(),
  smoothing: Smoothing,
  units: z.array(z.strictObject({ region: z.string(), from: Day.nullable(), episodes: z.array(GapEpisode), trend: z.array(z.int()) })),
})
export type GapHistoryAnswer = z.infer<typeof GapHistoryAnswer>
