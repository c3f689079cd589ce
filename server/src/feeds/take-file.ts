import { isDiskFull } from '@lastmile/db/disk-full'
import type { FeedRow } from '@lastmile/db/query/feeds'
import type { ListRow } from '@lastmile/db/query/lists'
import type { AuditBy } from '@lastmile/shared/audit'
import { dayIn, earlierDay, type Day, type Instant, type Period } from '@lastmile/shared/day'
import { daySaidBy, type FeedFile } from '@lastmile/shared/feed'
import type { Purview } from '@lastmile/shared/purview'
import type { ReceivedFile } from '../lib/kept-files.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { submitReport } from '../reports/submit-report.js'
import { CannotFetch } from './feed-bounds.js'

/** A file that was fetched, as it is taken. */
export interface Fetched {
  filename: string
  file: ReceivedFile
  modified: Instant | null
  /** Under this name its progress is told. */
  upload: string
  /** Tells one submission of these bytes from the next, where somebody asked by hand for those that were not accepted. */
  again: string
}

/** Who sends what a feed fetched, as the audit names him. */
export function byFeed({ code, name, source }: Pick<FeedRow, 'code' | 'name' | 'source'>): AuditBy {
  return { actor: feedActor(code), actorName: name, role: 'machine', purview: `source:${source}`, previewedBy: null, requestId: null }
}

/** A feed's name among those who act. */
export const feedActor = (code: string) => `feed:${code}`

/** What a file speaks of: a day or a month; or why that is not known. */
export function timeOf(feed: Pick<FeedRow, 'file' | 'dayFrom'>, list: Pick<ListRow, 'clock' | 'today' | 'timeZone'>, { filename, modified }: Pick<Fetched, 'filename' | 'modified'>, now: Instant): { asOf: Day | null; period: Period | null } | { unknown: string } {
  if (feed.dayFrom === 'name') {
    const said = daySaidBy(feed.file, filename)
    if (said === null) return { unknown: `The name does not say of which day or month the file speaks: it is not called "${feed.file}".` }
    return 'asOf' in said ? { asOf: said.asOf, period: null } : { asOf: null, period: said.period }
  }
  if (feed.dayFrom === 'modified') return modified === null ? { unknown: 'It was not said when the file was last changed (Last-Modified).' } : { asOf: dayIn(list.timeZone, modified), period: null }
  const today = dayIn(list.timeZone, now)
  return { asOf: list.clock === 'demonstration' ? earlierDay(today, list.today) : today, period: null }
}

/**
 * Sends a fetched file on the one path of every report, as its feed, and says what became of it. These bytes become one
 * report of their source and no second, whatever day it is.
 * @throws CannotFetch where this machine cannot take any now; the signal's reason where the run is stopped while it is read
 */
export async function takeFile(services: Services, feed: FeedRow, list: ListRow, { filename, file, modified, upload, again }: Fetched, signal: AbortSignal): Promise<FeedFile> {
  const now = services.clock.now()
  const time = timeOf(feed, list, { filename, modified }, now)
  const taken = { filename, bytes: file.bytes, asOf: null, period: null, report: null, rows: 0, errors: 0, reason: null, detail: null, at: now } satisfies Partial<FeedFile>
  if ('unknown' in time) return { ...taken, outcome: 'rejected', reason: 'NO_DAY', detail: time.unknown }
  try {
    const purview: Purview = { of: 'source', source: feed.source }
    const { receipt } = await submitReport(services, {
      list: feed.list, source: feed.source, filename, file, ...time, mode: null, scope: null, channel: 'feed', corrects: null, idempotencyKey: `feed:${feed.code}:${file.sha256}${again}`, dryRun: false,
      acceptedAt: null, publishAt: null, held: null, code: null, sentBy: feedActor(feed.code), by: byFeed(feed), purview, upload,
    }, signal)
    return { ...taken, ...time, outcome: receipt.outcome, report: receipt.id, rows: receipt.rowsTotal, errors: receipt.errorsTotal, reason: receipt.reason ?? null, detail: receipt.detail ?? null }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (isDiskFull(error) || (error instanceof Refusal && error.status === 507)) throw new CannotFetch('DISK_FULL', 'The disk of this server is full.')
    if (!(error instanceof Refusal)) throw error
    // A key that was used for another day: these bytes were a report before.
    const isReport = error.reason === 'DUPLICATE_SUBMISSION' || error.reason === 'IDEMPOTENCY_KEY_REUSED'
    return { ...taken, ...time, outcome: isReport ? 'duplicate' : 'rejected', report: isReport ? error.details.report ?? null : null, reason: error.reason, detail: error.message }
  }
}
