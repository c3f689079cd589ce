import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { Difference } from './difference.js'
import { filedDays } from './filed.js'
import { addPast, loadHoldings, saveFiled, saveShelves } from './holding.js'
import { listFacts } from './list-facts.js'
import { Named } from './named.js'
import { placesOf, type Place } from './places.js'
import { contribute, recomputeInstitutions } from './recompute.js'
import { reportsKnown } from './reports-known.js'
import { beginning } from './view.js'
import { wholeHoldings } from './whole.js'
import { writeCoverage } from './write-coverage.js'

export { verifyCoverage, type Discrepancy } from './verify.js'

/** Counters and days added up before they are written. */
const tallyAtMost = 2_000_000

/** Makes all that is maintained of a list anew from its statements. Memory stays flat; time goes with all that was ever said. */
export async function rebuildCoverage(db: Database, listId: number): Promise<void> {
  const list = await listFacts(db, listId)
  await db.execute(sql`delete from shelf where list_id = ${listId}`)
  await db.execute(sql`delete from past_spans where list_id = ${listId}`)
  await db.execute(sql`delete from drug_named where drug_id in (select id from drug where list_id = ${listId})`)
  await db.execute(sql`delete from coverage_by_city where list_id = ${listId}`)
  await db.execute(sql`delete from coverage_by_unit where list_id = ${listId}`)
  const report = await lastReport(db, listId)
  const named = new Named()
  let difference = new Difference()
  let latest = 0
  for await (const batch of wholeHoldings(db, list, { knownOn: null })) {
    for (const holding of batch) {
      contribute({ list, difference }, holding, holding.place, 1)
      for (const pair of holding.pairs) {
        latest = Math.max(latest, pair.declared?.from ?? 0, pair.confirmed?.from ?? 0, pair.supplied?.day ?? 0)
        named.add(pair.drug, holding.institution)
      }
    }
    await saveShelves(db, listId, batch.filter((one) => one.pairs.length > 0))
    await saveFiled(db, listId, new Map(batch.filter((one) => one.filed.size > 0).map((one) => [one.institution, one.filed])))
    await addPast(db, listId, report, batch.map((one) => ({ institution: one.institution, spans: one.past })))
    if (difference.tallies.size < tallyAtMost) continue
    await writeCoverage(db, list, difference.tallies, difference.places, latest)
    difference = new Difference()
  }
  await named.save(db)
  await writeCoverage(db, list, difference.tallies, difference.places, latest)
}

/**
 * Brings what is maintained up to date after institutions moved, opened, closed or changed their kind, or after who is
 * eligible changed: only they are computed anew. `before` holds the places as they were.
 */
export async function refreshInstitutions(db: Database, listId: number, institutions: readonly number[], before: ReadonlyMap<number, Place>): Promise<void> {
  const list = await listFacts(db, listId)
  const difference = new Difference()
  const named = new Named()
  let latest = 0
  for (let at = 0; at < institutions.length; at += 5_000) {
    const some = institutions.slice(at, at + 5_000)
    const places = await placesOf(db, list.regionSetId, some, null)
    const filed = await filedDays(db, listId, some, null)
    const holdings = await loadHoldings(db, listId, some, { from: beginning, to: -beginning })
    // What was counted of the days on which files name them goes first, with the pairs as they are; then all comes back.
    const spoken: number[] = []
    for (const institution of some) {
      const holding = holdings.get(institution)
      const placeBefore = before.get(institution) ?? places.get(institution)
      const days = filed.get(institution)
      if (!holding && !days) continue
      if (holding && placeBefore) contribute({ list, difference }, holding, placeBefore, -1)
      spoken.push(institution)
    }
    await saveFiled(db, listId, new Map(spoken.map((institution) => [institution, filed.get(institution) ?? new Map()])))
    const work = { list, reports: await reportsKnown(db, listId, null), places, difference, report: await lastReport(db, listId), named: named.add.bind(named) }
    latest = Math.max(latest, await recomputeInstitutions(db, { ...work, fromNothing: true }, spoken))
  }
  await named.save(db)
  await writeCoverage(db, list, difference.tallies, difference.places, latest)
}

/** The list's last report that counts, under which past spans are written that are made anew; 0 where there is none. */
async function lastReport(db: Database, listId: number): Promise<number> {
  const [row] = await rowsOf<{ id: number | null }>(db, sql`select max(id) as id from report where list_id = ${listId} and state = 'accepted'`)
  return row?.id ?? 0
}
