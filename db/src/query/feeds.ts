import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { Feed, FeedDay, FeedFile, FeedPlace, FeedRun, FeedRunsAnswer, FeedSchedule } from '@lastmile/shared/feed'
import { arrayOf, rowsOf, type Database } from '../database.js'

/** A feed with its narrow ids, and what a run of it has to know. */
export interface FeedRow extends Omit<Feed, 'last'> {
  id: number
  sourceId: number
  timeZone: string
  etag: string | null
  lastModified: string | null
}

/** What is said of a feed. */
export interface FeedContent {
  name: string
  where: FeedPlace
  file: string
  schedule: FeedSchedule
  dayFrom: FeedDay
  enabled: boolean
}

interface Raw {
  id: number; sourceId: number; code: string; list: string; source: string; version: number; name: string; where: FeedPlace; file: string; schedule: FeedSchedule; dayFrom: FeedDay; enabled: boolean
  nextAt: string; askedBy: string | null; failures: number; timeZone: string; etag: string | null; lastModified: string | null
}
interface RawRun extends Omit<FeedRun, 'files' | 'startedAt' | 'endedAt'> { feedId: number; startedAt: string; endedAt: string | null }

const columns = sql`f.id, f.source_id as "sourceId", f.code, l.code as list, o.code as source, f.version, f.name, f.place as where, f.file, f.schedule, f.day_from as "dayFrom", f.enabled,
  f.next_at::text as "nextAt", f.asked_by as "askedBy", f.failures, l.time_zone as "timeZone", f.etag, f.last_modified as "lastModified"`
const tables = sql`feed f join source o on o.id = f.source_id join list l on l.id = o.list_id`

/** Every feed that has not ended, by name; of one list, or (null) of all. */
export async function feedsOf(db: Database, list: string | null): Promise<Feed[]> {
  return withLast(db, await feedRows(db, sql`f.ended_at is null and ${list === null ? sql`true` : sql`l.code = ${list}`} order by f.name collate "C", f.id`))
}

/** A feed that has not ended, or null. */
export async function findFeed(db: Database, code: string): Promise<FeedRow | null> {
  return (await feedRows(db, sql`f.code = ${code} and f.ended_at is null`))[0] ?? null
}

/** A feed as its page shows it. */
export async function shownFeed(db: Database, row: FeedRow): Promise<Feed> {
  return (await withLast(db, [row]))[0]!
}

/** Keeps a new feed. */
export async function insertFeed(tx: Database, values: FeedContent & { code: string; sourceId: number; createdAt: Instant; nextAt: Instant }): Promise<void> {
  const { code, sourceId, name, where, file, schedule, dayFrom, enabled, createdAt, nextAt } = values
  await tx.execute(sql`
    insert into feed (code, source_id, name, place, file, schedule, day_from, enabled, created_at, next_at)
    values (${code}, ${sourceId}, ${name}, ${JSON.stringify(where)}::jsonb, ${file}, ${JSON.stringify(schedule)}::jsonb, ${dayFrom}, ${enabled}, ${createdAt}, ${nextAt})`)
}

/** Says otherwise of a feed at a version. What its address said of its last answer is forgotten where that is another. False if it is at another version by now, or has ended. */
export async function changeFeed(tx: Database, id: number, version: number, { name, where, file, schedule, dayFrom, enabled }: FeedContent, nextAt: Instant): Promise<boolean> {
  const place = sql`${JSON.stringify(where)}::jsonb`
  return (await rowsOf(tx, sql`
    update feed set version = version + 1, name = ${name}, place = ${place}, file = ${file}, schedule = ${JSON.stringify(schedule)}::jsonb, day_from = ${dayFrom}, enabled = ${enabled}, next_at = ${nextAt}, failures = 0,
      etag = case when place = ${place} then etag end, last_modified = case when place = ${place} then last_modified end
    where id = ${id} and version = ${version} and ended_at is null returning id`)).length > 0
}

/** Ends a feed at a version: it is fetched no more, and a run of it stops. False if it is at another version by now. */
export async function endFeed(tx: Database, id: number, version: number, at: Instant): Promise<boolean> {
  const ended = (await rowsOf(tx, sql`update feed set ended_at = ${at}, asked_by = null where id = ${id} and version = ${version} and ended_at is null returning id`)).length > 0
  if (ended) await tx.execute(sql`update feed_run set stop_asked = true where feed_id = ${id} and outcome = 'running'`)
  return ended
}

/** Asks for a feed by hand: its time has come. What a server began and did not go on with is noted as lost. False where it runs, or was asked for already. */
export async function askForFeed(tx: Database, id: number, by: string, now: Instant): Promise<boolean> {
  await noteLost(tx, id, now)
  return (await rowsOf(tx, sql`
    update feed set asked_by = ${by} where id = ${id} and ended_at is null and asked_by is null
      and not exists (select from feed_run r where r.feed_id = feed.id and r.outcome = 'running') returning id`)).length > 0
}

/** Asks a run of a feed to stop; one whose server is gone is noted as lost instead. False where it does not run. */
export async function askToStop(tx: Database, feedId: number, runId: number, now: Instant): Promise<boolean> {
  if ((await noteLost(tx, feedId, now)).includes(runId)) return true
  return (await rowsOf(tx, sql`update feed_run set stop_asked = true where id = ${runId} and feed_id = ${feedId} and outcome = 'running' returning id`)).length > 0
}

/** Notes as lost what a server began and did not go on with, and takes the feed from that server, should it still come back. Answers which runs. */
async function noteLost(tx: Database, id: number, now: Instant): Promise<number[]> {
  const left = await rowsOf(tx, sql`update feed set leased_by = null, leased_until = null where id = ${id} and leased_until < ${now} returning id`)
  if (left.length === 0) return []
  const lost = await rowsOf<{ id: number }>(tx, sql`update feed_run set outcome = 'lost', ended_at = ${now} where feed_id = ${id} and outcome = 'running' returning id`)
  return lost.map((run) => run.id)
}

/** The runs of a feed, the latest first, each with the files that it took. */
export async function runsOf(db: Database, row: FeedRow, { offset, limit }: { offset: number; limit: number }): Promise<FeedRunsAnswer> {
  const runs = await withFiles(db, await rowsOf<RawRun>(db, sql`select ${runColumns} from feed_run r where r.feed_id = ${row.id} order by r.id desc limit ${limit} offset ${offset}`))
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from feed_run where feed_id = ${row.id}`)
  return { feed: await shownFeed(db, row), runs: runs.map(({ feedId: _, ...run }) => run), page: { offset, limit, total: count!.total } }
}

async function feedRows(db: Database, where: SQL): Promise<FeedRow[]> {
  const rows = await rowsOf<Raw>(db, sql`select ${columns} from ${tables} where ${where}`)
  return rows.map(({ askedBy, nextAt, ...row }) => ({ ...row, nextAt: row.enabled || askedBy !== null ? new Date(nextAt).toISOString() : null }))
}

/** The account that asked by name, where there still is one. */
const runColumns = sql`r.id, r.feed_id as "feedId", r.started_at::text as "startedAt", r.ended_at::text as "endedAt", r.outcome,
  (select coalesce((select a.name from account a where a.id = r.asked_by), r.asked_by)) as "askedBy", r.bytes::float8 as bytes, r.rows, r.reason, r.detail`

async function withLast(db: Database, rows: readonly FeedRow[]): Promise<Feed[]> {
  const last = await withFiles(db, await rowsOf<RawRun>(db, sql`select distinct on (r.feed_id) ${runColumns} from feed_run r where r.feed_id = any(${arrayOf('int', rows.map(({ id }) => id))}) order by r.feed_id, r.id desc`))
  const byFeed = new Map(last.map(({ feedId, ...run }) => [feedId, run]))
  return rows.map(({ id, sourceId: _, timeZone: __, etag: ___, lastModified: ____, ...feed }) => ({ ...feed, last: byFeed.get(id) ?? null }))
}

async function withFiles(db: Database, runs: readonly RawRun[]): Promise<(FeedRun & { feedId: number })[]> {
  const files = await rowsOf<FeedFile & { runId: number }>(db, sql`
    select run_id as "runId", filename, bytes::float8 as bytes, as_of as "asOf", period, outcome, report, rows, errors, reason, detail, at::text as at
    from feed_file where run_id = any(${arrayOf('int', runs.map(({ id }) => id))}) order by id`)
  return runs.map(({ startedAt, endedAt, ...run }) => ({
    ...run, startedAt: new Date(startedAt).toISOString(), endedAt: endedAt && new Date(endedAt).toISOString(),
    files: files.filter(({ runId }) => runId === run.id).map(({ runId: _, at, ...file }) => ({ ...file, at: new Date(at).toISOString() })),
  }))
}
