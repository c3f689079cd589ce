import { sql, type SQL } from 'drizzle-orm'
import { dayNumber, type Day } from '@lastmile/shared/day'
import { stockedAt, wholeSlot, width } from '../coverage/counts.js'
import { anyDrug } from '../coverage/difference.js'
import { listFacts } from '../coverage/list-facts.js'
import { reachDay } from '../coverage/reach-day.js'
import { addCountsOn } from '../coverage/timeline.js'
import { rowsOf, type Database } from '../database.js'
import { listChannel } from '../listen.js'

/**
 * Marks a list's data as changed and, when the transaction commits, tells every server of it (`listen.ts`). `report` is
 * the one that changed it, '' for anything else, and null where no open window need ask again. Answers the new version.
 */
export async function bumpVersion(db: Database, listId: number, report: string | null = ''): Promise<number> {
  const [version] = await bump(db, sql`id = ${listId}`, report)
  return version!
}

/** The same for the other lists of a list's region set: they show its institutions, its names and its residents too. */
export async function bumpNeighbours(db: Database, listId: number): Promise<void> {
  await bump(db, sql`id <> ${listId} and region_set_id = (select region_set_id from list where id = ${listId})`, '')
}

async function bump(db: Database, which: SQL, report: string | null): Promise<number[]> {
  const rows = await rowsOf<{ version: number }>(db, sql`
    with bumped as (update list set version = version + 1 where ${which} returning code, version)
    select version, pg_notify(${listChannel}, json_build_object('list', code, 'version', version, 'report', ${report}::text)::text) from bumped`)
  return rows.map((row) => row.version)
}

/** Distinct institutions with at least one drug in stock on a day, by what is maintained. */
export async function institutionsStockedOn(db: Database, listId: number, lens: number, day: Day): Promise<number> {
  const asOf = dayNumber(day)
  await reachDay(db, await listFacts(db, listId), asOf)
  const [row] = await rowsOf<{ from: number; near: Uint8Array; ahead: Uint8Array }>(db, sql`
    select from_day as from, whole as near, whole_ahead as ahead from coverage_by_unit
    where list_id = ${listId} and lens = ${lens} and drug_id = ${anyDrug} and from_day <= ${asOf} order by from_day desc limit 1`)
  const counts = new Int32Array(width)
  if (row) addCountsOn(counts, row, asOf)
  return stockedAt(counts, wholeSlot)
}

/** Notes on a report what it did to the totals, and on the one it replaces by which it was replaced. */
export async function noteEffect(db: Database, reportId: number, effect: { institutionsBefore: number; institutionsAfter: number; pairsEntered: number; pairsLeft: number }): Promise<void> {
  await db.execute(sql`update report set effect = ${JSON.stringify(effect)}::jsonb where id = ${reportId}`)
}
