import { sql, type SQL } from 'drizzle-orm'
import { dayNumber, type Day } from '@lastmile/shared/day'
import { maintainedCounts } from '../coverage/counted.js'
import { anyDrug, stockedAt, wholeSlot } from '../coverage/counts.js'
import { listFacts } from '../coverage/list-facts.js'
import { reachDay } from '../coverage/reach-day.js'
import { rowsOf, type Database } from '../database.js'
import { changeChannel } from '../listen.js'
import { evidenceCodes } from '../schema/codes.js'

/**
 * Marks a list's data as changed and, when the transaction commits, tells every server of it (`listen.ts`). `report` is
 * the one that changed it, '' for anything else, and null for what is not everybody's to see (a draft, an embargo, an approval): no window is told, and the public version stays. Answers the new version.
 */
export async function bumpVersion(db: Database, listId: number, report: string | null = ''): Promise<number> {
  const [version] = await bump(db, sql`id = ${listId}`, report)
  return version!
}

/** The same for the other lists of a list's region set: they show its institutions, its names and its residents too. */
export async function bumpNeighbours(db: Database, listId: number): Promise<void> {
  await bump(db, sql`id <> ${listId} and region_set_id = (select region_set_id from list where id = ${listId})`, '')
}

/** Tells every server of every list as it stands, when the transaction commits: where they came as they are, from a copy. */
export async function tellOfLists(db: Database): Promise<void> {
  await db.execute(sql`select ${notice('')} from list`)
}

async function bump(db: Database, which: SQL, report: string | null): Promise<number[]> {
  const rows = await rowsOf<{ version: number }>(db, sql`
    with bumped as (update list set version = version + 1, public_version = public_version + ${report === null ? 0 : 1}::int where ${which} returning code, version)
    select version, ${notice(report)} from bumped`)
  return rows.map((row) => row.version)
}

/** Tells of a row of lists by its code and version; servers hear it when the transaction commits (`listen.ts`). */
function notice(report: string | null): SQL {
  return sql`pg_notify(${changeChannel}, json_build_object('list', code, 'version', version, 'report', ${report}::text)::text)`
}

/** Distinct institutions with at least one drug in stock on a day, by what is maintained. */
export async function institutionsStockedOn(db: Database, listId: number, evidence: number, day: Day): Promise<number> {
  const facts = await listFacts(db, listId)
  await reachDay(db, facts, dayNumber(day))
  const overAll = (await maintainedCounts(db, facts, day, anyDrug).whole(evidenceCodes.word(evidence))).get(anyDrug)
  return overAll ? stockedAt(overAll, wholeSlot) : 0
}

/** Notes on a report what it did to the totals, and on the one it replaces by which it was replaced. */
export async function noteEffect(db: Database, reportId: number, effect: { institutionsBefore: number; institutionsAfter: number; pairsEntered: number; pairsLeft: number }): Promise<void> {
  await db.execute(sql`update report set effect = ${JSON.stringify(effect)}::jsonb where id = ${reportId}`)
}
