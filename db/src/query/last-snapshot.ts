import { sql } from 'drizzle-orm'
import type { SnapshotCounts } from '@lastmile/shared/break'
import type { Day } from '@lastmile/shared/day'
import type { Judged } from '@lastmile/shared/suspicion'
import { rowsOf, type Database } from '../database.js'

/**
 * The source's last accepted snapshot of a scope up to a day: what the next is held against. `slot` is the place that the next
 * one takes; what stood there before is the former only where it is no `correction`, or there is no other: a correction mends what is wrong with it. Null where there is
 * none, or nobody counted it.
 */
export async function lastSnapshot(db: Database, { source, slot, asOf, correction }: { source: number; slot: string; asOf: Day; correction: boolean }): Promise<(Judged & { report: string }) | null> {
  const [row] = await rowsOf<{ report: string; counts: SnapshotCounts; institutions: number; latestDay: Day | null; content: string | null }>(db, sql`
    select code as report, parsed as counts, institutions, latest_day::text as "latestDay", content from report
    where source_id = ${source} and state = 'accepted' and mode = 'snapshot' and as_of <= ${asOf} and parsed is not null and institutions is not null
      and substr(slot, strpos(slot, '|')) = ${slot.slice(slot.indexOf('|'))}
    order by ${correction ? sql`slot = ${slot}, ` : sql``}as_of desc, accepted_at desc limit 1`)
  return row ?? null
}
