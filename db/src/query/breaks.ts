import { sql } from 'drizzle-orm'
import { breakBetween, type BreakReason, type Snapshot } from '@lastmile/shared/break'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Scope } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'

/** Where a source changed what it reports: from which report on, what that speaks of, and how. */
export interface SourceBreak {
  evidence: Evidence
  scope: Scope
  day: Day
  report: string
  reason: BreakReason
}

/**
 * All breaks of a list, by day: consecutive accepted snapshots of one source and scope that differ so. Found from what
 * is accepted now, so that a snapshot loaded late or corrected stands in its place.
 */
export const breaksFor: (db: Database, list: ListRow) => Promise<SourceBreak[]> = onceAList(async (db, list) => {
  const rows = await rowsOf<Omit<SourceBreak, 'evidence' | 'reason'> & { evidence: number; before: Snapshot; after: Snapshot }>(db, sql`
    select evidence, scope, day, report, before, after from (
      select evidence, scope, as_of::text as day, code as report, id, json_build_object('counts', parsed, 'content', content) as after, lag(json_build_object('counts', parsed, 'content', content)) over (partition by source_id, evidence, scope order by as_of, accepted_at, id) as before
      from report where list_id = ${list.id} and state = 'accepted' and mode = 'snapshot'
    ) snapshots where before is not null order by day, id`)
  return rows.flatMap(({ evidence, scope, day, report, before, after }) => {
    const reason = breakBetween(before, after)
    return reason ? [{ evidence: evidenceCodes.word(evidence), scope, day, report, reason }] : []
  })
})

/** Whether a scope speaks of a drug (null: of any) in one of some regions (null: of any): another unit's source breaks no series of this one. */
export function speaksOf({ drugs, regions }: Scope, drug: string | null, inRegions: readonly string[] | null): boolean {
  return (drug === null || !drugs || drugs.includes(drug)) && (inRegions === null || !regions || regions.some((one) => inRegions.includes(one)))
}
