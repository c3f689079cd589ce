import type { Database } from '@lastmile/db/database'
import { lockDemandMessages, settleDemands } from '@lastmile/db/load/notify'
import { openDemandKeys } from '@lastmile/db/query/demand'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'
import type { Services } from '../lib/services.js'

/** Settles what told that drugs are wanted where that is met, withdrawn or over, and opens again what is wanted again: because a hospital that had it has it no more. However often and by however many servers it is done. */
export async function followDemands({ db, clock }: Pick<Services, 'db' | 'clock'>, list: ListRow): Promise<void> {
  await db.transaction((tx) => settleDemandMessages(tx as Database, list, null, clock.now()))
}

/** The same in a transaction, of all drugs or of one. What is wanted is looked up once the messages are held: who registers meanwhile comes after it, and opens them again. */
export async function settleDemandMessages(tx: Database, list: ListRow, drug: { id: number; code: string } | null, at: Instant): Promise<void> {
  const ids = await lockDemandMessages(tx, { listId: list.id, drug: drug?.code ?? null })
  if (ids.length > 0) await settleDemands(tx, { ids, open: await openDemandKeys(tx, list, drug?.id ?? null), at })
}
