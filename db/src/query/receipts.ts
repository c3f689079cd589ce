import { sql } from 'drizzle-orm'
import { dayIn, earlierDay, type Day, type Instant } from '@lastmile/shared/day'
import { numbersOf, type ReportDeed } from '@lastmile/shared/receipt'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'

/** The day on which a report was received, by its list's own calendar: that of a list that stands still ends with its today. */
export function dayReceived({ timeZone, clock, today }: Pick<ListRow, 'timeZone' | 'clock' | 'today'>, receivedAt: Instant): Day {
  const day = dayIn(timeZone, receivedAt)
  return clock === 'demonstration' ? earlierDay(day, today) : day
}

/**
 * The number of the receipt of a report that was received on a day ({@link dayReceived}). One that waits keeps the one it has (`held`: its code), and a kept one that is
 * accepted again the one it had (`had`), unless another has it meanwhile; else it is its source's next of the year. Inside the
 * transaction that stores the report, which holds the lock of all that is stored ({@link lockCounts}): two never get the same.
 */
export async function numberFor(tx: Database, sourceId: number, received: Day, { held, had }: { held: string | null; had: number | null }): Promise<number> {
  const { from, to } = numbersOf(Number(received.slice(0, 4)))
  const [row] = await rowsOf<{ own: number | null; free: boolean; next: number }>(tx, sql`
    select (select number::float8 from report where source_id = ${sourceId} and code = ${held}) as own,
      not exists (select from report where source_id = ${sourceId} and number = ${had}::bigint) as free,
      1 + coalesce((select max(number) from report where source_id = ${sourceId} and number >= ${from}::bigint and number < ${to}::bigint), ${from}::bigint)::float8 as next`)
  return row!.own ?? (had !== null && row!.free ? had : row!.next)
}

/** How many institutions and drugs the stored rows of a report name; zero of both where nothing of it is stored. */
export async function countsOfReport(db: Database, listId: number, reportId: number): Promise<{ institutions: number; drugs: number }> {
  const [row] = await rowsOf<{ institutions: number; drugs: number }>(db, sql`
    select (select count(*)::int from report_lines where report_id = ${reportId}) as institutions,
      (select count(*)::int from report_drug where report_id = ${reportId} and drug_id in (select id from drug where list_id = ${listId})) as drugs`)
  return row!
}

/** What was done to a report, by what the audit still has of it, the earliest first. */
export async function deedsOf(db: Database, list: string, report: string): Promise<ReportDeed[]> {
  return rowsOf<ReportDeed>(db, sql`
    select e.at, e.action, e.body::jsonb->'after'->>'reason' as reason from audit_entry e
    where e.object = ${report} and e.list = ${list} and e.outcome = 'done' and starts_with(e.action, 'report.') order by e.seq`)
}
