import type { Instant } from '@lastmile/shared/day'

/** Tells the time. Injected, so that a history can be loaded with a past of its own and tests stand still. */
export interface Clock {
  now(): Instant
}

/** The machine's clock, or one that stands still at an instant. */
export function clockOf(heldAt: string | undefined): Clock {
  if (heldAt === undefined) return { now: () => new Date().toISOString() }
  const held = new Date(heldAt).toISOString()
  return { now: () => held }
}
