import { z } from 'zod'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { onlyFields } from './only-fields.js'
import type { Action } from './permission.js'

/*
 * A company request (企业请求事项): what a company asks of an office, a unit's or the national regulator, where it is stuck with one of
 * its drugs. It is the way up, as a letter of a supervision case is the way down: with a due day, an answer, and an end. (A
 * *confirmation request* is something else: a source is asked about pairs.)
 */

/** What is asked: `platform_listing`, a province's platform does not list the drug; `committee_refused`, a hospital's committee did not admit it; `statement_disputed`, what is recorded of a pair is wrong; or something else. */
export const companyRequestKinds = ['platform_listing', 'committee_refused', 'statement_disputed', 'other'] as const
export const CompanyRequestKind = z.enum(companyRequestKinds)
export type CompanyRequestKind = z.infer<typeof CompanyRequestKind>

/** `open`, `acknowledged`: it waits for its office. `answered`: it waits for the company, which closes it, or objects once. `closed`, `withdrawn`: it is over. */
export const companyRequestStates = ['open', 'acknowledged', 'answered', 'closed', 'withdrawn'] as const
export const CompanyRequestState = z.enum(companyRequestStates)
export type CompanyRequestState = z.infer<typeof CompanyRequestState>

/** States in which it waits for its office. */
export const waitingRequests: readonly CompanyRequestState[] = ['open', 'acknowledged']

export const companyRequestVerbs = ['acknowledge', 'answer', 'forward', 'defer', 'withdraw', 'close', 'object'] as const
export const CompanyRequestVerb = z.enum(companyRequestVerbs)
export type CompanyRequestVerb = z.infer<typeof CompanyRequestVerb>

interface CompanyRequestMove {
  action: Action
  from: readonly CompanyRequestState[]
  /** Null: it stays what it is. */
  to: CompanyRequestState | null
}

/**
 * The one table: which verb leads from where to where, and whose it is. An answer that comes first acknowledges too. What is forwarded
 * is new to the office that gets it, and its due day stays; a due day is moved by `defer` alone, which says why.
 */
export const companyRequestMoves: Record<CompanyRequestVerb, CompanyRequestMove> = {
  acknowledge: { action: 'company_request.answer', from: ['open'], to: 'acknowledged' },
  answer: { action: 'company_request.answer', from: waitingRequests, to: 'answered' },
  forward: { action: 'company_request.answer', from: waitingRequests, to: 'open' },
  defer: { action: 'company_request.answer', from: waitingRequests, to: null },
  withdraw: { action: 'company_request.open', from: waitingRequests, to: 'withdrawn' },
  close: { action: 'company_request.open', from: ['answered'], to: 'closed' },
  object: { action: 'company_request.open', from: ['answered'], to: 'open' },
}

/** In which rounds a company may object to the answer: after the first, once. It leads to the national regulator, above whom there is nobody to ask. */
const lastRound = 2

/** Whether a verb can be done with a request as it stands. `round`: 1, and 2 once its company has objected. */
export function canMoveRequest(verb: CompanyRequestVerb, state: CompanyRequestState, round: number): boolean {
  return companyRequestMoves[verb].from.includes(state) && (verb !== 'object' || round < lastRound)
}

/** What became of what was asked. `will_be_resolved`: by a day. `not_competent`: it is no office's of this system; where one of them is, the request is forwarded. */
export const companyRequestOutcomes = ['resolved', 'will_be_resolved', 'refused', 'not_competent'] as const
export const CompanyRequestOutcome = z.enum(companyRequestOutcomes)
export type CompanyRequestOutcome = z.infer<typeof CompanyRequestOutcome>

/** What stands for the national regulator where an office is named by the code of its unit. */
export const nationalOffice = 'national'

const Files = z.array(z.string().max(40)).max(10, 'at most ten files').default([])
const Reason = z.string().trim().min(1, 'a text').max(500)

/** What a company asks: of which office (a unit's code, or `national`), about which drug of its own, and what it has tried. Of a record that is disputed, of which pair under which kind of evidence. */
export const NewCompanyRequest = onlyFields({
  kind: CompanyRequestKind, office: z.string().max(40), drug: z.string().max(80), institution: z.string().max(80).nullable().default(null), evidence: Evidence.nullable().default(null),
  text: z.string().trim().min(1, 'a text').max(2_000), attachments: Files,
})
export type NewCompanyRequest = z.infer<typeof NewCompanyRequest>

/** `resolveBy`: the day by which it is resolved, where it is not yet. */
export const CompanyRequestAnswering = onlyFields({ outcome: CompanyRequestOutcome, text: z.string().trim().min(1, 'a text').max(2_000), resolveBy: Day.nullable().default(null), attachments: Files })
export type CompanyRequestAnswering = z.infer<typeof CompanyRequestAnswering>
/** Which office it is for instead, and why. */
export const CompanyRequestForwarding = onlyFields({ office: z.string().max(40), reason: Reason })
export type CompanyRequestForwarding = z.infer<typeof CompanyRequestForwarding>
/** Until when the answer is put off, and why. */
export const CompanyRequestDeferring = onlyFields({ dueOn: Day, reason: Reason })
export type CompanyRequestDeferring = z.infer<typeof CompanyRequestDeferring>
/** Why the answer does not do. */
export const CompanyRequestObjecting = onlyFields({ reason: z.string().trim().min(1, 'a text').max(2_000), attachments: Files })
export type CompanyRequestObjecting = z.infer<typeof CompanyRequestObjecting>
