/** What a source changed: left out or took back the rows that say zero, or those whose figure is not known. */
export const breakReasons = ['zeros_left_out', 'zeros_back', 'unknowns_left_out', 'unknowns_back'] as const
export type BreakReason = (typeof breakReasons)[number]

/** What a snapshot counted over its rows. */
export interface SnapshotCounts {
  rows: number
  inStock: number
  notKnown: number
  zero: number
}

/** A class of rows is worth watching from this share of all rows, and from this many: a handful comes and goes by itself. */
const worthWatching = 0.02
const fewestRows = 25
/** Left out, if its share falls to less than one part in so many; back, if it grows by as much. */
const parts = 5

/**
 * Whether a source changed what it reports from one snapshot to the next: rows that say zero, or whose figure is not
 * known, (nearly) vanish or come back. The total moves although nothing changed on the ground.
 */
export function breakBetween(before: SnapshotCounts | null, after: SnapshotCounts | null): BreakReason | null {
  if (!before || !after || before.rows === 0 || after.rows === 0) return null
  const vanished = (some: number, all: number, later: number, laterAll: number) => some >= fewestRows && some / all >= worthWatching && later / laterAll < some / all / parts
  if (vanished(before.notKnown, before.rows, after.notKnown, after.rows)) return 'unknowns_left_out'
  if (vanished(after.notKnown, after.rows, before.notKnown, before.rows)) return 'unknowns_back'
  if (vanished(before.zero, before.rows, after.zero, after.rows)) return 'zeros_left_out'
  if (vanished(after.zero, after.rows, before.zero, before.rows)) return 'zeros_back'
  return null
}
