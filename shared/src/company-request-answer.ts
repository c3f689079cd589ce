import { z } from 'zod'
import { Attachment } from './attachment.js'
import { Basis, Format } from './basis.js'
import { CompanyRequestKind, CompanyRequestOutcome, CompanyRequestState, CompanyRequestVerb, companyRequestVerbs } from './company-request.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { Page } from './page.js'
import { sortBy } from './sort.js'
import { State } from './state.js'
import { RequestRules } from './supervision.js'

/* What is answered of company requests. A company sees its own, an office those that it has or had, the regulator all. */

/** A request as a row. Units are named by their codes; an office that is null is the national regulator. */
export const CompanyRequestRow = z.strictObject({
  code: z.string(),
  state: CompanyRequestState,
  /** Who moves it names the version that he saw (`If-Match`). */
  version: z.int(),
  kind: CompanyRequestKind,
  company: z.string(),
  drug: z.string(),
  institution: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
  /** The unit that it is about: of the institution, or of the office that was asked first; null: none in particular. */
  unit: z.string().nullable(),
  /** The unit whose office has it now. */
  office: z.string().nullable(),
  /** 2: its company objected to the first answer. */
  round: z.int(),
  openedOn: Day,
  endedOn: Day.nullable(),
  /** Days from its opening to its end, or to today. */
  age: z.int(),
  /** The day on which the answer is due that has not come. */
  dueOn: Day.nullable(),
  /** The day on which it was due before it was put off; null where it was not. */
  firstDueOn: Day.nullable(),
  /** Working days until `dueOn`; negative: it is overdue by so many. */
  workingDaysLeft: z.int().nullable(),
  /** Of the last answer. */
  outcome: CompanyRequestOutcome.nullable(),
  resolveBy: Day.nullable(),
})
export type CompanyRequestRow = z.infer<typeof CompanyRequestRow>

export const companyRequestOrders = ['code', 'age', 'due', 'state', 'kind', 'drug'] as const
export type CompanyRequestOrder = (typeof companyRequestOrders)[number]

/** Which requests. `due`: an answer is overdue, or soon due. `region`: about a unit, or at its office. Unless ordered otherwise what is overdue first, then what is due next, then the newest. */
export const CompanyRequestsQuestion = z.object({
  state: CompanyRequestState.optional(), due: z.enum(['overdue', 'soon']).optional(), kind: CompanyRequestKind.optional(), drug: z.string().max(80).optional(), company: z.string().max(80).optional(), region: z.string().max(40).optional(),
  /** Which office has it: `national`, or a unit's code. */
  office: z.string().max(40).optional(),
  sort: sortBy(companyRequestOrders).optional(), offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type CompanyRequestsQuestion = z.infer<typeof CompanyRequestsQuestion>

/** By which rules requests are answered, who made them and why; null: this list's edition says nothing of them, and none is opened. */
const ToldRules = RequestRules.nullable()

/** Requests, a page of them; how many of all that else is asked for stand in each state, and how many are overdue or soon due. */
export const CompanyRequestsAnswer = z.strictObject({
  basis: Basis.omit({ evidence: true, since: true, knownOn: true, asOf: true }),
  rows: z.array(CompanyRequestRow), page: Page,
  counts: z.strictObject({ open: z.int(), acknowledged: z.int(), answered: z.int(), closed: z.int(), withdrawn: z.int(), overdue: z.int(), soon: z.int() }),
  rules: ToldRules,
})
export type CompanyRequestsAnswer = z.infer<typeof CompanyRequestsAnswer>

/** What was recorded of the disputed pair when the request was opened. It stands still. */
export const DisputedStatement = z.strictObject({ evidence: Evidence, state: State, day: Day, source: z.string().nullable(), report: z.string().nullable(), line: z.int().nullable() })
export type DisputedStatement = z.infer<typeof DisputedStatement>

export const companyRequestEventKinds = ['open', ...companyRequestVerbs] as const
export const CompanyRequestEventKind = z.enum(companyRequestEventKinds)
export type CompanyRequestEventKind = z.infer<typeof CompanyRequestEventKind>

/** What is kept of a step beside who did it and when. */
export const CompanyRequestEventDetail = z.strictObject({ text: z.string().optional(), reason: z.string().optional(), outcome: CompanyRequestOutcome.optional(), resolveBy: Day.nullable().optional(), dueOn: Day.optional(), wasDueOn: Day.optional() })
export type CompanyRequestEventDetail = z.infer<typeof CompanyRequestEventDetail>

/** A step of a request. `office`: which had it after it. `byName`: told within one's own side. */
export const CompanyRequestEvent = z.strictObject({
  kind: CompanyRequestEventKind, on: Day, at: Instant, by: z.enum(['company', 'province', 'national']), byName: z.string().nullable(), office: z.string().nullable(), state: CompanyRequestState, detail: CompanyRequestEventDetail, attachments: z.array(Attachment),
})
export type CompanyRequestEvent = z.infer<typeof CompanyRequestEvent>

/** A request whole. `may`: what whoever asks may do with it now; `deferUntil`: the last day to which its answer can be put off. */
export const CompanyRequestAnswer = z.strictObject({
  basis: Basis.omit({ evidence: true, since: true, knownOn: true }),
  request: CompanyRequestRow, text: z.string(), disputed: DisputedStatement.nullable(), events: z.array(CompanyRequestEvent), may: z.array(CompanyRequestVerb), deferUntil: Day.nullable(), rules: ToldRules,
  /** True where the due day lies in a year whose public holidays are not known: Monday to Friday counted as worked. */
  weekdaysAlone: z.boolean(),
})
export type CompanyRequestAnswer = z.infer<typeof CompanyRequestAnswer>

/** Where a request stands after a step. */
export const CompanyRequestMoved = z.strictObject({ request: z.string(), state: CompanyRequestState, version: z.int() })
export type CompanyRequestMoved = z.infer<typeof CompanyRequestMoved>
