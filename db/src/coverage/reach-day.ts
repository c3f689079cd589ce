import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { CountsInWork } from './counts-in-work.js'
import { listFacts, type ListFacts } from './list-facts.js'
import { lockCounts } from './lock-counts.js'

/** Bringing-in that is under way, by database and list: all who ask meanwhile wait for the same one, and hold no connection. */
const underWay = new WeakMap<Database, Map<number, Promise<void>>>()

/**
 * Sees to it that changes up to a day are in their timelines. They always are but where nobody has reported for a week
 * or two: then the first question about a day beyond brings the days in that have come near meanwhile. What the question
 * knows of the list may be older than the list: how far it is counted moves with no version.
 */
export async function reachDay(db: Database, list: ListFacts, day: number): Promise<void> {
  if (day <= list.countedTo || list.countedTo === 0) return
  let own = underWay.get(db)
  if (!own) underWay.set(db, (own = new Map()))
  // Whoever was before may have brought in other days than these.
  for (let other = own.get(list.listId); other; other = own.get(list.listId)) await other.catch(() => {})
  const bringing = bringIn(db, list.listId, day).finally(() => own.delete(list.listId))
  own.set(list.listId, bringing)
  await bringing
}

async function bringIn(db: Database, listId: number, day: number): Promise<void> {
  const [row] = await rowsOf<{ to: number }>(db, sql`select counted_to as to from list where id = ${listId}`)
  if (day <= row!.to) return
  await db.transaction(async (tx) => {
    await lockCounts(tx as Database)
    // Who held the lock may have brought the days in, or more drugs.
    const now = await listFacts(tx as Database, listId)
    if (day <= now.countedTo) return
    await new CountsInWork(tx as Database, now, day).write()
  })
}
