import type { Database } from '@lastmile/db/database'
import { removeHeld } from '@lastmile/db/query/reports'
import { Refusal } from '../lib/refusal.js'
import type { Submission } from './submission.js'

/**
 * Takes a waiting report out, whose time has come: it is stored anew as what it is now, under its code. Inside a transaction.
 * @throws Refusal 409 where another server was quicker, or it does not wait any more
 */
export async function takeHeld(db: Database, { held }: Submission): Promise<void> {
  if (held !== null && !(await removeHeld(db, held))) throw new Refusal(409, 'report.not_waiting', `Report ${held} does not wait any more.`, { report: held })
}
