import { sql } from 'drizzle-orm'
import { usualAlerting, type Alerting } from '@lastmile/shared/alerting'
import { dayIn, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { List } from '@lastmile/shared/list'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'

/** A list with its narrow ids, as queries need it. `version` moves with every change of its data; `publicVersion` with those alone that anybody may see: it counts by itself, so that no gap in it tells of the others. */
export interface ListRow extends List {
  id: number
  publicVersion: number
  regionSetId: number
  thresholds: number[]
  alerting: Alerting
}

/** What the database says of a list: all but its today, which may be the clock's to say. */
export interface ListRecord extends Omit<ListRow, 'today'> {
  /** The day at which it stands still; null where its today is the clock's. */
  standsAt: Day | null
}

/** All lists, each with its own today at this instant. */
export async function listLists(db: Database, now: Instant): Promise<ListRow[]> {
  return (await queryLists(db, null)).map((facts) => listOn(facts, (timeZone) => dayIn(timeZone, now)))
}

/** One list by code, or null. */
export async function findList(db: Database, code: string, now: Instant): Promise<ListRow | null> {
  const [facts] = await queryLists(db, code)
  return facts ? listOn(facts, (timeZone) => dayIn(timeZone, now)) : null
}

/** All lists, for who tells their todays himself. */
export async function readLists(db: Database): Promise<ListRecord[]> {
  return queryLists(db, null)
}

/** A list with its today. `dayOf` says which day it is now in a time zone. */
export function listOn({ standsAt, ...facts }: ListRecord, dayOf: (timeZone: string) => Day): ListRow {
  return { ...facts, today: standsAt ?? dayOf(facts.timeZone) }
}

/** The version of what anybody may see of a list as it is now; null if there is no such list. */
export async function publicVersionNow(db: Database, listId: number): Promise<number | null> {
  const [row] = await rowsOf<{ version: number }>(db, sql`select public_version as version from list where id = ${listId}`)
  return row?.version ?? null
}

async function queryLists(db: Database, code: string | null): Promise<ListRecord[]> {
  const rows = await rowsOf<{
    id: number; code: string; name: Text; document: Text | null; regionSetId: number; regionSet: string; thresholds: number[]; timeZone: string
    inForce: Day; validTo: Day | null; clock: 'living' | 'closed'; fixedToday: Day | null; demonstration: boolean; version: number; publicVersion: number
    alerting: Alerting | null; drugs: number; evidences: number[] | null; lastAsOf: Day | null
  }>(db, sql`
    select l.id, l.code, l.name, l.document, l.region_set_id as "regionSetId", s.code as "regionSet", s.thresholds, l.time_zone as "timeZone",
           l.in_force::text as "inForce", l.valid_to::text as "validTo", l.clock, l.fixed_today::text as "fixedToday", l.demonstration, l.version, l.public_version as "publicVersion", l.alerting,
           (select count(*)::int from drug d where d.list_id = l.id) as drugs, r.evidences, r.last::text as "lastAsOf"
    from list l join region_set s on s.id = l.region_set_id
    left join lateral (select array_agg(distinct evidence::int) as evidences, max(as_of) as last from report where list_id = l.id and state = 'accepted') r on true
    where ${code === null ? sql`true` : sql`l.code = ${code}`} order by l.id`)
  return rows.map((row) => ({
    id: row.id, code: row.code, name: row.name, document: row.document, regionSetId: row.regionSetId, regionSet: row.regionSet, thresholds: row.thresholds,
    timeZone: row.timeZone, inForce: row.inForce, validTo: row.validTo, clock: row.fixedToday ? 'demonstration' : row.clock,
    standsAt: row.fixedToday ?? (row.clock === 'closed' ? row.lastAsOf : null),
    demonstration: row.demonstration, drugsListed: row.drugs, version: row.version, publicVersion: row.publicVersion, alerting: row.alerting ?? usualAlerting,
    evidences: [...(row.evidences ?? [])].sort().map((evidence): Evidence => evidenceCodes.word(evidence)),
  }))
}
