import { z } from 'zod'
import { Day, daysBetween } from './day.js'
import { Evidence } from './evidence.js'
import { actorsOf, type GapAct } from './gap-act.js'
import { waitingNotices, type NoticeState } from './notice.js'
import { onlyFields } from './only-fields.js'
import type { Action } from './permission.js'
import { paragraphs } from './words.js'

/*
 * A supervision case (督导案件): one or more gaps of one drug, company or unit, followed to their end. An office keeps it:
 * the national regulator, or a unit's own. Every step of it is a verb; what the statements say closes it, and opens it
 * again. Its letters have states of their own (notice.ts).
 */

/** `open`: no letter waits, and none was answered. `notified`: a letter waits for its addressee. `answered`: every letter was; what was promised is held against the statements. */
export const caseStates = ['open', 'notified', 'answered', 'closed'] as const
export const CaseState = z.enum(caseStates)
export type CaseState = z.infer<typeof CaseState>

export const caseVerbs = ['draft', 'escalate', 'check', 'close', 'reopen', 'comment'] as const
export const CaseVerb = z.enum(caseVerbs)
export type CaseVerb = z.infer<typeof CaseVerb>

const going = ['open', 'notified', 'answered'] as const satisfies readonly CaseState[]

interface CaseMove {
  action: Action
  from: readonly CaseState[]
  /** Null: it stays what it is. */
  to: CaseState | null
}

/** The one table: which verb leads from where to where, and whose it is. Whoever a letter is for may comment on it too (`notice.answer`). `check` closes where everything is met. */
export const caseMoves: Record<CaseVerb, CaseMove> = {
  draft: { action: 'case.keep', from: going, to: null },
  escalate: { action: 'case.keep', from: ['notified'], to: null },
  check: { action: 'case.keep', from: going, to: null },
  close: { action: 'case.keep', from: going, to: 'closed' },
  reopen: { action: 'case.keep', from: ['closed'], to: 'open' },
  comment: { action: 'case.keep', from: caseStates, to: null },
}

/** Whether a verb can be done with a case as it stands. */
export function canMoveCase(verb: CaseVerb, state: CaseState): boolean {
  return caseMoves[verb].from.includes(state)
}

/** How a case stands that is not closed, by the letters of its present round: each time it opens again, what was answered before counts no more. */
export function caseStateOf(letters: readonly NoticeState[]): Exclude<CaseState, 'closed'> {
  if (letters.some((state) => waitingNotices.includes(state))) return 'notified'
  return letters.includes('answered') ? 'answered' : 'open'
}

/** What the gaps of a case have in common. */
export const caseSubjects = ['drug', 'company', 'province'] as const
export const CaseSubject = z.enum(caseSubjects)
export type CaseSubject = z.infer<typeof CaseSubject>

/** How a gap of a case stands on a day: still there; its standard is met; or none speaks of it any more, which is not met. */
export const caseGapStates = ['gap', 'met', 'no_standard'] as const
export const CaseGapState = z.enum(caseGapStates)
export type CaseGapState = z.infer<typeof CaseGapState>

/** True where everything that a case is about is met: it closes. Silence closes nothing: a gap is met by what is in stock alone. */
export function closesItself(gaps: readonly CaseGapState[]): boolean {
  return gaps.length > 0 && gaps.every((state) => state === 'met')
}

/** True where a closed case opens again: a gap that was met when it closed is one again, within so many days. What an officer closed though it was not met stays closed. */
export function reopensItself({ closedOn, within }: { closedOn: Day; within: number }, gaps: readonly { wasMet: boolean; state: CaseGapState }[], today: Day): boolean {
  return daysBetween(closedOn, today) <= within && gaps.some(({ wasMet, state }) => wasMet && state === 'gap')
}

/** The offices that a letter about a gap is for: the company where it can do something, the province where it or its hospitals can. */
export function officesFor(acts: readonly GapAct[]): ('company' | 'province')[] {
  const actors = actorsOf(acts)
  return [...(actors.includes('company') ? ['company' as const] : []), ...(actors.some((one) => one !== 'company') ? ['province' as const] : [])]
}

/** A case as it is named: its year and its number in that, which no other of its list has. */
export function caseCode(year: number, number: number): string {
  return `${year}-${number}`
}

/** The year and number that a code names; null where it is none. */
export function caseNumbered(code: string): { year: number; number: number } | null {
  const found = /^(\d{4})-([1-9]\d{0,8})$/.exec(code)
  return found && { year: Number(found[1]), number: Number(found[2]) }
}

const PairOfGap = onlyFields({ drug: z.string().max(80), region: z.string().max(40) })

/** Opens cases of gaps as they are today under one kind of evidence: one for each drug, company or province among them. */
export const NewCases = onlyFields({ evidence: Evidence, by: CaseSubject, gaps: z.array(PairOfGap).min(1).max(500) })
export type NewCases = z.infer<typeof NewCases>

/** What became of each gap. `opened`: it is in a new case. `in_case`: the office has one of it already. `gone`: there is no such gap today, or none of the asker's. */
export const NewCasesAnswer = z.strictObject({
  results: z.array(z.strictObject({ drug: z.string(), region: z.string(), became: z.enum(['opened', 'in_case', 'gone']), case: z.string().nullable() })),
  cases: z.array(z.string()),
})
export type NewCasesAnswer = z.infer<typeof NewCasesAnswer>

/** What is said of a case; `notice`: to the addressee of that letter too, who sees it then. Without one it stays within the offices. */
export const NewComment = onlyFields({ text: paragraphs(2_000), notice: z.string().max(40).nullable().default(null) })
export type NewComment = z.infer<typeof NewComment>
/** Which step an officer takes, and why. */
export const Escalating = onlyFields({ step: z.string().max(40), reason: paragraphs(500) })
export type Escalating = z.infer<typeof Escalating>
