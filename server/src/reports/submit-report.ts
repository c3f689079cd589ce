import { fileReasons } from '@lastmile/shared/reading'
import type { WaitingState } from '@lastmile/shared/report'
import type { Services } from '../lib/services.js'
import { acceptReport } from './accept-report.js'
import { holdReport } from './hold-report.js'
import { judgeReport, waitOf } from './judge-report.js'
import { keepDraft } from './keep-draft.js'
import { contextOf, readSubmission, scopeNamed } from './read-submission.js'
import { answeredBefore, refusedFile } from './receipts.js'
import { factsOf, untakenFacts, type ReportFacts } from './report-facts.js'
import type { Submission, Submitted } from './submission.js'

/**
 * The one path of every report: bytes → rows → checked rows → statements, spans and counts, in one transaction.
 * A report with any error stores nothing and is kept as a draft; one that does not look right, or is to be approved first,
 * waits. The file that was taken and how it was sent are on the disk before this answers.
 * @throws Refusal for what is refused before reading (unknown source, sent already, wrong version)
 */
export async function submitReport(services: Services, submission: Submission, signal?: AbortSignal): Promise<Submitted> {
  const context = await contextOf(services, submission)
  const again = await answeredBefore(services.db, context)
  if (again) return again
  const tell = (stage: 'reading' | 'storing' | 'done' | 'failed', rows: number) => {
    if (submission.upload) services.events.publish({ event: 'progress', data: { upload: submission.upload, stage, rows }, to: submission.sentBy ?? 'command' })
  }
  tell('reading', 0)
  const outcome = await readSubmission(services, context, throttled((rows) => tell('reading', rows)), signal)
  if (outcome.outcome === 'rejected') {
    tell('failed', 0)
    return { status: fileReasons[outcome.reason], receipt: refusedFile(submission.dryRun, outcome) }
  }
  // Values in the wrong columns come before what is wrong with each of them.
  if (outcome.outcome === 'row_errors' && (outcome.shifted === null || (submission.code !== null && !submission.waits))) {
    tell('failed', outcome.rowsTotal)
    return keepDraft(services, context, context.scope, outcome)
  }
  const named = outcome.outcome === 'accept' ? scopeNamed(context, outcome) : context.scope
  const suspicions = await judgeReport(services.db, context, named, outcome)
  const hold = async (state: WaitingState, facts: ReportFacts) => {
    const waits = await holdReport(services, context, named, state, facts)
    tell('done', outcome.rowsTotal)
    return waits
  }
  if (outcome.outcome === 'row_errors') return hold('quarantined', untakenFacts(outcome, suspicions))
  const wait = waitOf(context, suspicions)
  if (wait !== null) return hold(wait, factsOf(outcome, suspicions))
  tell('storing', 0)
  const result = await acceptReport(services, context, named, outcome, suspicions, throttled((lines) => tell('storing', lines))).catch((error: unknown) => {
    tell('failed', outcome.rowsTotal)
    throw error
  })
  tell('done', outcome.rowsTotal)
  return result
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
