import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import { periodAt } from '@lastmile/shared/owed-period'
import type { PackedLines } from '@lastmile/shared/report-lines'
import type { ReportMode, Scope, Source } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import { touchedBy } from './left-out.js'

/**
 * Of the institutions that a source's last snapshot of the same scope of an earlier period named, how many one that is
 * being stored names again: a set, not a difference of totals. Nulls where there is none to compare with.
 */
export async function namedAgain(db: Database, report: { source: { id: number; data: Pick<Source, 'rhythm'> }; mode: ReportMode; scope: Scope; asOf: Day }, parts: readonly PackedLines[]): Promise<{ namedBeforeId: number | null; namedAgain: number | null }> {
  const none = { namedBeforeId: null, namedAgain: null }
  if (report.mode !== 'snapshot') return none
  const { first } = periodAt(report.source.data.rhythm, report.asOf)
  const [before] = await rowsOf<{ id: number }>(db, sql`
    select id from report where source_id = ${report.source.id} and state = 'accepted' and mode = 'snapshot' and scope = ${JSON.stringify(report.scope)}::jsonb and as_of < ${first}
    order by as_of desc, accepted_at desc limit 1`)
  if (!before) return none
  const own = new Set(parts.flatMap((part) => Array.from(part.institutions)))
  return { namedBeforeId: before.id, namedAgain: (await touchedBy(db, before.id)).filter((institution) => own.has(institution)).length }
}
