import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import { reportingStatus } from '@lastmile/shared/owed-period'
import type { Purview } from '@lastmile/shared/purview'
import type { SourceStatus, SourcesAnswer } from '@lastmile/shared/report'
import { hasTemplate, type Profile, type Source } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { ownDay } from './own-day.js'
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

/** The sources of a list within a purview, by code: an institution's own is made when it first reports, so that ids follow the order in which institutions were met. */
export async function sourceRows(db: Database, listId: number, purview: Purview): Promise<SourceRow[]> {
  return rowsOf<SourceRow>(db, sql`select o.id, o.data, o.profile from source o where o.list_id = ${listId} and ${sourcesWithin(purview)} order by o.code collate "C"`)
}

/** The sources of a list within a purview, by code, each with its last accepted report, and whether the one due by the as-of day is missing. */
export async function sourcesOf(db: Database, list: ListRow, asOf: Day, purview: Purview): Promise<SourcesAnswer> {
  const rows = await rowsOf<{ data: Source; profile: Pick<Profile, 'statusFrom' | 'institutionFrom'>; lastAsOf: Day | null; lastAcceptedAt: string | null }>(db, sql`
    select o.data, o.profile, r.as_of::text as "lastAsOf", r.accepted_at::text as "lastAcceptedAt" from source o
    left join lateral (select as_of, accepted_at from report where source_id = o.id and accepted_at is not null and as_of <= ${asOf} and ${ownDay(list, sql`accepted_at`)} <= ${asOf} order by as_of desc, accepted_at desc limit 1) r on true
    where o.list_id = ${list.id} and ${sourcesWithin(purview)} order by o.code collate "C"`)
  return { asOf, sources: rows.map((row) => statusOf(row.data, row.profile, row.lastAsOf, row.lastAcceptedAt, list, asOf)) }
}

function statusOf(source: Source, profile: Pick<Profile, 'statusFrom' | 'institutionFrom'>, lastAsOf: Day | null, lastAcceptedAt: string | null, list: ListRow, asOf: Day): SourceStatus {
  return {
    code: source.code, name: source.name, evidence: source.evidence, company: source.company, unit: source.unit, mode: source.mode, rhythm: source.rhythm,
    lastAsOf, lastAcceptedAt: lastAcceptedAt && new Date(lastAcceptedAt).toISOString(), ...reportingStatus(source, list, lastAsOf, asOf), accepts: Object.keys(source.channels), hasTemplate: hasTemplate(profile),
  }
}
