import { z } from 'zod'
import { Day, Period } from './day.js'
import { Evidence } from './evidence.js'
import { Page } from './page.js'
import { Parts } from './parts.js'
import { Problem } from './problem.js'
import { ReadWarning, RowError } from './reading.js'
import { Channel, ReportMode, Scope } from './source.js'
import { Suspicion } from './suspicion.js'
import { Text } from './text.js'

/**
 * - `draft`: has errors, moves nothing.
 * - `quarantined`: reads well and does not look right; waits until somebody releases or returns it.
 * - `submitted`: of a source whose reports are approved first; waits for that.
 * - `embargoed`: checked, and accepted when its time comes.
 * - `accepted`: moves the numbers.
 * - `superseded`: a correction or a later snapshot of the same day took its place.
 * - `returned`: sent back for a reason; it never moved a number.
 * - `withdrawn`: taken back by its sender before it moved a number.
 */
export const reportStates = ['draft', 'quarantined', 'submitted', 'embargoed', 'accepted', 'superseded', 'returned', 'withdrawn'] as const
/** Read, kept, and moving no number yet: in the order in which a report passes through them. */
export const waitingStates = ['quarantined', 'submitted', 'embargoed'] as const satisfies readonly (typeof reportStates)[number][]
export type WaitingState = (typeof waitingStates)[number]
export const ReportState = z.enum(reportStates)
export type ReportState = z.infer<typeof ReportState>

/** `own`: approved by the office that sent it. `second`: by a national operator, where that office has nobody else. */
export const Approval = z.enum(['own', 'second'])
export type Approval = z.infer<typeof Approval>

/** What somebody decided of a report in quarantine, or of one that waited for approval. */
export const ReviewDecision = z.enum(['released', 'returned'])
export type ReviewDecision = z.infer<typeof ReviewDecision>

/** Answer to an upload: what became of it, and every error by row and column. */
export const ReportReceipt = z.strictObject({
  id: z.string().nullable(),
  /** `quarantined`, `submitted`, `embargoed`: read and kept, see the states of a report. */
  outcome: z.enum(['accepted', ...waitingStates, 'row_errors', 'rejected']),
  dryRun: z.boolean(),
  reason: z.string().optional(),
  detail: z.string().optional(),
  version: z.int().nullable(),
  /** Of its receipt: `province-370000-2026-0003`. Null where nothing is kept. */
  number: z.string().nullable(),
  rowsTotal: z.int(),
  storedCount: z.int(),
  /** Fingerprint of what the report says, however it is written. Null where nothing is stored, and for a report of more than 200,000 rows. */
  storedSha256: z.string().nullable(),
  warnings: z.array(ReadWarning),
  /** Why it does not look right: in quarantine for it, or accepted all the same. */
  suspicions: z.array(Suspicion),
  errors: z.array(RowError),
  errorsTotal: z.int(),
  /** What a refused request answers everywhere else too, for an upload that is refused before it is read. */
  error: Problem.shape.error.optional(),
})
export type ReportReceipt = z.infer<typeof ReportReceipt>

export const Report = z.strictObject({
  id: z.string(),
  /** Of its receipt: `province-370000-2026-0003`. */
  number: z.string(),
  source: z.string(),
  sourceName: Text,
  evidence: Evidence,
  mode: ReportMode,
  scope: Scope,
  period: Period.nullable(),
  asOf: Day,
  state: ReportState,
  version: z.int(),
  filename: z.string(),
  /** Of the file, and how large it is: for whom it opens. By them, what stands in its cells could be tried out. */
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
  channel: Channel,
  /** Nothing to report: it says nothing of any pair. */
  nil: z.boolean(),
  rowsTotal: z.int(),
  storedCount: z.int(),
  errorsTotal: z.int(),
  warningsTotal: z.int(),
  receivedAt: z.string(),
  acceptedAt: z.string().nullable(),
  supersededAt: z.string().nullable(),
  corrects: z.string().nullable(),
  supersededBy: z.string().nullable(),
  /** Rows as read, before those of one pair collapse: in stock, figure left empty, zero. Null for a file that could not be read. */
  parsed: z.strictObject({ rows: z.int(), inStock: z.int(), notKnown: z.int(), zero: z.int() }).nullable(),
  /** What it did to the totals of its kind of evidence, on its as-of day, when it was accepted. */
  effect: z.strictObject({ institutionsBefore: z.int(), institutionsAfter: z.int(), pairsEntered: z.int(), pairsLeft: z.int() }).nullable(),
  /** False where whoever asks may not open the kept file. */
  fileOpen: z.boolean(),
  /** Until when it waits, or waited, under embargo. */
  publishAt: z.string().nullable(),
  /** An approved report is not corrected until it is opened again. `by` is a name. */
  approval: z.strictObject({ kind: Approval, by: z.string(), at: z.string() }).nullable(),
  /** Why it does not look right; see `holdsBack`. */
  suspicions: z.array(Suspicion),
  /** What was decided of it when it waited. `by` is a name. */
  review: z.strictObject({ decision: ReviewDecision, by: z.string(), at: z.string(), reason: z.string() }).nullable(),
})
export type Report = z.infer<typeof Report>

export const ReportsAnswer = z.strictObject({ rows: z.array(Report), page: Page })
export type ReportsAnswer = z.infer<typeof ReportsAnswer>

/** What somebody may decide of a report that waits: release or return it, return it alone, or nothing, because it is his own. */
export const Reviewing = z.enum(['release_or_return', 'return', 'own'])
export type Reviewing = z.infer<typeof Reviewing>

/** What a report is after somebody approved, opened, released, returned or took it back. */
export const ReportMoved = z.strictObject({ report: z.string(), state: ReportState, approval: Approval.nullable() })
export type ReportMoved = z.infer<typeof ReportMoved>

/** Whether somebody can approve a report, or why not. */
export const Approving = z.enum(['yes', 'not_accepted', 'approved', 'own', 'office_approves', 'correction_waits'])
export type Approving = z.infer<typeof Approving>

export const ReportAnswer = z.strictObject({
  report: Report,
  warnings: z.array(ReadWarning),
  /** Whether whoever asks can approve it now; null where approving is not his at all. */
  approving: Approving.nullable(),
  /** What whoever asks can decide of it now; null where it does not wait for that, or deciding is not his at all. */
  reviewing: Reviewing.nullable(),
  /** What it is a part of, where it speaks of less than its source does. */
  parts: Parts.nullable(),
})
export type ReportAnswer = z.infer<typeof ReportAnswer>

export const ReportErrorsAnswer = z.strictObject({ report: z.string(), errors: z.array(RowError), errorsTotal: z.int(), page: Page })
export type ReportErrorsAnswer = z.infer<typeof ReportErrorsAnswer>

/** Who reports, what came last, and whether something is late. */
export const SourceStatus = z.strictObject({
  code: z.string(),
  name: Text,
  evidence: Evidence,
  company: z.string().nullable(),
  unit: z.string().nullable(),
  mode: ReportMode,
  rhythm: z.enum(['monthly', 'weekly', 'daily', 'irregular']),
  lastAsOf: Day.nullable(),
  lastAcceptedAt: z.string().nullable(),
  /** `never`: nothing was ever accepted. `late`: the report due by now is missing. */
  reporting: z.enum(['on_time', 'late', 'never', 'not_due']),
  dueOn: Day.nullable(),
  daysLate: z.int(),
  accepts: z.array(z.string()),
  /** Whether there is a template to fill in and send. */
  hasTemplate: z.boolean(),
})
export type SourceStatus = z.infer<typeof SourceStatus>

export const SourcesAnswer = z.strictObject({ asOf: Day, sources: z.array(SourceStatus) })
export type SourcesAnswer = z.infer<typeof SourcesAnswer>

/** Progress of a report that is being read, as server-sent events tell it. */
export const ReportProgress = z.strictObject({ upload: z.string(), stage: z.enum(['reading', 'storing', 'done', 'failed']), rows: z.int() })
export type ReportProgress = z.infer<typeof ReportProgress>
