import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { dayReceived, numberFor } from '@lastmile/db/query/receipts'
import { insertErrors, insertReport, lockReport, type ReportRow } from '@lastmile/db/query/reports'
import { evidenceCodes } from '@lastmile/db/schema/codes'
import type { AuditAction } from '@lastmile/shared/audit'
import type { RowError } from '@lastmile/shared/reading'
import type { WaitingState } from '@lastmile/shared/report'
import type { Scope } from '@lastmile/shared/source'
import { eventBy } from '../audit/event-of.js'
import { tellKept } from '../messages/report-messages.js'
import { decidedEvents, decisionColumns, type ReportFacts } from './report-facts.js'
import { answeredBefore, formerReport } from './receipts.js'
import { takeHeld } from './take-held.js'
import type { SubmissionContext, Submitted } from './submission.js'

/** A report that moves no number: a draft with its errors, or one that waits; and what it will be called. Plain data: it can be handed to another thread. */
export interface DraftOrder {
  context: SubmissionContext
  scope: Scope
  slot: string
  code: string
  state: 'draft' | WaitingState
  facts: ReportFacts & { errorsTotal: number; errors: readonly RowError[] }
}

/** The list's version afterwards, and the number of the receipt; or the answer that the same submission got before. */
export type StoredDraft = { listVersion: number; number: number } | { again: Submitted }

/**
 * Stores what a report is, and its errors by row and column, in one transaction. None of its rows is stored.
 * @throws Refusal where one that waits has a rival
 */
export async function storeDraft(db: Database, order: DraftOrder): Promise<StoredDraft> {
  return db.transaction(async (tx) => store(tx as Database, order))
}

async function store(db: Database, { context, scope, facts, slot, code, state }: DraftOrder): Promise<StoredDraft> {
  const { submission, list, source, at, asOf, mode } = context
  const { sha256, bytes } = submission.file
  await lockCounts(db)
  const again = await answeredBefore(db, context)
  if (again) return { again }
  const former = state !== 'draft' ? await heldFormer(db, context, slot) : null
  const number = await numberFor(db, source.id, dayReceived(list, at), { held: submission.held?.code ?? null, had: submission.number ?? null })
  await takeHeld(db, submission)
  const { errors, ...figures } = facts
  const id = await insertReport(db, {
    ...figures, code, number, listId: list.id, sourceId: source.id, evidence: evidenceCodes.code(source.data.evidence), mode, scope, period: submission.period, asOf, slot,
    state, version: former ? former.version + 1 : state === 'draft' ? 0 : 1, filename: submission.filename, sha256, bytes, channel: submission.channel, nil: submission.nil ?? false,
    mayHoldPrices: true, receivedAt: submission.held?.receivedAt ?? at, ...decisionColumns(submission), correctsId: submission.corrects === null ? null : former?.id_ ?? null, idempotencyKey: submission.idempotencyKey, sentBy: submission.sentBy, publishAt: submission.publishAt,
  })
  await insertErrors(db, id, errors)
  await tellKept(db, context, scope, code, state)
  const listVersion = await bumpVersion(db, list.id, null)
  // No digest of a file that may hold prices: with it they could be tried out.
  // Last: from here on others wait to note anything, until this is committed.
  const after = { source: source.data.code, period: submission.period, asOf, channel: submission.channel, rowsTotal: facts.rowsTotal, errorsTotal: facts.errorsTotal, publishAt: submission.publishAt, suspicions: facts.suspicions.map((one) => one.code) }
  await appendAudit(db, context.now, [...decidedEvents(context), eventBy(submission.by, { action: actions[state], outcome: 'done', list: list.code, object: code, after })])
  return { listVersion, number }
}

/** What is noted of a report that moves no number. */
const actions = { draft: 'report.draft', quarantined: 'report.quarantine', submitted: 'report.submit', embargoed: 'report.embargo' } as const satisfies Record<DraftOrder['state'], AuditAction>

/** The report that a waiting one is to correct, held: whoever approves it now finds this one waiting, or this one finds it approved. */
async function heldFormer(db: Database, context: DraftOrder['context'], slot: string): Promise<ReportRow | null> {
  const former = await formerReport(db, context, slot)
  if (!former) return null
  await lockReport(db, former.id_)
  return formerReport(db, context, slot)
}
