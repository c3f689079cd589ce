import { z } from 'zod'
import { Day } from './day.js'
import { Page } from './page.js'
import { Reason, Status } from './status.js'

/** How a pair stands in a report against another: named anew, said otherwise, the same of another day, or left out. */
export const pairChanges = ['dropped', 'changed', 'added', 'redated'] as const
export const PairChange = z.enum(pairChanges)
export type PairChange = z.infer<typeof PairChange>

/** What a line says of its pair. */
const Saying = z.strictObject({ line: z.int(), status: Status.nullable(), day: Day, reason: Reason.nullable(), leadDays: z.int().nullable() })

export const DifferenceRow = z.strictObject({
  institution: z.string(),
  institutionName: z.string(),
  drug: z.string(),
  change: PairChange,
  before: Saying.nullable(),
  after: Saying.nullable(),
})
export type DifferenceRow = z.infer<typeof DifferenceRow>

/** What a report says otherwise than another one, and what that does, or would do, to the totals of its kind of evidence. */
export const DifferenceAnswer = z.strictObject({
  report: z.string(),
  /** The report it is held against: the version that it corrects, or else the one before; null where there is none. */
  against: z.strictObject({ report: z.string(), version: z.int(), asOf: Day, isCorrected: z.boolean() }).nullable(),
  /** Pairs by how they stand; null where the reports are too large to be held against each other here, or there is nothing to hold it against. */
  counts: z.strictObject({ added: z.int(), changed: z.int(), redated: z.int(), dropped: z.int(), unchanged: z.int() }).nullable(),
  /** What it did to the totals; of one that waits what it would do now. Null where it cannot count as things are (see `hindrance`), or nobody kept it. */
  effect: z.strictObject({ institutionsBefore: z.int(), institutionsAfter: z.int(), pairsEntered: z.int(), pairsLeft: z.int() }).nullable(),
  /** Why one that waits could not count as things are, by code. */
  hindrance: z.string().nullable(),
  rows: z.array(DifferenceRow),
  page: Page,
})
export type DifferenceAnswer = z.infer<typeof DifferenceAnswer>

/** A line of a report with its pair, by narrow ids. */
export interface PairLine {
  institution: number
  drug: number
  line: number
  status: number
  day: number
  reason: number | null
  leadDays: number | null
  quantity: number | null
}

/** A pair that stands otherwise. */
export interface PairDifference {
  institution: number
  drug: number
  change: PairChange
  before: PairLine | null
  after: PairLine | null
}

/**
 * Holds the lines of a report against those of another, pair by pair. `events`: the lines are supplies, of which a pair has
 * many: they are told apart by their day. In no order that means anything.
 */
export function differencesBetween(before: Iterable<PairLine>, after: Iterable<PairLine>, events: boolean): { differences: PairDifference[]; unchanged: number } {
  const keyOf = (one: PairLine) => `${one.institution}/${one.drug}${events ? `/${one.day}` : ''}`
  const former = new Map<string, PairLine>()
  for (const one of before) former.set(keyOf(one), one)
  const differences: PairDifference[] = []
  let unchanged = 0
  for (const one of after) {
    const key = keyOf(one)
    const was = former.get(key)
    former.delete(key)
    const change = was === undefined ? 'added' : saysOtherwise(was, one) ? 'changed' : was.day !== one.day ? 'redated' : null
    if (change === null) unchanged++
    else differences.push({ institution: one.institution, drug: one.drug, change, before: was ?? null, after: one })
  }
  for (const was of former.values()) differences.push({ institution: was.institution, drug: was.drug, change: 'dropped', before: was, after: null })
  return { differences, unchanged }
}

function saysOtherwise(a: PairLine, b: PairLine): boolean {
  return a.status !== b.status || a.reason !== b.reason || a.leadDays !== b.leadDays || a.quantity !== b.quantity
}
