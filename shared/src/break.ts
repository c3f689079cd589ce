/**
 * What a source changed: left out or took back the rows that say zero, or those whose figure is not known; left out all
 * that is not in stock at once; or sent what it had sent before, under a new date.
 */
export const breakReasons = ['zeros_left_out', 'zeros_back', 'unknowns_left_out', 'unknowns_back', 'only_in_stock_left', 'same_content'] as const
export type BreakReason = (typeof breakReasons)[number]

/** What a snapshot counted over its rows. */
export interface SnapshotCounts {
  rows: number
  inStock: number
  notKnown: number
  zero: number
}

/** A snapshot as far as a break shows in it. `content` is the fingerprint of what it says, days apart; null: not taken. */
export interface Snapshot {
  counts: SnapshotCounts | null
  content: string | null
}

/** A class of rows is worth watching from this share of all rows, and from this many: a handful comes and goes by itself. */
const worthWatching = 0.02
const fewestRows = 25
/** Left out, if its share falls to less than one part in so many; back, if it grows by as much. */
const parts = 5

/**
 * Whether a source changed what it reports from one snapshot to the next: rows that say zero, or whose figure is not
 * known, (nearly) vanish or come back. The total moves although nothing changed on the ground. Or nothing at all changed
 * but the date, and the total stands still whatever changed on the ground.
 */
export function breakBetween(before: Snapshot | null, after: Snapshot | null): BreakReason | null {
  if (!before?.counts || !after?.counts) return null
  if (before.content !== null && before.content === after.content) return 'same_content'
  return switchBetween(before.counts, after.counts)
}

function switchBetween(before: SnapshotCounts, after: SnapshotCounts): BreakReason | null {
  if (before.rows === 0 || after.rows === 0) return null
  const vanished = (some: number, all: number, later: number, laterAll: number) => some >= fewestRows && some / all >= worthWatching && later / laterAll < some / all / parts
  const [unknowns, zeros, others] = [vanished(before.notKnown, before.rows, after.notKnown, after.rows), vanished(before.zero, before.rows, after.zero, after.rows), vanished(otherRows(before), before.rows, otherRows(after), after.rows)]
  if (after.inStock === after.rows && [unknowns, zeros, others].filter(Boolean).length > 1) return 'only_in_stock_left'
  if (unknowns) return 'unknowns_left_out'
  if (vanished(after.notKnown, after.rows, before.notKnown, before.rows)) return 'unknowns_back'
  if (zeros) return 'zeros_left_out'
  if (vanished(after.zero, after.rows, before.zero, before.rows)) return 'zeros_back'
  return after.inStock === after.rows && others ? 'only_in_stock_left' : null
}

/** Rows that say neither in stock, nor zero, nor that it is not known: on order, not carried, discontinued. */
function otherRows({ rows, inStock, notKnown, zero }: SnapshotCounts): number {
  return rows - inStock - notKnown - zero
}
