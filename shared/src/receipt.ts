import { z } from 'zod'
import { Instant, Period, Day } from './day.js'
import { Evidence } from './evidence.js'
import { ReadWarning } from './reading.js'
import { Report, ReportState } from './report.js'
import { Channel, ReportMode, Scope } from './source.js'
import { Suspicion } from './suspicion.js'
import { Text } from './text.js'

/** A number is kept as year × this + its place among what its source sent that year. */
const placesAYear = 10_000_000

/** The numbers of a year: from the first up to and without the second. */
export function numbersOf(year: number): { from: number; to: number } {
  return { from: year * placesAYear, to: (year + 1) * placesAYear }
}

/**
 * The number of a receipt as it is written: `province-370000-2026-0003` is the third report that this source sent in 2026.
 * Each source has numbers of its own: in those of a whole list, gaps would tell of what others send and is not yet public.
 */
export function receiptNumber(source: string, kept: number): string {
  return `${source}-${Math.floor(kept / placesAYear)}-${String(kept % placesAYear).padStart(4, '0')}`
}

/** The inverse of {@link receiptNumber}, however many zeros are written; `2026-3` is of any source, `3` of any year too. Null for what is no number of a receipt. */
export function numberAsked(text: string): { source: string | null; year: number | null; place: number } | null {
  const match = /^\s*(?:(?:([a-z0-9-]+)-)?(\d{4})-)?(\d{1,7})\s*$/.exec(text.normalize('NFKC').toLowerCase())
  const place = Number(match?.[3] ?? 0)
  return match && place > 0 ? { source: match[1] ?? null, year: match[2] === undefined ? null : Number(match[2]), place } : null
}

/** What happened to a report, in the words of its receipt. */
export const receiptEvents = ['received', 'embargoed', 'quarantined', 'submitted', 'released', 'accepted', 'approved', 'reopened', 'returned', 'withdrawn', 'superseded'] as const
export const ReceiptEvent = z.enum(receiptEvents)
export type ReceiptEvent = z.infer<typeof ReceiptEvent>

/** One step of a report's history. `until`: how long it waits. `report`: the one that took its place. `reason`: what whoever did it said. */
export const ReceiptStep = z.strictObject({ at: Instant, event: ReceiptEvent, until: z.string().nullable(), report: z.string().nullable(), reason: z.string().nullable() })
export type ReceiptStep = z.infer<typeof ReceiptStep>

/**
 * The receipt of a report: that it was received, when, of whom, what it says in figures, what is wrong with it, and what
 * has become of it until now.
 */
export const Receipt = z.strictObject({
  number: z.string(),
  /** The day on which it was received, by the list's own calendar. */
  issuedOn: Day,
  list: z.string(),
  listName: Text,
  timeZone: z.string(),
  demonstration: z.boolean(),
  report: z.string(),
  source: z.string(),
  sourceName: Text,
  evidence: Evidence,
  channel: Channel,
  /** Name of the account that sent it; null for a key or a command. */
  sentBy: z.string().nullable(),
  filename: z.string(),
  /** Of the file, and how large it is; and what {@link fingerprintRule} makes of what was stored. For whom the file opens: by them, what stands in its cells could be tried out. */
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
  storedSha256: z.string().nullable(),
  period: Period.nullable(),
  asOf: Day,
  scope: Scope,
  mode: ReportMode,
  version: z.int(),
  corrects: z.string().nullable(),
  supersededBy: z.string().nullable(),
  counts: z.strictObject({
    rows: z.int(),
    /** Statements that were stored; zero while a report waits, and for one that has errors. */
    stored: z.int(),
    /** Distinct, among what was stored. Null while nothing is. */
    institutions: z.int().nullable(),
    drugs: z.int().nullable(),
    /** Rows as read, by what they say. Null for a file that could not be read. */
    inStock: z.int().nullable(),
    notKnown: z.int().nullable(),
    zero: z.int().nullable(),
  }),
  warnings: z.array(ReadWarning),
  suspicions: z.array(Suspicion),
  errorsTotal: z.int(),
  effect: Report.shape.effect,
  state: ReportState,
  history: z.array(ReceiptStep),
})
export type Receipt = z.infer<typeof Receipt>

/** How {@link Receipt.storedSha256} is made, for who would make it anew. */
export const fingerprintRule = 'SHA-256 of the UTF-8 text of the JSON list of [institution, drug, status, date, price or null], one entry a stored row, each entry written without blanks, the entries sorted as texts by their UTF-16 units; date is 2026-01-31, price a text with two decimals, status one of in_stock, on_order, out_of_stock, not_carried, discontinued, not_known.'

/** A deed that was noted of a report: what the audit calls it, when, and why. */
export interface ReportDeed {
  at: Instant
  action: string
  reason: string | null
}

/** What deeds are called on a receipt. When a report was received, accepted and superseded it says itself, by the list's own time. */
const eventOfDeed: Partial<Record<string, ReceiptEvent>> = {
  'report.quarantine': 'quarantined', 'report.submit': 'submitted', 'report.release': 'released', 'report.approve': 'approved',
  'report.reopen': 'reopened', 'report.return': 'returned', 'report.withdraw': 'withdrawn',
}

/** The history of a report: what it says itself, and what was done to it since. In the order of time; what happened at once, in that of {@link receiptEvents}. */
export function historyOf(report: Pick<Report, 'receivedAt' | 'publishAt' | 'acceptedAt' | 'supersededAt' | 'supersededBy' | 'approval' | 'review'>, deeds: readonly ReportDeed[]): ReceiptStep[] {
  const { receivedAt, publishAt, acceptedAt, supersededAt, supersededBy, approval, review } = report
  const step = (at: Instant, event: ReceiptEvent, more: Partial<ReceiptStep> = {}): ReceiptStep => ({ at, event, until: null, report: null, reason: null, ...more })
  const steps = deeds.flatMap(({ at, action, reason }) => (eventOfDeed[action] ? [step(at, eventOfDeed[action], { reason })] : []))
  // The audit lets go of what is old; what was decided of a report last it says itself.
  const lacks = (event: ReceiptEvent, at: Instant) => !steps.some((one) => one.event === event && one.at >= at)
  if (approval !== null && lacks('approved', approval.at)) steps.push(step(approval.at, 'approved'))
  if (review !== null && lacks(review.decision, review.at)) steps.push(step(review.at, review.decision, { reason: review.reason }))
  steps.push(step(receivedAt, 'received'))
  if (publishAt !== null) steps.push(step(receivedAt, 'embargoed', { until: publishAt }))
  if (acceptedAt !== null) steps.push(step(acceptedAt, 'accepted'))
  if (supersededAt !== null) steps.push(step(supersededAt, 'superseded', { report: supersededBy }))
  return steps.sort((a, b) => (a.at === b.at ? receiptEvents.indexOf(a.event) - receiptEvents.indexOf(b.event) : a.at < b.at ? -1 : 1))
}
