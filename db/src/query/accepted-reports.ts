import { sql } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { holdsSender, type Purview, type SentBy } from '@lastmile/shared/purview'
import type { Channel } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/** A report that was accepted by an instant, whether or not it counted any more then. `order`: its place in the order of acceptance. `correctedBy` null: what was accepted in its place is not said, or it was taken back. */
export interface AcceptedReport extends SentBy {
  id: number
  code: string
  order: number
  evidence: Evidence
  period: string | null
  asOf: Day
  filename: string
  /** Null to who may not open its file. */
  sha256: string | null
  bytes: number
  channel: Channel
  lines: number
  acceptedAt: Instant
  correctedAt: Instant | null
  correctedBy: string | null
}

/** All reports of a list that were accepted by an instant, by their narrow ids, the first first; what became of them later is not told. */
export async function acceptedReports(db: Database, list: ListRow, knownOn: Instant): Promise<Map<number, AcceptedReport>> {
  const rows = await rowsOf<Omit<AcceptedReport, 'order' | 'evidence'> & { evidence: number }>(db, sql`
    select r.id, r.code, r.evidence, r.period, r.as_of::text as "asOf", r.filename, r.sha256, r.bytes::int as bytes, r.channel, r.stored_count as lines, r.accepted_at::text as "acceptedAt",
      case when r.superseded_at <= ${knownOn} then r.superseded_at::text end as "correctedAt", case when r.superseded_at <= ${knownOn} then n.code end as "correctedBy",
      o.code as source, o.data->>'company' as company, o.data->>'unit' as unit, o.data->>'institution' as institution, r.scope->'regions' as regions
    from report r join source o on o.id = r.source_id left join report n on n.id = r.superseded_by_id
    where r.list_id = ${list.id} and r.accepted_at <= ${knownOn} order by r.accepted_at, r.id`)
  return new Map(rows.map(({ evidence, acceptedAt, correctedAt, ...row }, order) => [row.id, {
    ...row, order, evidence: evidenceCodes.word(evidence), acceptedAt: new Date(acceptedAt).toISOString(), correctedAt: correctedAt === null ? null : new Date(correctedAt).toISOString(),
  }]))
}

/** Those of some codes that are the asker's to see, with the digests of the files that he may open. */
export function reportsTold(reports: ReadonlyMap<number, AcceptedReport>, codes: ReadonlySet<string>, sees: { reports: Purview; files: Purview }): AcceptedReport[] {
  return [...reports.values()].filter((one) => codes.has(one.code) && holdsSender(sees.reports, one)).map((one) => ({ ...one, sha256: holdsSender(sees.files, one) ? one.sha256 : null }))
}
