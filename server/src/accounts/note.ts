import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { thePublic, type Account } from '@lastmile/shared/account'
import type { AuditEvent } from '@lastmile/shared/audit'
import { auditBy, eventOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'
import { tellAccountChanged } from './account-changed.js'

/** What a route of accounts notes: what was done, and to which account, key or session. Who signs in is named here: the request is the public's until then. */
export type Noted = Pick<AuditEvent, 'action'> & Partial<Pick<AuditEvent, 'outcome' | 'list' | 'object' | 'before' | 'after' | 'actor' | 'actorName' | 'role' | 'purview'>>
/** The same, where it is of one. */
export type NotedOf = Noted & { object: string }

/** Notes a sign-in, or what was refused or better-auth has done to accounts and sessions. It is on the disk when this answers, and is not noted as a request besides. */
export async function note({ audit }: Services, c: Context, event: Noted): Promise<void> {
  c.set('noted', true)
  await audit.note([{ ...eventOf(c, { outcome: 'done', ...event }), ...event }])
}

/**
 * Changes an account, its sessions or a key and notes it, in one transaction: both are kept, or neither. Then that is told
 * ({@link tellAccountChanged}). `work` answers what is noted, of which account or key, and what came of it; it asks nothing but its own transaction.
 */
export async function changeNoted<Result>(services: Services, c: Context, work: (tx: Database) => Promise<{ event: NotedOf; result: Result }>): Promise<Result> {
  const { db, clock, audit } = services
  const { event, result } = await db.transaction(async (tx) => {
    const worked = await work(tx as Database)
    await appendAudit(tx as Database, clock.now(), [{ ...eventOf(c, { outcome: 'done', ...worked.event }), ...worked.event }])
    return worked
  })
  c.set('noted', true)
  audit.appended()
  await tellAccountChanged(services, event.object)
  return result
}

/** Whom a sign-in made of nobody: it is who acted. */
export function actingAs(account: Account): Required<Pick<Noted, 'actor' | 'actorName' | 'role' | 'purview' | 'list'>> {
  const { actor, actorName, role, purview } = auditBy({ ...thePublic, kind: 'account', ...account, preview: null }, null)
  return { actor, actorName, role, purview, list: account.list }
}
