import { sql } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Scope } from '@lastmile/shared/source'
import { stockedAt, unpackCounts } from '../coverage/counts.js'
import { anyDrug } from '../coverage/deltas.js'
import { nationSlot } from '../coverage/write-coverage.js'
import { rowsOf, type Database } from '../database.js'
import { seriesBreak, type BreakReason } from '../schema/report.js'

/** Waits for whoever is changing this list's counts, until the transaction ends. */
export async function lockList(db: Database, listId: number): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(7411, ${listId})`)
}

/** Marks a list's data as changed. Answers its new version. */
export async function bumpVersion(db: Database, listId: number): Promise<number> {
  const [row] = await rowsOf<{ version: number }>(db, sql`update list set version = version + 1 where id = ${listId} returning version`)
  return row!.version
}

/** Distinct institutions with at least one drug in stock on a day, by what is maintained. */
export async function institutionsStockedOn(db: Database, listId: number, lens: number, day: Day): Promise<number> {
  const [row] = await rowsOf<{ counts: Uint8Array }>(db, sql`
    select counts from coverage_by_unit where list_id = ${listId} and lens = ${lens} and drug_id = ${anyDrug} and day <= ${day} order by day desc limit 1`)
  return row ? stockedAt(unpackCounts(row.counts), nationSlot) : 0
}

/** What a source's last accepted snapshot of the same scope counted, up to a day, but for the one whose place is taken; null if there is none. */
export async function previousSnapshot(db: Database, sourceId: number, scope: Scope, asOf: Day, replaced: number | null): Promise<{ parsed: { rows: number; inStock: number; notKnown: number; zero: number } | null } | null> {
  const [row] = await rowsOf<{ parsed: { rows: number; inStock: number; notKnown: number; zero: number } | null }>(db, sql`
    select parsed from report where source_id = ${sourceId} and state = 'accepted' and mode = 'snapshot' and scope = ${JSON.stringify(scope)}::jsonb and as_of <= ${asOf} and id is distinct from ${replaced}
    order by as_of desc, accepted_at desc limit 1`)
  return row ?? null
}

/** Notes on a report that its source changed what it reports. */
export async function insertBreak(db: Database, reportId: number, day: Day, reason: BreakReason): Promise<void> {
  await db.insert(seriesBreak).values({ reportId, day, reason })
}

/** Notes on a report what it did to the totals, and on the one it replaces by which it was replaced. */
export async function noteEffect(db: Database, reportId: number, effect: { institutionsBefore: number; institutionsAfter: number; pairsEntered: number; pairsLeft: number }): Promise<void> {
  await db.execute(sql`update report set effect = ${JSON.stringify(effect)}::jsonb where id = ${reportId}`)
}
