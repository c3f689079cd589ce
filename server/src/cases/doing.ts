import type { Context } from 'hono'
import type { AuditBy } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import { byOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'

/** Who does something with a case, and when. */
export interface Doing {
  by: AuditBy
  at: Instant
}

/** Whoever asks, now. */
export function doingHere({ clock }: Pick<Services, 'clock'>, c: Context): Doing {
  return { by: byOf(c), at: clock.now() }
}

/** Who did it, as its step is kept. */
export function actorOf({ by: { actor, role } }: Doing): { id: string; role: AuditBy['role'] } {
  return { id: actor, role }
}
