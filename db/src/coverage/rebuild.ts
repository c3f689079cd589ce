import { sql } from 'drizzle-orm'
import type { Database } from '../database.js'
import { Pauses } from '../pause.js'
import { CountsInWork } from './counts-in-work.js'
import { addPast, saveFiled, saveShelves } from './holding.js'
import { listFacts } from './list-facts.js'
import { Named } from './named.js'
import { contribute } from './recompute.js'
import { lastReport } from './reports-known.js'
import { wholeHoldings } from './whole.js'

/** Makes all that is maintained of a list anew from its statements. Memory stays flat; time goes with all that was ever said. */
export async function rebuildCoverage(db: Database, listId: number): Promise<void> {
  const list = await listFacts(db, listId)
  await db.execute(sql`delete from shelf where list_id = ${listId}`)
  await db.execute(sql`delete from past_spans where list_id = ${listId}`)
  // Where drugs were ever named stays: what was corrected since is known no more, and is asked for as it was known then.
  await db.execute(sql`delete from coverage_by_drug where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_city where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_unit where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_ahead where list_id = ${listId}`)
  await db.execute(sql`update list set counted_to = 0 where id = ${listId}`)
  const report = await lastReport(db, listId)
  const named = new Named()
  const pauses = new Pauses()
  const work = new CountsInWork(db, list, list.inForce)
  for await (const batch of wholeHoldings(db, list, { knownOn: null })) {
    for (const holding of batch) {
      await pauses.take()
      contribute({ list, difference: work.difference }, holding, holding.place, 1)
      for (const pair of holding.pairs) {
        for (const event of [pair.declared?.from, pair.confirmed?.from, pair.supplied?.day]) if (event !== undefined) work.see(event)
        named.add(pair.drug, holding.institution)
      }
    }
    await saveShelves(db, listId, batch.filter((one) => one.pairs.length > 0))
    await saveFiled(db, listId, new Map(batch.filter((one) => one.filed.size > 0).map((one) => [one.institution, one.filed])))
    await addPast(db, listId, report, batch.map((one) => ({ institution: one.institution, spans: one.past })))
    if (work.isMuch) await work.write()
  }
  await named.save(db)
  await work.write()
}
