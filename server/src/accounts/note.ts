import type { Context } from 'hono'
import { thePublic, type Account } from '@lastmile/shared/account'
import type { AuditEvent } from '@lastmile/shared/audit'
import { auditBy, eventOf } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'

/** What a route of accounts notes: what was done, and to which account, key or session. Who signs in is named here: the request is the public's until then. */
export type Noted = Pick<AuditEvent, 'action'> & Partial<Pick<AuditEvent, 'outcome' | 'list' | 'object' | 'before' | 'after' | 'actor' | 'actorName' | 'role' | 'purview'>>

/** Notes something that was done to accounts, sessions or keys, or refused there. It is on the disk when this answers, and is not noted as a request besides. */
export async function note({ audit }: Services, c: Context, event: Noted): Promise<void> {
  c.set('noted', true)
  await audit.note([{ ...eventOf(c, { outcome: 'done', ...event }), ...event }])
}

/** Whom a sign-in made of nobody: it is who acted. */
export function actingAs(account: Account): Required<Pick<Noted, 'actor' | 'actorName' | 'role' | 'purview' | 'list'>> {
  const { actor, actorName, role, purview } = auditBy({ ...thePublic, kind: 'account', ...account, preview: null }, null)
  return { actor, actorName, role, purview, list: account.list }
}
