import type { Database } from '@lastmile/db/database'
import { demandMessagesToMove, lockDemandMessages, settleDemands } from '@lastmile/db/load/notify'
import { openDemandKeys } from '@lastmile/db/query/demand'
import { findDrug } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import type { Services } from '../lib/services.js'

/**
 * Settles what told that drugs are wanted where that is met, withdrawn or over, and opens again what is wanted again: because a hospital that had it has it no
 * more. However often and by however many servers it is done. Which messages these would be is found out before anybody has to wait; then a drug at a time those
 * alone are held, and looked at again.
 */
export async function followDemands({ db, clock }: Pick<Services, 'db' | 'clock'>, list: ListRow): Promise<void> {
  for (const [code, ids] of await demandMessagesToMove(db, { listId: list.id, open: await openDemandKeys(db, list, null) })) {
    const drug = await findDrug(db, list.id, code)
    if (drug) await db.transaction((tx) => settleDemandMessages(tx as Database, list, { id: drug.id, code }, clock.now(), ids))
  }
}

/** Settles or opens messages that a drug is wanted, all or (`of`) some of them, in a transaction. What is wanted is looked up once they are held: who registers meanwhile comes after it, and opens them again. */
export async function settleDemandMessages(tx: Database, list: ListRow, drug: { id: number; code: string }, at: Instant, of: readonly number[] | null = null): Promise<void> {
  const ids = await lockDemandMessages(tx, { listId: list.id, drug: drug.code, ids: of })
  if (ids.length > 0) await settleDemands(tx, { ids, open: await openDemandKeys(tx, list, drug.id), at })
}
