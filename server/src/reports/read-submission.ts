import { isDiskFull } from '@lastmile/db/disk-full'
import { findList } from '@lastmile/db/query/lists'
import { findSource } from '@lastmile/db/query/sources'
import { newQueue } from '@lastmile/db/queue'
import type { Scope } from '@lastmile/shared/source'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { ReadingFailed, readInWorker } from '../reading/read-in-worker.js'
import type { AcceptedReading, ReadOutcome } from '../reading/read-report.js'
import { mastersFor } from './masters-for.js'
import { scopeOf } from './scope.js'
import { selfSource } from './self-source.js'
import { checkEmbargo, daysOf, limitsOf, type Submission, type SubmissionContext } from './submission.js'

/**
 * A submission with what it refers to looked up.
 * @throws Refusal for a list or source that is not there for its sender, a channel that is closed, a day or scope that cannot be
 */
export async function contextOf(services: Services, submission: Submission): Promise<SubmissionContext> {
  const now = services.clock.now()
  const at = submission.acceptedAt ?? now
  const list = await findList(services.db, submission.list, now)
  if (!list) throw notFound('list', submission.list)
  const source = await findSource(services.db, list.id, submission.source, submission.purview) ?? await selfSource(services.db, list, submission)
  if (!source) throw notFound('source', submission.source)
  limitsOf(source, submission.channel)
  const { asOf: askedAsOf, today } = daysOf(submission, list, at)
  const asOf = submission.keptAsOf ?? askedAsOf
  checkEmbargo(submission, at)
  if (submission.channel === 'form' && submission.code === null && asOf < list.inForce) throw new Refusal(400, 'report.before', `The list is in force from ${list.inForce} on: nothing is stated on screen of a day before.`, { field: submission.period === null ? 'asOf' : 'period' })
  const scope = await scopeOf(services.db, list, source, submission.scope)
  return { submission, list, source, at, now, asOf, today, scope, mode: submission.mode ?? source.data.mode }
}

/** Files read at once: a workbook may take half a gigabyte. */
const readings = newQueue(2)

/** What is read of a nil report. */
const nothingRead: AcceptedReading = {
  outcome: 'accept', parts: [], prices: null, storedCount: 0, drugsNamed: [], providers: [], rowsTotal: 0, parsed: { rows: 0, inStock: 0, notKnown: 0, zero: 0 }, hasPriceColumn: false, storedSha256: null, warnings: [], stockedAt: 0, latestDay: null, content: null, shifted: null,
}

/** Reads the file of a submission in a worker, and checks its rows; of a nil report nothing is read. `onRows` is told how many are done. */
export async function readSubmission(services: Services, context: SubmissionContext, onRows: (rows: number) => void = () => {}, signal?: AbortSignal): Promise<ReadOutcome> {
  const { submission, list, source, asOf, today, scope } = context
  if (submission.nil) return nothingRead
  const limits = limitsOf(source, submission.channel)
  const { path, sha256 } = submission.file
  const request = { content: { path }, filename: submission.filename, profile: source.profile, limits, asOf, period: submission.period, today, wasTaken: submission.code !== null, spoolPath: services.files.scratch() }
  try {
    // What it is checked against is gathered when its turn comes: of a nation, it takes megabytes and some of this thread's time.
    return await readings.run(async () => readInWorker({ ...request, masters: await mastersFor(services.db, list, source.data, scope, asOf) }, { onProgress: onRows, ...(signal ? { signal } : {}) }))
  } catch (error) {
    if (!(error instanceof ReadingFailed) || isDiskFull(error)) throw error
    services.log.warn({ err: error, sha256 }, 'reading a report failed')
    if (error.reason === 'crash') return { outcome: 'rejected', reason: 'TYPE_MISMATCH', detail: 'The file cannot be read as a spreadsheet.', rowsTotal: null, warnings: [] }
    return { outcome: 'rejected', reason: 'TOO_LARGE', detail: 'The file takes more memory or time to read than a report may.', rowsTotal: null, warnings: [] }
  }
}

/** A snapshot of a source that publishes a file a drug speaks of the drugs its rows name. */
export function scopeNamed({ source, submission, scope }: SubmissionContext, outcome: AcceptedReading): Scope {
  if (submission.nil || source.data.snapshotOf !== 'drugs_named' || submission.scope?.drugs) return scope
  return { ...scope, drugs: [...outcome.drugsNamed].sort() }
}
