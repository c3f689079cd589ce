import type { Instant } from '@lastmile/shared/day'

/** Tells the time. Injected, so that a history can be loaded with a past of its own and tests stand still. */
export interface Clock {
  now(): Instant
  /** The same in milliseconds since 1970, for who asks at every request: writing an instant out takes longer than looking an answer up. */
  ms(): number
}

/** The machine's clock, or one that stands still at an instant. */
export function clockOf(heldAt: string | undefined): Clock {
  if (heldAt === undefined) return { now: () => new Date().toISOString(), ms: () => Date.now() }
  return clockAt(() => new Date(heldAt).toISOString())
}

/** A clock that shows what it is told. */
export function clockAt(shown: () => Instant): Clock {
  return { now: shown, ms: () => Date.parse(shown()) }
}
