import { sql } from 'drizzle-orm'
import { addDays, periodDays, type Day } from '@lastmile/shared/day'
import type { Purview } from '@lastmile/shared/purview'
import type { SourceStatus, SourcesAnswer } from '@lastmile/shared/report'
import type { Profile, Source } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { sourcesWithin } from './within-purview.js'

/** A source with its narrow ids. */
export interface SourceRow {
  id: number
  data: Source
  profile: Profile
}

/** One source of a list by code, or null where there is none within the purview. */
export async function findSource(db: Database, listId: number, code: string, purview: Purview): Promise<SourceRow | null> {
  const [row] = await rowsOf<SourceRow>(db, sql`select o.id, o.data, o.profile from source o where o.list_id = ${listId} and o.code = ${code} and ${sourcesWithin(purview)}`)
  return row ?? null
}

/** The sources of a list within a purview, as the edition has them. */
export async function sourceRows(db: Database, listId: number, purview: Purview): Promise<SourceRow[]> {
  return rowsOf<SourceRow>(db, sql`select o.id, o.data, o.profile from source o where o.list_id = ${listId} and ${sourcesWithin(purview)} order by o.id`)
}

/** The sources of a list within a purview, each with its last accepted report, and whether the one due by the as-of day is missing. */
export async function sourcesOf(db: Database, list: ListRow, asOf: Day, purview: Purview): Promise<SourcesAnswer> {
  const rows = await rowsOf<{ data: Source; lastAsOf: Day | null; lastAcceptedAt: string | null }>(db, sql`
    select o.data, r.as_of::text as "lastAsOf", r.accepted_at::text as "lastAcceptedAt" from source o
    left join lateral (select as_of, accepted_at from report where source_id = o.id and state = 'accepted' and as_of <= ${asOf} order by as_of desc, accepted_at desc limit 1) r on true
    where o.list_id = ${list.id} and ${sourcesWithin(purview)} order by o.id`)
  return { asOf, sources: rows.map((row) => statusOf(row.data, row.lastAsOf, row.lastAcceptedAt, list, asOf)) }
}

function statusOf(source: Source, lastAsOf: Day | null, lastAcceptedAt: string | null, list: ListRow, asOf: Day): SourceStatus {
  const due = lastDue(source, asOf)
  const wanted = due !== null && due.covers >= list.inForce ? due : null
  const missing = wanted !== null && (lastAsOf === null || lastAsOf < wanted.covers)
  const late = missing && wanted.dueOn < asOf
  return {
    code: source.code, name: source.name, evidence: source.evidence, company: source.company, unit: source.unit, mode: source.mode, rhythm: source.rhythm,
    lastAsOf, lastAcceptedAt: lastAcceptedAt && new Date(lastAcceptedAt).toISOString(),
    reporting: lastAsOf === null ? (late ? 'never' : 'not_due') : late ? 'late' : source.rhythm === 'irregular' ? 'not_due' : 'on_time',
    dueOn: wanted?.dueOn ?? null,
    daysLate: late ? Math.round((Date.parse(asOf) - Date.parse(wanted.dueOn)) / 86_400_000) : 0,
    accepts: Object.keys(source.channels),
  }
}

/** The last report that must have arrived by a day: what it must cover at least, and the day it was due. */
function lastDue(source: Source, asOf: Day): { covers: Day; dueOn: Day } | null {
  if (source.rhythm === 'irregular') return null
  if (source.rhythm === 'daily' || source.rhythm === 'weekly') {
    const covers = addDays(asOf, -source.graceDays - (source.rhythm === 'weekly' ? 7 : 1))
    return { covers, dueOn: addDays(covers, source.graceDays) }
  }
  let month = asOf.slice(0, 7)
  for (let tries = 0; tries < 24; tries++) {
    month = addDays(`${month}-01`, -1).slice(0, 7)
    const { last } = periodDays(month)
    // A monthly report covers its month; the source may have sent it a few days before the month ended.
    if (addDays(last, source.graceDays) < asOf) return { covers: `${month}-01`, dueOn: addDays(last, source.graceDays) }
  }
  return null
}
