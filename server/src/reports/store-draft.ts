import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { insertErrors, insertReport } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { Scope } from '@lastmile/shared/source'
import { eventBy } from '../audit/event-of.js'
import type { ReadOutcome } from '../reading/read-report.js'
import { answeredBefore } from './receipts.js'
import type { SubmissionContext, Submitted } from './submission.js'

/** A report with errors, and what it will be called. Plain data: it can be handed to another thread. */
export interface DraftOrder {
  context: SubmissionContext
  scope: Scope
  outcome: Extract<ReadOutcome, { outcome: 'row_errors' }>
  slot: string
  code: string
}

/** The list's version afterwards; or the answer that the same submission got before. */
export type StoredDraft = { listVersion: number } | { again: Submitted }

/** Stores a report with errors in one transaction: what it is, and its errors by row and column. None of its rows is stored. */
export async function storeDraft(db: Database, order: DraftOrder): Promise<StoredDraft> {
  return db.transaction(async (tx) => store(tx as Database, order))
}

async function store(db: Database, { context, scope, outcome, slot, code }: DraftOrder): Promise<StoredDraft> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  await lockCounts(db)
  const again = await answeredBefore(db, context)
  if (again) return { again }
  const id = await insertReport(db, {
    code, listId: list.id, sourceId: source.id, evidence: evidenceCodes.code(source.data.evidence), mode, scope, period: submission.period, asOf, slot,
    state: 'draft', version: 0, filename: submission.filename, sha256, bytes, channel: submission.channel, rowsTotal: outcome.rowsTotal,
    storedCount: 0, errorsTotal: outcome.errorsTotal, warnings: outcome.warnings, mayHoldPrices: true, parsed: outcome.parsed, receivedAt: at, idempotencyKey: submission.idempotencyKey, sentBy: submission.sentBy,
  })
  await insertErrors(db, id, outcome.errors)
  const listVersion = await bumpVersion(db, list.id, null)
  // Last: from here on others wait to note anything, until this is committed.
  const after = { source: source.data.code, period: submission.period, asOf, channel: submission.channel, sha256, rowsTotal: outcome.rowsTotal, errorsTotal: outcome.errorsTotal }
  await appendAudit(db, context.now, [eventBy(submission.by, { action: 'report.draft', outcome: 'done', list: list.code, object: code, after })])
  return { listVersion }
}
