import type { Context } from 'hono'
import { theCommand, thePublic, type Actor } from '@lastmile/shared/account'
import type { AuditBy, AuditEvent } from '@lastmile/shared/audit'
import { ownOf, purviewKey } from '@lastmile/shared/purview'

/** What was done, as whoever notes it says it. What is left out is null. */
export type Deed = Pick<AuditEvent, 'action' | 'outcome'> & Partial<Pick<AuditEvent, 'list' | 'object' | 'before' | 'after'>>

/** What is noted of a request: who asked, and what was done or refused; of which list, if of any, and else of the one that is its asker's. Never a price, a password or a key. */
export function eventOf(c: Context, deed: Deed): AuditEvent {
  return eventBy(byOf(c), { ...deed, list: deed.list ?? (c.get('actor') as Actor | undefined)?.list ?? null })
}

/** The same where there is no request at hand. */
export function eventBy(by: AuditBy, { action, outcome, list = null, object = null, before = null, after = null }: Deed): AuditEvent {
  return { ...by, action, outcome, list, object, before, after }
}

/** Who asks. A request that was refused before it was known who asks is the public's. */
export function byOf(c: Context): AuditBy {
  return auditBy((c.get('actor') as Actor | undefined) ?? thePublic, (c.get('requestId') as string | undefined) ?? null)
}

/** An actor, as the audit names him. */
export function auditBy(actor: Actor, requestId: string | null): AuditBy {
  return { actor: actor.id, actorName: actor.name, role: actor.role, purview: purviewNamed(actor), previewedBy: actor.preview?.by ?? null, requestId }
}

/** This program, where it does something of itself: at start, or when its time has come. */
export const byItself: AuditBy = auditBy(theCommand, null)

/** What an actor is of; who is of nothing in particular is of all, and the public of nothing. */
function purviewNamed(actor: Actor): string {
  if (actor.kind === 'public') return 'nothing'
  const own = ownOf(actor)
  return own.of === 'nothing' ? 'all' : purviewKey(own)
}
