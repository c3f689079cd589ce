import { z } from 'zod'
import { Attachment } from './attachment.js'
import { Basis, Format } from './basis.js'
import { CaseGapState, CaseState, CaseSubject, CaseVerb } from './case.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { Addressee, Letters, NamedGap, NoticeChannel, NoticeState, NoticeVerb } from './notice.js'
import { Page } from './page.js'
import { sortBy } from './sort.js'
import { Reason } from './status.js'
import { LadderStep, Supervision } from './supervision.js'
import { Text } from './text.js'

/* What is answered of cases. An office sees all of its own; whoever a letter is for, that letter and what belongs to it. */

/** One letter in a row. `number` null: a draft. */
const NoticeInRow = z.strictObject({ code: z.string(), number: Text.nullable(), to: Addressee, state: NoticeState, dueOn: Day.nullable() })

/** A case as a row. `seenAs`: as the office that keeps it (or the whole regulator), or as whom a letter is for, who is told of his letters' gaps alone. */
export const CaseRow = z.strictObject({
  code: z.string(),
  state: CaseState,
  /** Who moves it names the version that he saw (`If-Match`). */
  version: z.int(),
  seenAs: z.enum(['office', 'addressee']),
  /** The unit whose office keeps it; null: the national regulator. */
  unit: z.string().nullable(),
  about: z.strictObject({ by: CaseSubject, code: z.string() }),
  evidence: Evidence,
  drugs: z.array(z.string()),
  units: z.array(z.string()),
  gaps: z.int(),
  /** How many of them were met when they were last looked at, and on which day that was. */
  met: z.int(),
  checkedOn: Day.nullable(),
  openedOn: Day,
  closedOn: Day.nullable(),
  /** Days from its opening to its closing, or to today. */
  age: z.int(),
  /** The first day on which an answer is due that has not come. */
  dueOn: Day.nullable(),
  /** Working days until then; negative: it is overdue by so many. */
  workingDaysLeft: z.int().nullable(),
  /** Steps of the ladder that were taken, and the one whose time has come. */
  steps: z.array(z.string()),
  stepDue: z.string().nullable(),
  notices: z.array(NoticeInRow),
})
export type CaseRow = z.infer<typeof CaseRow>

export const caseOrders = ['code', 'age', 'due', 'state', 'gaps'] as const
export type CaseOrder = (typeof caseOrders)[number]

/** Which cases. `due`: an answer is overdue, or soon due, or an officer has a step to decide of. Unless ordered otherwise what is overdue first, then what is due next, then the newest. */
export const CasesQuestion = z.object({
  state: CaseState.optional(), due: z.enum(['overdue', 'soon', 'step']).optional(), drug: z.string().max(80).optional(), company: z.string().max(80).optional(), region: z.string().max(40).optional(), evidence: Evidence.optional(),
  /** Whose: the national regulator's (`national`), or of a unit's office. */
  office: z.string().max(40).optional(),
  sort: sortBy(caseOrders).optional(), offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type CasesQuestion = z.infer<typeof CasesQuestion>

/** Cases, a page of them; how many of all that else is asked for stand in each state, and how many are overdue. `rules` null: this list's edition says not how gaps are followed up, and no case is opened. */
export const CasesAnswer = z.strictObject({
  basis: Basis.omit({ evidence: true, since: true, knownOn: true, asOf: true }),
  rows: z.array(CaseRow), page: Page,
  counts: z.strictObject({ open: z.int(), notified: z.int(), answered: z.int(), closed: z.int(), overdue: z.int(), soon: z.int(), step: z.int() }),
  rules: Supervision.pick({ author: true, reason: true, answerWithin: true, dueSoon: true, reopenWithin: true, ladder: true, removal: true, removalNote: true }).nullable(),
})
export type CasesAnswer = z.infer<typeof CasesAnswer>

/** A gap of a case: what it was when it was opened, and what is so today. `now` null: no standard speaks of it any more. */
export const CaseGap = z.strictObject({
  drug: z.string(), unit: z.string(), company: z.string(),
  opened: NamedGap.omit({ drug: true, unit: true }),
  state: CaseGapState,
  /** What is lacking today; null where nothing is. */
  now: NamedGap.omit({ drug: true, unit: true }).nullable(),
  mends: z.array(z.enum(['company', 'province'])),
})
export type CaseGap = z.infer<typeof CaseGap>

/** How something came that was entered for somebody: `onBehalf`, by the office and not by himself. */
const Came = z.strictObject({ on: Day, channel: NoticeChannel, onBehalf: z.boolean(), attachments: z.array(Attachment) })

export const Notice = NoticeInRow.extend({
  round: z.int(),
  draftedOn: Day,
  note: z.string().nullable(),
  gaps: z.array(NamedGap),
  sent: Came.omit({ onBehalf: true }).nullable(),
  acknowledged: Came.nullable(),
  answer: Came.extend({ reasons: z.array(Reason), plan: z.string(), doneBy: Day }).nullable(),
  withdrawn: z.strictObject({ on: Day, reason: z.string() }).nullable(),
  /** Of a draft, as it would be if it were sent today; null where the edition says not (any more) how gaps are followed up, and it cannot be sent. */
  letters: Letters.nullable(),
  /** Whether somebody of the addressee has an account here. */
  hasAccount: z.boolean(),
  /** True where a day lies in a year whose public holidays are not known: Monday to Friday counted as worked. */
  weekdaysAlone: z.boolean(),
  may: z.array(NoticeVerb),
})
export type Notice = z.infer<typeof Notice>

export const caseEventKinds = ['open', 'draft', 'change', 'send', 'acknowledge', 'answer', 'withdraw', 'escalate', 'check', 'close', 'reopen'] as const
export const CaseEventKind = z.enum(caseEventKinds)
export type CaseEventKind = z.infer<typeof CaseEventKind>

/** What is kept of a step beside who did it and when. */
export const CaseEventDetail = z.strictObject({
  reason: z.string().optional(), step: z.string().optional(), channel: NoticeChannel.optional(), dueOn: Day.optional(), onBehalf: z.boolean().optional(),
  /** Gaps that were found met, or to be gaps again, since they were last looked at; and the reports that came since then and speak of them. */
  met: z.array(z.strictObject({ drug: z.string(), unit: z.string() })).optional(),
  again: z.array(z.strictObject({ drug: z.string(), unit: z.string() })).optional(),
  reports: z.array(z.string()).optional(),
  /** Standards of these drugs that were decided since then: what is asked, and not what is there, may be what changed. */
  standards: z.array(z.strictObject({ drug: z.string(), version: z.int(), why: z.string().nullable() })).optional(),
})
export type CaseEventDetail = z.infer<typeof CaseEventDetail>

/** A step of a case. `state`: where it led to; null for whoever has a letter of it, who is told by his own letters alone. `on`: the day of it, which may be before it was entered (`at`). `by`: an office, an addressee, the day; or the statements themselves, or where none came a standard that was decided otherwise. */
export const CaseEvent = z.strictObject({
  kind: CaseEventKind, on: Day, at: Instant, by: z.enum(['office', 'addressee', 'statements', 'standard', 'day']), byName: z.string().nullable(), notice: z.string().nullable(), state: CaseState.nullable(), detail: CaseEventDetail,
})
export type CaseEvent = z.infer<typeof CaseEvent>

/** What was said of a case. `notice`: its addressee sees it; null: the offices alone. */
export const CaseComment = z.strictObject({ at: Instant, by: z.enum(['office', 'addressee']), byName: z.string().nullable(), notice: z.string().nullable(), text: z.string() })
export type CaseComment = z.infer<typeof CaseComment>

/** A case whole. `may`: what whoever asks may do with it now; `drafts`: to whom he may draft a letter; `answerWithin`: working days to answer one, unless it says otherwise; null: the edition does not say how gaps are followed up. */
export const CaseAnswer = z.strictObject({
  basis: Basis.omit({ evidence: true, since: true, knownOn: true }),
  case: CaseRow, gaps: z.array(CaseGap), notices: z.array(Notice), events: z.array(CaseEvent), comments: z.array(CaseComment),
  may: z.array(CaseVerb), drafts: z.array(Addressee), answerWithin: z.int().nullable(), ladder: z.array(LadderStep), removalNote: Text,
})
export type CaseAnswer = z.infer<typeof CaseAnswer>

/** Where a case stands after a verb, and the letter that it was done with. */
export const CaseMoved = z.strictObject({ case: z.string(), state: CaseState, version: z.int(), notice: z.string().nullable() })
export type CaseMoved = z.infer<typeof CaseMoved>
