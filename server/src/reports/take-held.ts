import type { Database } from '@lastmile/db/database'
import { removeWaiting } from '@lastmile/db/query/reports'
import { Refusal } from '../lib/refusal.js'
import type { Submission } from './submission.js'

/**
 * Takes a waiting report out, whose time has come or of which somebody decided: it is stored anew as what it is now, under
 * its code. Inside a transaction.
 * @throws Refusal 409 where somebody was quicker, or it does not wait any more
 */
export async function takeHeld(db: Database, { held }: Submission): Promise<void> {
  if (held !== null && !(await removeWaiting(db, held.code, held.state))) throw new Refusal(409, 'report.not_waiting', `Report ${held.code} does not wait any more.`, { report: held.code })
}
