import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { lockCounts } from '../coverage/lock-counts.js'
import { rowsOf, type Database } from '../database.js'
import { LoadedLater } from '../load/loaded-later.js'

/**
 * Settles what is known of a list: answers an instant, now or later, by which everything is known that was accepted so far,
 * and after which whatever is accepted will be. A report that is being read while this happens is accepted as of later. Waits
 * for whoever stores one, and lets others on at once. `knownOn`: an instant, now or past, that was asked for: that one is
 * settled and answered, and what was accepted after it stays so.
 */
export async function settleKnown(db: Database, listId: number, now: Instant, knownOn: Instant | null): Promise<Instant> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockCounts(tx)
    const from = knownOn === null ? sql`${now}::timestamptz, (select max(accepted_at) from report where list_id = ${listId})` : sql`${knownOn}::timestamptz`
    const [row] = await rowsOf<{ at: string }>(tx, sql`update list set settled_to = greatest(settled_to, ${from}) where id = ${listId} returning settled_to::text as at`)
    return knownOn ?? new Date(row!.at).toISOString()
  })
}

/** Until when what is known of a list is settled; null: nobody asked that it be. */
export async function settledTo(db: Database, listId: number): Promise<Instant | null> {
  const [row] = await rowsOf<{ settled: string | null }>(db, sql`select settled_to::text as settled from list where id = ${listId}`)
  return row?.settled ? new Date(row.settled).toISOString() : null
}

/**
 * The instant as of which an edition (of the list `code`) or a master (of all lists of a region set) is loaded: the one that is meant,
 * or the next after what is settled. Asked under the lock of counts. `isGiven`: somebody named it; then it is taken as it is.
 * @throws LoadedLater for one that was given and is settled already
 */
export async function loadedAfterSettled(tx: Database, of: { code: string } | { regionSetId: number }, at: Instant, isGiven: boolean): Promise<Instant> {
  const [row] = await rowsOf<{ settled: string | null }>(tx, sql`select max(settled_to)::text as settled from list where ${'code' in of ? sql`code = ${of.code}` : sql`region_set_id = ${of.regionSetId}`}`)
  const settled = row?.settled ? Date.parse(row.settled) : -Infinity
  if (Date.parse(at) > settled) return at
  if (isGiven) throw new LoadedLater('what a bulletin rests on, or anything', at)
  return new Date(settled + 1).toISOString()
}

/** An instant of acceptance that leaves what is settled as it is: the one that is meant, or the next after what is settled. Asked under the lock of counts. */
export async function afterSettled(tx: Database, listId: number, at: Instant): Promise<Instant> {
  const to = await settledTo(tx, listId)
  const settled = to === null ? -Infinity : Date.parse(to)
  return Date.parse(at) > settled ? at : new Date(settled + 1).toISOString()
}
