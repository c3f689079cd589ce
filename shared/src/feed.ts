import { z } from 'zod'
import { addDays, clockIn, dayIn, Instant, isDay, type Day, type Period } from './day.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { ReportReceipt } from './report.js'
import { words } from './words.js'

/*
 * Feeds: reports that the server fetches itself, from a folder or an address, on a schedule. What is fetched goes the one
 * path of every report; what became of it stands in the feed's runs.
 */

/** A time of day on the clock of the list's time zone, `06:30`. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 06:30')

/** When a feed is fetched: every so many minutes or hours from the last time, or each day at a time in the list's time zone. */
export const FeedSchedule = z.discriminatedUnion('every', [
  onlyFields({ every: z.literal('minutes'), count: z.int().min(5, 'from 5 on').max(1_440, 'at most 1440') }),
  onlyFields({ every: z.literal('hours'), count: z.int().min(1, 'from 1 on').max(168, 'at most 168') }),
  onlyFields({ every: z.literal('day'), at: TimeOfDay }),
])
export type FeedSchedule = z.infer<typeof FeedSchedule>

/** Where a feed's files lie: in a folder of the server's machine, or at an address. `token` names a bearer token in the machine's own file of tokens; what it is stands nowhere here. */
export const FeedPlace = z.discriminatedUnion('kind', [
  onlyFields({ kind: z.literal('folder'), folder: words(1_000) }),
  onlyFields({ kind: z.literal('url'), url: words(2_000), token: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'the name of a token: letters, digits, - and _').nullable().default(null) }),
])
export type FeedPlace = z.infer<typeof FeedPlace>

/**
 * How files are called: `*` is any letters, `?` one, and `{yyyy}`, `{MM}` and `{dd}` are digits of the day of which the
 * file speaks. A pattern without `{dd}` names a month.
 */
export const FilePattern = words(200).refine((text) => !/[/\\]/.test(text), 'a name of a file, without folders').refine((text) => (text.match(/\{[^}]*\}?/g) ?? []).every((one) => datePlaces.has(one)), 'of places in braces there are {yyyy}, {MM} and {dd}')
  .refine((text) => [...datePlaces.keys()].every((place) => text.split(place).length <= 2), 'each of {yyyy}, {MM} and {dd} stands there once at most')
  // Each more is tried at every letter of a name.
  .refine((text) => text.split('*').length <= 4, 'three * at most')

const datePlaces = new Map([['{yyyy}', '(?<yyyy>\\d{4})'], ['{MM}', '(?<MM>\\d{2})'], ['{dd}', '(?<dd>\\d{2})']])

/** How the day is found of which a file speaks: in its name, the day it was last changed, or the day on which it is fetched. */
export const feedDays = ['name', 'modified', 'run'] as const
export const FeedDay = z.enum(feedDays)
export type FeedDay = z.infer<typeof FeedDay>

const content = { name: words(200), where: FeedPlace, file: FilePattern, schedule: FeedSchedule, dayFrom: FeedDay, enabled: z.boolean() }

function checkDayPlaces({ file, dayFrom }: { file: string; dayFrom: FeedDay }, ctx: z.RefinementCtx): void {
  if (dayFrom === 'name' && !(file.includes('{yyyy}') && file.includes('{MM}'))) ctx.addIssue({ code: 'custom', path: ['file'], message: 'to find the day in the name, the pattern has {yyyy} and {MM}, and {dd} where the file speaks of a day' })
}

export const NewFeed = onlyFields({ list: words(80), source: words(80), ...content }).superRefine(checkDayPlaces)
export type NewFeed = z.infer<typeof NewFeed>
export const FeedChange = onlyFields(content).superRefine(checkDayPlaces)
export type FeedChange = z.infer<typeof FeedChange>

/** `nothing_new`: what lies there was all taken before. `failed`: nothing could be fetched, and why. `stopped`: by somebody, or since the server stopped. `lost`: the server that ran it was gone. */
export const feedRunOutcomes = ['running', 'done', 'nothing_new', 'failed', 'stopped', 'lost'] as const
export const FeedRunOutcome = z.enum(feedRunOutcomes)
export type FeedRunOutcome = z.infer<typeof FeedRunOutcome>

/** What became of a file: of its report, or `duplicate`: its bytes were a report before. */
export const FeedFileOutcome = z.enum([...ReportReceipt.shape.outcome.options, 'duplicate'])
export type FeedFileOutcome = z.infer<typeof FeedFileOutcome>

/** Why nothing could be fetched. */
export const feedFailures = ['FOLDER_NOT_ALLOWED', 'FOLDER_MISSING', 'ADDRESS_NOT_ALLOWED', 'TOKEN_MISSING', 'CHANNEL_CLOSED', 'UNREACHABLE', 'HTTP_STATUS', 'TOO_MANY_REDIRECTS', 'TOO_LARGE', 'TIMED_OUT', 'DISK_FULL', 'SERVER_FAILED'] as const
export const FeedFailure = z.enum(feedFailures)
export type FeedFailure = z.infer<typeof FeedFailure>

/** Why a file is refused now and may be taken later, as it is: another report is decided, a month opened again, a day comes, the machine is well. It is tried again each time. */
export const passingReasons: readonly string[] = ['ANOTHER_WAITS', 'PERIOD_LOCKED', 'REPORT_FUTURE', 'CORRECTION_NAMES_NO_VERSION', 'DISK_FULL', 'DATABASE_LOST']

/** A file that a run took. `asOf` and `period`: of which day or month it speaks; null where that could not be found. `report`: of what it became, or was before. */
export const FeedFile = z.strictObject({
  filename: z.string(), bytes: z.int(), asOf: z.string().nullable(), period: z.string().nullable(), outcome: FeedFileOutcome, report: z.string().nullable(),
  rows: z.int(), errors: z.int(), reason: z.string().nullable(), detail: z.string().nullable(), at: Instant,
})
export type FeedFile = z.infer<typeof FeedFile>

export const FeedRun = z.strictObject({
  id: z.int(), startedAt: Instant, endedAt: Instant.nullable(), outcome: FeedRunOutcome,
  /** Who asked for it by hand, by name; null: its time had come. */
  askedBy: z.string().nullable(),
  /** How far it has come: bytes fetched, rows read. */
  bytes: z.int(), rows: z.int(),
  reason: FeedFailure.nullable(), detail: z.string().nullable(),
  files: z.array(FeedFile),
})
export type FeedRun = z.infer<typeof FeedRun>

export const Feed = z.strictObject({
  code: z.string(), list: z.string(), source: z.string(), version: z.int(), name: z.string(), where: FeedPlace, file: z.string(), schedule: FeedSchedule, dayFrom: FeedDay, enabled: z.boolean(),
  /** When it is fetched next; null: it is switched off, and nobody asked for it. */
  nextAt: Instant.nullable(),
  /** How many runs failed in a row. */
  failures: z.int(),
  last: FeedRun.nullable(),
})
export type Feed = z.infer<typeof Feed>

/** Feeds, and what this machine lets them fetch: beneath which folders, from which hosts, with which tokens; `runDays`: for how many days runs are kept. */
export const FeedsAnswer = z.strictObject({ feeds: z.array(Feed), folders: z.array(z.string()), hosts: z.array(z.string()), runDays: z.int() })
export type FeedsAnswer = z.infer<typeof FeedsAnswer>
export const FeedAnswer = z.strictObject({ feed: Feed })
export type FeedAnswer = z.infer<typeof FeedAnswer>
export const FeedRunsQuestion = z.object({ offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(100).default(20) })
export type FeedRunsQuestion = z.infer<typeof FeedRunsQuestion>
export const FeedRunsAnswer = z.strictObject({ feed: Feed, runs: z.array(FeedRun), page: Page })
export type FeedRunsAnswer = z.infer<typeof FeedRunsAnswer>

/** When a feed is fetched again after it was at an instant. Of a day on which the clocks leave that time out, as late as they would have shown it. */
export function nextFetch(schedule: FeedSchedule, after: Instant, timeZone: string): Instant {
  if (schedule.every !== 'day') return later(after, schedule.count * (schedule.every === 'hours' ? 60 : 1))
  const today = dayIn(timeZone, after)
  const at = instantAt(timeZone, today, schedule.at)
  return at > after ? at : instantAt(timeZone, addDays(today, 1), schedule.at)
}

/** The first wait after a failure, in minutes; each next one is twice as long. */
const firstWaitMinutes = 5
const longestWaitMinutes = 360

/** When a feed is tried again that has failed so many times in a row: after 5 minutes, then twice as long each time, up to 6 hours. */
export function nextTry(failures: number, after: Instant): Instant {
  return later(after, Math.min(longestWaitMinutes, firstWaitMinutes * 2 ** (Math.max(1, failures) - 1)))
}

/** Of what a file's name says that it speaks: a day or a month. Null: it is not called so, or names no day that there is. */
export function daySaidBy(pattern: string, filename: string): { asOf: Day } | { period: Period } | null {
  const said = expressionOf(pattern).exec(filename)?.groups
  if (said?.['yyyy'] === undefined || said['MM'] === undefined) return null
  const period = `${said['yyyy']}-${said['MM']}`
  const day = `${period}-${said['dd'] ?? '01'}`
  if (!isDay(day)) return null
  return said['dd'] === undefined ? { period } : { asOf: day }
}

/** Whether a file is called as a pattern says. */
export function isNamedSo(pattern: string, filename: string): boolean {
  return expressionOf(pattern).test(filename)
}

function expressionOf(pattern: string): RegExp {
  // Two stars say no more than one, and would be tried in every way.
  const parts = pattern.replace(/\*+/g, '*').split(/(\{yyyy\}|\{MM\}|\{dd\}|\*|\?)/)
  const source = parts.map((part) => datePlaces.get(part) ?? (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('')
  return new RegExp(`^${source}$`, 'su')
}

function later(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString()
}

/** When the clocks of a time zone show a time on a day. */
function instantAt(timeZone: string, day: Day, time: string): Instant {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let at = wanted
  // Once for the zone, and once more where its clocks were changed in between.
  for (let tries = 0; tries < 2; tries++) at -= Date.parse(`${clockIn(timeZone, new Date(at).toISOString())}Z`) - wanted
  return new Date(at).toISOString()
}
