import type { Context } from 'hono'
import type { AuditAction, AuditEvent } from '@lastmile/shared/audit'
import { eventOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'

/**
 * Notes that whoever asks looks at prices, before he gets to see them: in which way, of which list, and of what (a drug, an
 * institution, a region; null for all that is his). Never a price. What goes out as a file is noted by this alone.
 */
export async function noteLook({ audit }: Services, c: Context, action: Extract<AuditAction, `price.${string}_view`>, list: string, object: string | null, format: string): Promise<void> {
  c.set('noted', true)
  await audit.note([eventOf(c, { action, outcome: 'done', list, object, after: { format } })])
}

/** What is noted of settlement prices that are entered: of which drugs. Never a price. */
export function enteringOf(c: Context, list: string, drugs: readonly string[], from: 'form' | 'file'): AuditEvent {
  const named = [...new Set(drugs)]
  return eventOf(c, { action: 'price.settlement_enter', outcome: 'done', list, object: named.length === 1 ? named[0]! : null, after: { from, drugs: named } })
}
