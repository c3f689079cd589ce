import { sql } from 'drizzle-orm'
import { dayIn, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { List } from '@lastmile/shared/list'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'

/** A list with its narrow ids, as queries need it. */
export interface ListRow extends List {
  id: number
  regionSetId: number
  thresholds: number[]
}

/** All lists, each with its own today at this instant. */
export async function listLists(db: Database, now: Instant): Promise<ListRow[]> {
  return queryLists(db, now, null)
}

/** One list by code, or null. */
export async function findList(db: Database, code: string, now: Instant): Promise<ListRow | null> {
  return (await queryLists(db, now, code))[0] ?? null
}

async function queryLists(db: Database, now: Instant, code: string | null): Promise<ListRow[]> {
  const rows = await rowsOf<{
    id: number; code: string; name: Text; document: Text | null; regionSetId: number; regionSet: string; thresholds: number[]; timeZone: string
    inForce: Day; validTo: Day | null; clock: 'living' | 'closed'; fixedToday: Day | null; demonstration: boolean; version: number
    drugs: number; evidences: number[] | null; lastAsOf: Day | null
  }>(db, sql`
    select l.id, l.code, l.name, l.document, l.region_set_id as "regionSetId", s.code as "regionSet", s.thresholds, l.time_zone as "timeZone",
           l.in_force::text as "inForce", l.valid_to::text as "validTo", l.clock, l.fixed_today::text as "fixedToday", l.demonstration, l.version,
           (select count(*)::int from drug d where d.list_id = l.id) as drugs, r.evidences, r.last::text as "lastAsOf"
    from list l join region_set s on s.id = l.region_set_id
    left join lateral (select array_agg(distinct evidence::int) as evidences, max(as_of) as last from report where list_id = l.id and state = 'accepted') r on true
    where ${code === null ? sql`true` : sql`l.code = ${code}`} order by l.id`)
  return rows.map((row) => ({
    id: row.id, code: row.code, name: row.name, document: row.document, regionSetId: row.regionSetId, regionSet: row.regionSet, thresholds: row.thresholds,
    timeZone: row.timeZone, inForce: row.inForce, validTo: row.validTo, clock: row.fixedToday ? 'demonstration' : row.clock,
    today: row.fixedToday ?? (row.clock === 'closed' && row.lastAsOf ? row.lastAsOf : dayIn(row.timeZone, now)),
    demonstration: row.demonstration, drugsListed: row.drugs, version: row.version,
    evidences: [...(row.evidences ?? [])].sort().map((evidence): Evidence => evidenceCodes.word(evidence)),
  }))
}
