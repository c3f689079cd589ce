import { isDiskFull } from '@lastmile/db/disk-full'
import { findList } from '@lastmile/db/query/lists'
import { newQueue } from '@lastmile/db/queue'
import { findSource, type SourceRow } from '@lastmile/db/query/sources'
import { fileReasons } from '@lastmile/shared/reading'
import type { Limits, Scope } from '@lastmile/shared/source'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { ReadingFailed, readInWorker } from '../reading/read-in-worker.js'
import type { AcceptedReading, ReadOutcome } from '../reading/read-report.js'
import { acceptReport } from './accept-report.js'
import { holdReport } from './hold-report.js'
import { keepDraft } from './keep-draft.js'
import { mastersFor } from './masters-for.js'
import { answeredBefore, refusedFile } from './receipts.js'
import { scopeOf } from './scope.js'
import { selfSource } from './self-source.js'
import { checkEmbargo, daysOf, limitsOf, type Submission, type SubmissionContext, type Submitted } from './submission.js'

/**
 * The one path of every report: bytes → rows → checked rows → statements, spans and counts, in one transaction.
 * A report with any error stores nothing and is kept as a draft. The accepted file and how it was sent are on the disk
 * before this answers.
 * @throws Refusal for what is refused before reading (unknown source, sent already, wrong version)
 */
export async function submitReport(services: Services, submission: Submission, signal?: AbortSignal): Promise<Submitted> {
  const now = services.clock.now()
  const at = submission.acceptedAt ?? now
  const list = await findList(services.db, submission.list, now)
  if (!list) throw notFound('list', submission.list)
  const source = await findSource(services.db, list.id, submission.source, submission.purview) ?? await selfSource(services.db, list, submission)
  if (!source) throw notFound('source', submission.source)
  const limits = limitsOf(source, submission.channel)
  const { asOf, today } = daysOf(submission, list, at)
  checkEmbargo(submission, at)
  const scope = await scopeOf(services.db, list, source, submission.scope)
  const context: SubmissionContext = { submission, list, source, at, now, asOf, today, scope, mode: submission.mode ?? source.data.mode }

  const again = await answeredBefore(services.db, context)
  if (again) return again
  const tell = (stage: 'reading' | 'storing' | 'done' | 'failed', rows: number) => {
    if (submission.upload) services.events.publish({ event: 'progress', data: { upload: submission.upload, stage, rows }, to: submission.sentBy ?? 'command' })
  }
  tell('reading', 0)
  const outcome = submission.nil ? nothingRead : await read(services, context, scope, limits, throttled((rows) => tell('reading', rows)), signal)
  if (outcome.outcome === 'rejected') {
    tell('failed', 0)
    return { status: fileReasons[outcome.reason], receipt: refusedFile(submission.dryRun, outcome) }
  }
  if (outcome.outcome === 'row_errors') {
    tell('failed', outcome.rowsTotal)
    return keepDraft(services, context, scope, outcome)
  }
  const named = submission.nil ? scope : scopeNamed(source, submission, scope, outcome)
  if (submission.publishAt !== null && submission.publishAt > at) {
    const waits = await holdReport(services, context, named, outcome)
    tell('done', outcome.rowsTotal)
    return waits
  }
  tell('storing', 0)
  const result = await acceptReport(services, context, named, outcome, throttled((lines) => tell('storing', lines))).catch((error: unknown) => {
    tell('failed', outcome.rowsTotal)
    throw error
  })
  tell('done', outcome.rowsTotal)
  return result
}

/** What is read of a nil report. */
const nothingRead: AcceptedReading = {
  outcome: 'accept', parts: [], prices: null, storedCount: 0, drugsNamed: [], providers: [], rowsTotal: 0, parsed: { rows: 0, inStock: 0, notKnown: 0, zero: 0 }, hasPriceColumn: false, storedSha256: null, warnings: [],
}

/** Passes on how many rows are done, at most four times a second. */
function throttled(tell: (rows: number) => void): (rows: number) => void {
  let last = performance.now()
  return (rows) => {
    const now = performance.now()
    if (now - last < 250) return
    last = now
    tell(rows)
  }
}

/** Files read at once: a workbook may take half a gigabyte. */
const readings = newQueue(2)

async function read(services: Services, context: SubmissionContext, scope: Scope, limits: Limits, onRows: (rows: number) => void, signal: AbortSignal | undefined): Promise<ReadOutcome> {
  const { submission, list, source, asOf, today } = context
  const { path, sha256 } = submission.file
  const request = { content: { path }, filename: submission.filename, profile: source.profile, limits, asOf, period: submission.period, today, spoolPath: services.files.scratch() }
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
function scopeNamed(source: SourceRow, submission: Submission, scope: Scope, outcome: AcceptedReading): Scope {
  if (source.data.snapshotOf !== 'drugs_named' || submission.scope?.drugs) return scope
  return { ...scope, drugs: [...outcome.drugsNamed].sort() }
}
