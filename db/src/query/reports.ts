import { and, asc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { Day, Instant, Period } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Purview } from '@lastmile/shared/purview'
import type { ReadWarning, RowError, RowErrorCode } from '@lastmile/shared/reading'
import { numbersOf, receiptNumber } from '@lastmile/shared/receipt'
import { reportStates, waitingStates, type Approval, type Report, type ReportState, type ReviewDecision, type WaitingState } from '@lastmile/shared/report'
import type { ReportOrder, Sort } from '@lastmile/shared/sort'
import type { Scope } from '@lastmile/shared/source'
import type { Suspicion } from '@lastmile/shared/suspicion'
import type { Text } from '@lastmile/shared/text'
import { asViewer } from '../as-viewer.js'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { report, reportError } from '../schema/report.js'
import { reportsWithin, sourcesWithin } from './within-purview.js'

/** A report with its narrow ids. Whether its file is open is said of who asks. */
export interface ReportRow extends Omit<Report, 'fileOpen' | 'sha256' | 'bytes'> {
  sha256: string
  bytes: number
  id_: number
  sourceId: number
  slot: string
  storedSha256: string | null
  warnings: ReadWarning[]
  /** Its file has a price column, or columns or sheets that nobody reads, or errors: whoever opens it may look at prices. */
  mayHoldPrices: boolean
  idempotencyKey: string | null
  /** Who sent it, as the audit names him. */
  sentBy: string | null
  /** The number of its receipt, as it is kept. */
  number_: number
  /** The name of the account that did; null for a key or a command. */
  sentByName: string | null
  /** The unit whose office sends it, if one does. */
  unit: string | null
  /** Who decided of it, and who approved it, as the audit names them. */
  reviewedById: string | null
  approvedById: string | null
}

/** Which reports are asked for. */
export interface ReportFilter {
  listId: number
  /** Of whose sender the asker may see the reports. */
  purview: Purview
  code?: string | undefined
  sourceId?: number | undefined
  source?: string | undefined
  evidence?: Evidence | undefined
  state?: ReportState | readonly ReportState[] | undefined
  slot?: string | undefined
  /** Period or day of the slot, whatever its scope. */
  slotStart?: string | undefined
  idempotencyKey?: string | undefined
  period?: Period | undefined
  /** Of its receipt: of a source and a year, or (null) of any. */
  number?: { source: string | null; year: number | null; place: number } | undefined
  sha256?: string | undefined
}

/** What reports are ordered by. */
const orders: Record<ReportOrder, SQL> = {
  number: sql`r.number`,
  filename: sql`r.filename collate "C"`, source: sql`o.code collate "C"`, evidence: sql`r.evidence`, asOf: sql`r.as_of`, state: sql`array_position(${textArray(reportStates)}, r.state)`,
  rowsTotal: sql`r.rows_total`, receivedAt: sql`r.received_at`,
}

/** Reports of a list, a page of them; the latest first, or as asked and then so. */
export async function reportsOf(db: Database, filter: ReportFilter, page: { offset: number; limit: number } = { offset: 0, limit: 100 }, sort: Sort<ReportOrder> | null = null): Promise<{ rows: ReportRow[]; total: number }> {
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from report r join source o on o.id = r.source_id where ${conditions(filter)}`)
  return { rows: await reportsFound(db, filter, page, sort), total: count!.total }
}

/** As {@link reportsOf}, where nobody asks how many there are: all of them unless a page is named. */
export async function reportsFound(db: Database, filter: ReportFilter, page: { offset: number; limit: number | null } = { offset: 0, limit: null }, sort: Sort<ReportOrder> | null = null): Promise<ReportRow[]> {
  const order = sort === null ? sql`` : sql`${orders[sort.by]} ${sort.falling ? sql`desc` : sql`asc`}, `
  const rows = await rowsOf<Raw>(db, sql`
    select r.id as id_, r.code as id, r.number::float8 as "number_", r.source_id as "sourceId", o.code as source, o.data->'name' as "sourceName", r.evidence, r.mode, r.scope, r.period, r.as_of::text as "asOf", r.slot,
           r.state, r.version, r.filename, r.sha256, r.bytes::float8 as bytes, r.channel, r.nil, r.rows_total as "rowsTotal", r.stored_count as "storedCount", r.stored_sha256 as "storedSha256",
           r.errors_total as "errorsTotal", r.warnings, r.received_at::text as "receivedAt", r.accepted_at::text as "acceptedAt", r.superseded_at::text as "supersededAt",
           c.code as corrects, s.code as "supersededBy", r.effect, r.may_hold_prices as "mayHoldPrices", r.idempotency_key as "idempotencyKey", r.parsed, r.publish_at::text as "publishAt",
           r.approved_at::text as "approvedAt", r.approval, coalesce(b.name, r.approved_by) as "approvedBy", r.approved_by as "approvedById", r.sent_by as "sentBy", a.name as "sentByName", r.suspicions,
           r.review as "reviewDecision", r.reviewed_at::text as "reviewedAt", coalesce(w.name, r.reviewed_by) as "reviewedBy", r.reviewed_by as "reviewedById", r.review_reason as "reviewReason", o.data->>'unit' as unit
    from report r left join account b on b.id = r.approved_by left join account a on a.id = r.sent_by left join account w on w.id = r.reviewed_by join source o on o.id = r.source_id left join report c on c.id = r.corrects_id left join report s on s.id = r.superseded_by_id
    where ${conditions(filter)} order by ${order}r.received_at desc, r.id desc limit ${page.limit} offset ${page.offset}`)
  return rows.map(reportRow)
}

/** One report of a list by code, or null. */
export async function findReport(db: Database, filter: ReportFilter): Promise<ReportRow | null> {
  return (await reportsFound(db, filter, { offset: 0, limit: 1 }))[0] ?? null
}

/** True if a report has this code. */
export async function isReport(db: Database, code: string): Promise<boolean> {
  return (await db.$count(report, eq(report.code, code))) > 0
}

/** Writes a report's row. Answers its narrow id. */
export async function insertReport(db: Database, values: typeof report.$inferInsert & { number: number }): Promise<number> {
  const [row] = await db.insert(report).values(values).returning({ id: report.id })
  return row!.id
}

/** Removes the row of a report that waits in a state: it is stored anew, as what it is now. False if it does not wait so any more. */
export async function removeWaiting(db: Database, code: string, state: WaitingState): Promise<boolean> {
  return (await db.delete(report).where(and(eq(report.code, code), eq(report.state, state))).returning({ id: report.id })).length === 1
}

/** The reports of all lists whose embargo has ended, the earliest first. */
export async function reportsToPublish(db: Database, now: Instant): Promise<{ list: string; listId: number; code: string }[]> {
  return rowsOf(db, sql`select l.code as list, r.list_id as "listId", r.code from report r join list l on l.id = r.list_id where r.state = 'embargoed' and r.publish_at <= ${now} order by r.publish_at, r.id`)
}

/** Holds a report until the transaction ends: of an approval of it and a correction that is to wait, the second finds the first. */
export async function lockReport(tx: Database, id: number): Promise<void> {
  await tx.execute(sql`select id from report where id = ${id} for update`)
}

/** Moves a report from accepted to superseded, if it still is accepted and nobody has approved it. False if somebody was quicker. */
export async function moveToSuperseded(db: Database, move: { id: number; from: 'accepted'; at: Instant }): Promise<boolean> {
  const moved = await db.update(report).set({ state: 'superseded', supersededAt: move.at })
    .where(and(eq(report.id, move.id), eq(report.state, move.from), isNull(report.approvedAt))).returning({ id: report.id })
  return moved.length === 1
}

/** Approves a report, if it is accepted and nobody was quicker. False if it is not, or somebody was. */
export async function moveToApproved(db: Database, move: { id: number; at: Instant; by: string; kind: Approval }): Promise<boolean> {
  const moved = await db.update(report).set({ approvedAt: move.at, approvedBy: move.by, approval: move.kind })
    .where(and(eq(report.id, move.id), eq(report.state, 'accepted'), isNull(report.approvedAt))).returning({ id: report.id })
  return moved.length === 1
}

/** Takes back a report that waits. False if it does not wait any more. */
export async function moveToWithdrawn(db: Database, id: number): Promise<boolean> {
  return (await db.update(report).set({ state: 'withdrawn' }).where(and(eq(report.id, id), inArray(report.state, waitingStates))).returning({ id: report.id })).length === 1
}

/** Returns a report that waits for a decision. False if it does not any more. */
export async function moveToReturned(db: Database, move: { id: number; at: Instant; by: string; reason: string }): Promise<boolean> {
  const moved = await db.update(report).set({ state: 'returned', review: 'returned', reviewedAt: move.at, reviewedBy: move.by, reviewReason: move.reason })
    .where(and(eq(report.id, move.id), inArray(report.state, ['quarantined', 'submitted']))).returning({ id: report.id })
  return moved.length === 1
}

/** Opens an approved report again. False if it is not approved. */
export async function moveToReopened(db: Database, id: number): Promise<boolean> {
  const moved = await db.update(report).set({ approvedAt: null, approvedBy: null, approval: null })
    .where(and(eq(report.id, id), isNotNull(report.approvedAt))).returning({ id: report.id })
  return moved.length === 1
}

/** Names the report that took another's place. */
export async function linkSuperseded(db: Database, id: number, supersededById: number): Promise<void> {
  await db.update(report).set({ supersededById }).where(eq(report.id, id))
}

/** Keeps the errors of a draft. */
export async function insertErrors(db: Database, reportId: number, errors: readonly RowError[]): Promise<void> {
  for (let at = 0; at < errors.length; at += 1_000) {
    await db.insert(reportError).values(errors.slice(at, at + 1_000).map((error, i) => ({
      reportId, ord: at + i, row: error.row, field: error.column, code: error.code, value: error.value,
    })))
  }
}

/** The errors of a draft, in the order of the file, for who may see the draft. */
export async function errorsOf(db: Database, reportId: number, purview: Purview, page: { offset: number; limit: number }): Promise<{ rows: RowError[]; total: number }> {
  return asViewer(db, purview, async (tx) => {
    const total = await tx.$count(reportError, eq(reportError.reportId, reportId))
    const rows = await tx.select({ row: reportError.row, column: reportError.field, code: reportError.code, value: reportError.value })
      .from(reportError).where(eq(reportError.reportId, reportId)).orderBy(asc(reportError.ord)).limit(page.limit).offset(page.offset)
    return { rows: rows.map((row) => ({ ...row, code: row.code as RowErrorCode })), total }
  })
}

interface Raw {
  id_: number; number_: number; sentByName: string | null; id: string; sourceId: number; source: string; sourceName: Text; evidence: number; mode: Report['mode']; scope: Scope; period: Period | null; asOf: Day
  slot: string; state: ReportState; version: number; filename: string; sha256: string; bytes: number; channel: Report['channel']; nil: boolean; rowsTotal: number; storedCount: number
  storedSha256: string | null; errorsTotal: number; warnings: ReadWarning[]; receivedAt: string; acceptedAt: string | null; supersededAt: string | null
  corrects: string | null; supersededBy: string | null; effect: Report['effect']; mayHoldPrices: boolean; idempotencyKey: string | null; parsed: ReportRow['parsed']; publishAt: string | null
  approvedAt: string | null; approval: Approval | null; approvedBy: string | null; approvedById: string | null; sentBy: string | null; unit: string | null
  suspicions: Suspicion[]; reviewDecision: ReviewDecision | null; reviewedAt: string | null; reviewedBy: string | null; reviewedById: string | null; reviewReason: string | null
}

function reportRow(row: Raw): ReportRow {
  const { evidence, receivedAt, acceptedAt, supersededAt, publishAt, approvedAt, approval, approvedBy, reviewDecision, reviewedAt, reviewedBy, reviewReason, ...rest } = row
  return {
    ...rest, number: receiptNumber(row.source, row.number_), evidence: evidenceCodes.word(evidence), warningsTotal: row.warnings.length,
    receivedAt: instantOf(receivedAt)!, acceptedAt: instantOf(acceptedAt), supersededAt: instantOf(supersededAt),
    publishAt: instantOf(publishAt), approval: approval === null ? null : { kind: approval, by: approvedBy ?? '', at: instantOf(approvedAt)! },
    review: reviewDecision === null ? null : { decision: reviewDecision, by: reviewedBy ?? '', at: instantOf(reviewedAt)!, reason: reviewReason ?? '' },
  }
}

function instantOf(text: string | null): Instant | null {
  return text === null ? null : new Date(text).toISOString()
}

/**
 * What moved no number is seen by the office that sends it alone (and by the regulator), whatever the report speaks of. Of
 * what is under embargo, or was taken back, an officer of a city sees what his province sent of it, and either what an
 * institution of theirs sent of itself once it counts.
 */
export function notWithheld(purview: Purview): SQL {
  const isAbove = purview.of === 'unit' || purview.of === 'city'
  return sql`(r.state in ('draft', 'accepted', 'superseded') or ${sourcesWithin(purview)} and (${isAbove ? sql`o.data->>'institution' is null` : sql`true`} or r.state in ('quarantined', 'submitted', 'returned')))`
}

function conditions(filter: ReportFilter): SQL {
  const parts: SQL[] = [sql`r.list_id = ${filter.listId}`, reportsWithin(filter.purview), notWithheld(filter.purview)]
  if (filter.code !== undefined) parts.push(sql`r.code = ${filter.code}`)
  if (filter.sourceId !== undefined) parts.push(sql`r.source_id = ${filter.sourceId}`)
  if (filter.source !== undefined) parts.push(sql`o.code = ${filter.source}`)
  if (filter.evidence !== undefined) parts.push(sql`r.evidence = ${evidenceCodes.code(filter.evidence)}`)
  if (filter.state !== undefined) parts.push(sql`r.state = any(${textArray([filter.state].flat())})`)
  if (filter.slot !== undefined) parts.push(sql`r.slot = ${filter.slot}`)
  if (filter.slotStart !== undefined) parts.push(sql`starts_with(r.slot, ${filter.slotStart})`)
  if (filter.idempotencyKey !== undefined) parts.push(sql`r.idempotency_key = ${filter.idempotencyKey}`)
  if (filter.period !== undefined) parts.push(sql`r.period = ${filter.period}`)
  if (filter.number !== undefined) {
    const { source, year, place } = filter.number
    if (source !== null) parts.push(sql`o.code = ${source}`)
    parts.push(year === null ? sql`r.number % ${numbersOf(1).from}::bigint = ${place}` : sql`r.number = ${numbersOf(year).from + place}::bigint`)
  }
  if (filter.sha256 !== undefined) parts.push(sql`r.sha256 = ${filter.sha256} and r.state in ('quarantined', 'submitted', 'embargoed', 'accepted', 'superseded')`)
  return sql.join(parts, sql` and `)
}
