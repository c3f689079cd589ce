import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { passingReasons, type FeedFailure, type FeedFile, type FeedRunOutcome } from '@lastmile/shared/feed'
import { rowsOf, textArray, type Database } from '../database.js'
import { findFeed, type FeedRow } from './feeds.js'

/*
 * What a server that fetches feeds says to the others through the database: which it is at, how far it has come, what came
 * of it. A feed is leased: who does not say that he is still at it loses it.
 */

/** A run that this server has begun. */
export interface BegunRun {
  id: number
  feed: FeedRow
  /** Whether somebody asked for it by hand. */
  byHand: boolean
}

/**
 * Takes the feed whose time came first, if there is any, for one server until an instant: of several servers one gets it.
 * What another had begun and did not go on with is noted as lost. `now` is the instant on which times are held against.
 */
export async function beginDueRun(db: Database, server: string, now: Instant, until: Instant): Promise<BegunRun | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const [due] = await rowsOf<{ id: number; code: string; askedBy: string | null; wasLeased: boolean }>(tx, sql`
      select f.id, f.code, f.asked_by as "askedBy", f.leased_until is not null as "wasLeased" from feed f
      where f.ended_at is null and (f.asked_by is not null or (f.enabled and f.next_at <= ${now})) and (f.leased_until is null or f.leased_until < ${now})
      order by f.asked_by is null, f.next_at, f.id limit 1 for update skip locked`)
    if (!due) return null
    if (due.wasLeased) await tx.execute(sql`update feed_run set outcome = 'lost', ended_at = ${now} where feed_id = ${due.id} and outcome = 'running'`)
    await tx.execute(sql`update feed set leased_by = ${server}, leased_until = ${until}, asked_by = null where id = ${due.id}`)
    const [run] = await rowsOf<{ id: number }>(tx, sql`insert into feed_run (feed_id, started_at, outcome, asked_by) values (${due.id}, ${now}, 'running', ${due.askedBy}) returning id`)
    return { id: run!.id, feed: (await findFeed(tx, due.code))!, byHand: due.askedBy !== null }
  })
}

/** Says that a run goes on, and how far it has come. Answers whether it may: not where somebody asked it to stop, or it was taken for lost. */
export async function saySoOfRun(db: Database, { id, feed }: BegunRun, server: string, until: Instant, { bytes, rows }: { bytes: number; rows: number }): Promise<boolean> {
  const held = await rowsOf(db, sql`update feed set leased_until = ${until} where id = ${feed.id} and leased_by = ${server} returning id`)
  const [run] = await rowsOf<{ stopAsked: boolean }>(db, sql`update feed_run set bytes = ${bytes}, rows = ${rows} where id = ${id} and outcome = 'running' returning stop_asked as "stopAsked"`)
  return held.length > 0 && run !== undefined && !run.stopAsked
}

/** How a run ended, and when the feed is fetched next. `remembered`: what its address said of its answer; null leaves what is remembered. */
export interface EndOfRun {
  at: Instant
  outcome: Exclude<FeedRunOutcome, 'running'>
  bytes: number
  rows: number
  reason: FeedFailure | null
  detail: string | null
  nextAt: Instant
  failures: number
  remembered: { etag: string | null; lastModified: string | null } | null
}

/** Ends a run, unless it was taken for lost meanwhile: then another has the feed. Of a feed that was changed meanwhile neither its time nor what its address said is touched: that was another feed's. */
export async function endRun(db: Database, { id, feed }: BegunRun, server: string, { at, outcome, bytes, rows, reason, detail, nextAt, failures, remembered }: EndOfRun): Promise<void> {
  const unlessChanged = (column: SQL, value: SQL) => sql`${column} = case when version = ${feed.version} then ${value} else ${column} end`
  await db.transaction(async (tx) => {
    await tx.execute(sql`update feed_run set outcome = ${outcome}, ended_at = ${at}, bytes = ${bytes}, rows = ${rows}, reason = ${reason}, detail = ${detail} where id = ${id} and outcome = 'running'`)
    await tx.execute(sql`
      update feed set leased_by = null, leased_until = null, failures = ${failures}, ${unlessChanged(sql`next_at`, sql`${nextAt}::timestamptz`)}
        ${remembered === null ? sql`` : sql`, ${unlessChanged(sql`etag`, sql`${remembered.etag}::text`)}, ${unlessChanged(sql`last_modified`, sql`${remembered.lastModified}::text`)}`}
      where id = ${feed.id} and leased_by = ${server}`)
  })
}

/** What a feed took before: of each file its bytes, its looks in the folder, and whether a report was made of it. */
export interface TakenBefore {
  sha256: string
  filename: string
  mark: string | null
  isReport: boolean
}

/** All that a feed took before, by the SHA-256 of the bytes; without what was refused for a reason that may pass, which is as if never seen. */
export async function takenBy(db: Database, feedId: number): Promise<Map<string, TakenBefore>> {
  const rows = await rowsOf<TakenBefore>(db, sql`select sha256, filename, mark, report is not null and outcome <> 'row_errors' as "isReport" from feed_file where feed_id = ${feedId} and (reason is null or reason <> all(${textArray(passingReasons)}))`)
  return new Map(rows.map((row) => [row.sha256, row]))
}

/** Notes a file that a run took. Bytes that were taken before are noted anew: as what became of them now. */
export async function noteFile(db: Database, { id, feed }: BegunRun, { sha256, mark, filename, bytes, asOf, period, outcome, report, rows, errors, reason, detail, at }: FeedFile & { sha256: string; mark: string | null }): Promise<void> {
  await db.execute(sql`
    insert into feed_file (feed_id, run_id, sha256, filename, mark, bytes, as_of, period, outcome, report, rows, errors, reason, detail, at)
    values (${feed.id}, ${id}, ${sha256}, ${filename}, ${mark}, ${bytes}, ${asOf}, ${period}, ${outcome}, ${report}, ${rows}, ${errors}, ${reason}, ${detail}, ${at})
    on conflict (feed_id, sha256) do update set run_id = excluded.run_id, filename = excluded.filename, mark = excluded.mark, as_of = excluded.as_of, period = excluded.period, outcome = excluded.outcome,
      report = excluded.report, rows = excluded.rows, errors = excluded.errors, reason = excluded.reason, detail = excluded.detail, at = excluded.at`)
}

/** Remembers how known bytes look in their folder now: under another name, or copied there anew. */
export async function noteLooks(db: Database, feedId: number, { sha256, filename, mark }: Pick<TakenBefore, 'sha256' | 'filename' | 'mark'>): Promise<void> {
  await db.execute(sql`update feed_file set filename = ${filename}, mark = ${mark} where feed_id = ${feedId} and sha256 = ${sha256}`)
}

/** Lets go of runs that ended before an instant; what was taken stays known by its bytes, and the last run of each feed stays. Answers how many. */
export async function letRunsGo(db: Database, before: Instant): Promise<number> {
  return (await rowsOf(db, sql`
    delete from feed_run r where r.ended_at < ${before} and exists (select from feed_run later where later.feed_id = r.feed_id and later.id > r.id) returning r.id`)).length
}
