import { bigint, boolean, index, integer, jsonb, pgTable, serial, text, unique } from 'drizzle-orm/pg-core'
import type { FeedDay, FeedFailure, FeedFileOutcome, FeedPlace, FeedRunOutcome, FeedSchedule } from '@lastmile/shared/feed'
import { instant } from './instant.js'
import { source } from './source.js'

/** What is fetched for a source, and when. One that has ended stays, for its runs and for what the audit says of it. */
export const feed = pgTable('feed', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  sourceId: integer('source_id').notNull().references(() => source.id),
  version: integer('version').notNull().default(1),
  name: text('name').notNull(),
  place: jsonb('place').$type<FeedPlace>().notNull(),
  file: text('file').notNull(),
  schedule: jsonb('schedule').$type<FeedSchedule>().notNull(),
  dayFrom: text('day_from').$type<FeedDay>().notNull(),
  enabled: boolean('enabled').notNull(),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
  /** When its time comes. */
  nextAt: instant('next_at').notNull(),
  /** Who asked for it by hand, until it is begun. */
  askedBy: text('asked_by'),
  failures: integer('failures').notNull().default(0),
  /** The server that is at it, and until when it is taken to live unless it says so again. */
  leasedBy: text('leased_by'),
  leasedUntil: instant('leased_until'),
  /** What an address said of its last answer, so that it need not send the same again. */
  etag: text('etag'),
  lastModified: text('last_modified'),
}, (table) => [index('feed_next').on(table.nextAt), index('feed_source').on(table.sourceId)])

/** One time that a feed was fetched. Kept for some time. */
export const feedRun = pgTable('feed_run', {
  id: serial('id').primaryKey(),
  feedId: integer('feed_id').notNull().references(() => feed.id),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  outcome: text('outcome').$type<FeedRunOutcome>().notNull(),
  askedBy: text('asked_by'),
  stopAsked: boolean('stop_asked').notNull().default(false),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  rows: integer('rows').notNull().default(0),
  reason: text('reason').$type<FeedFailure>(),
  detail: text('detail'),
}, (table) => [index('feed_run_feed').on(table.feedId, table.startedAt)])

/** A file that a feed took: by its bytes it is known again, however long ago that was and whatever it is called. */
export const feedFile = pgTable('feed_file', {
  id: serial('id').primaryKey(),
  feedId: integer('feed_id').notNull().references(() => feed.id),
  /** Of the run that took it last; null once that is kept no more. */
  runId: integer('run_id').references(() => feedRun.id, { onDelete: 'set null' }),
  sha256: text('sha256').notNull(),
  filename: text('filename').notNull(),
  /** How large it is and when it was changed, as its folder says: one that looks so again is not read again. */
  mark: text('mark'),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  asOf: text('as_of'),
  period: text('period'),
  outcome: text('outcome').$type<FeedFileOutcome>().notNull(),
  report: text('report'),
  rows: integer('rows').notNull(),
  errors: integer('errors').notNull(),
  reason: text('reason'),
  detail: text('detail'),
  at: instant('at').notNull(),
}, (table) => [unique().on(table.feedId, table.sha256), index('feed_file_run').on(table.runId)])
