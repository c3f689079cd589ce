import type { BreakReason } from '@lastmile/db/schema/report'

type Parsed = { rows: number; inStock: number; notKnown: number; zero: number } | null

/**
 * Whether a source changed what it reports from one snapshot to the next: rows that say zero, or whose figure is not
 * known, vanish altogether or come back. The total moves although nothing changed on the ground.
 */
export function breakBetween(before: Parsed, after: Parsed): BreakReason | null {
  if (!before || !after || before.rows === 0 || after.rows === 0) return null
  // A handful may vanish by themselves; a class of rows of at least one in fifty does not.
  const counts = (some: number, all: number) => some > 0 && some * 50 >= all
  if (counts(before.notKnown, before.rows) && after.notKnown === 0) return 'unknowns_left_out'
  if (counts(after.notKnown, after.rows) && before.notKnown === 0) return 'unknowns_back'
  if (counts(before.zero, before.rows) && after.zero === 0) return 'zeros_left_out'
  if (counts(after.zero, after.rows) && before.zero === 0) return 'zeros_back'
  return null
}
