import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { thePublic, type Account } from '@lastmile/shared/account'
import type { AuditEvent } from '@lastmile/shared/audit'
import { auditBy, eventOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'

/** What a route of accounts notes: what was done, and to which account, key or session. Who signs in is named here: the request is the public's until then. */
export type Noted = Pick<AuditEvent, 'action'> & Partial<Pick<AuditEvent, 'outcome' | 'list' | 'object' | 'before' | 'after' | 'actor' | 'actorName' | 'role' | 'purview'>>

/** Notes a sign-in, or what was refused or better-auth has done to accounts and sessions. It is on the disk when this answers, and is not noted as a request besides. */
export async function note({ audit }: Services, c: Context, event: Noted): Promise<void> {
  c.set('noted', true)
  await audit.note([{ ...eventOf(c, { outcome: 'done', ...event }), ...event }])
}

/**
 * Changes accounts, sessions or keys and notes it, in one transaction: both are kept, or neither. What is known of them is
 * forgotten then. `work` answers what is noted, and what came of it; it asks nothing but its own transaction.
 */
export async function changeNoted<Result>({ db, clock, audit, accounts }: Services, c: Context, work: (tx: Database) => Promise<{ event: Noted; result: Result }>): Promise<Result> {
  const result = await db.transaction(async (tx) => {
    const { event, result } = await work(tx as Database)
    await appendAudit(tx as Database, clock.now(), [{ ...eventOf(c, { outcome: 'done', ...event }), ...event }])
    return result
  })
  c.set('noted', true)
  audit.appended()
  await accounts.changed()
  return result
}

/** Whom a sign-in made of nobody: it is who acted. */
export function actingAs(account: Account): Required<Pick<Noted, 'actor' | 'actorName' | 'role' | 'purview' | 'list'>> {
  const { actor, actorName, role, purview } = auditBy({ ...thePublic, kind: 'account', ...account, preview: null }, null)
  return { actor, actorName, role, purview, list: account.list }
}
