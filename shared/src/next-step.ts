import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { GapAct, gapActs } from './gap-act.js'
import { Text } from './text.js'

/*
 * What a company does best next, with the reason and the number that make it matter. Pure: what is first follows from what is given.
 *
 * | order | what | its number |
 * | --- | --- | --- |
 * | 1 | a letter whose answer is overdue | working days overdue |
 * | 2 | a report that is overdue | days overdue |
 * | 3 | a letter that is due | working days left |
 * | 4 | a report that was returned, or does not read | one |
 * | 5 | declarations that the institution or its province denies | pairs |
 * | 6 | declarations that soon grow stale and leave every count | pairs, and the first day |
 * | 7 | a report that is due within the week | days left |
 * | 8 | supplies where nothing was ever declared | pairs |
 * | 9 | gaps that the company itself can close, by drug and by what can be done | units, and their residents (of how many of them known) |
 * | 10 | declarations that nobody has confirmed for a month | pairs |
 * | 11 | an answer of an office that waits for the company's word | one |
 *
 * What has a day stands before what has none, because a missed day cannot be made up for; what takes away from what is
 * counted stands before what could be added. Within one sort the worse number is first.
 */

export const nextStepKinds = ['letter_overdue', 'report_overdue', 'letter_due', 'report_returned', 'refuted', 'stale_soon', 'report_due', 'undeclared', 'gap', 'unconfirmed', 'request_answered'] as const
export const NextStepKind = z.enum(nextStepKinds)
export type NextStepKind = z.infer<typeof NextStepKind>

/** A report that is due within so many days is told. */
export const reportDueDays = 7

/**
 * One step. `number`: what makes it matter, as the table above says; `on`: its day, where it has one. The others say where it is done,
 * each where it is of the kind: the source and period of a report (`report` where there is one), the case and letter, the drug, what can
 * be done about a gap, how many residents live in those of its units of which it is known (`residentsKnown`: how many of them these are; null: of none), the request.
 */
export const NextStep = z.strictObject({
  kind: NextStepKind, number: z.int(), on: Day.nullable(),
  source: z.string().nullable(), sourceName: Text.nullable(), period: z.string().nullable(), report: z.string().nullable(), case: z.string().nullable(), notice: z.string().nullable(), drug: z.string().nullable(),
  act: GapAct.nullable(), residents: z.int().nullable(), residentsKnown: z.int(), regions: z.array(z.string()), request: z.string().nullable(),
})
export type NextStep = z.infer<typeof NextStep>

/** What the steps are made of, of one company. */
export interface NextFacts {
  /** `missing`: its due day is past; `expected`: it is not; `returned`: what was sent waits for its sender. Days: late, or left. */
  reports: readonly { source: string; sourceName: Text; period: string; state: 'missing' | 'expected' | 'returned'; dueOn: Day; days: number; report: string | null }[]
  /** Letters that wait for an answer; working days left, negative: overdue. */
  letters: readonly { case: string; notice: string; dueOn: Day; workingDaysLeft: number }[]
  /** By drug, pairs. `soon`: that grow stale within a fortnight (`stale_soon` of the pairs), and the first day on which any does. */
  pairs: readonly { drug: string; refuted: number; undeclared: number; unconfirmed: number; soon: { pairs: number; on: Day } | null }[]
  gaps: readonly { drug: string; region: string; acts: readonly GapAct[]; population: number | null }[]
  /** Requests that were answered, and wait for the company to close them or object. */
  answered: readonly { request: string; drug: string }[]
}

const none = { on: null, source: null, sourceName: null, period: null, report: null, case: null, notice: null, drug: null, act: null, residents: null, residentsKnown: 0, regions: [], request: null } satisfies Partial<NextStep>

/** The acts that are the company's own to do. */
const own: readonly GapAct[] = gapActs.filter((act) => act === 'supply' || act === 'apply' || act === 'declare')

/** All that a company can do now, the best first. */
export function nextSteps({ reports, letters, pairs, gaps, answered }: NextFacts): NextStep[] {
  const steps: NextStep[] = [
    ...letters.map(({ case: of, notice, dueOn, workingDaysLeft }): NextStep => ({ ...none, kind: workingDaysLeft < 0 ? 'letter_overdue' : 'letter_due', number: Math.abs(workingDaysLeft), on: dueOn, case: of, notice })),
    ...reports.filter(({ state, days }) => state !== 'expected' || days <= reportDueDays).map(({ source, sourceName, period, state, dueOn, days, report }): NextStep => ({
      ...none, kind: state === 'missing' ? 'report_overdue' : state === 'returned' ? 'report_returned' : 'report_due', number: state === 'returned' ? 1 : days, on: dueOn, source, sourceName, period, report,
    })),
    ...pairs.flatMap(({ drug, refuted, undeclared, unconfirmed, soon }): NextStep[] => [
      { ...none, kind: 'refuted', number: refuted, drug }, { ...none, kind: 'undeclared', number: undeclared, drug }, { ...none, kind: 'unconfirmed', number: unconfirmed, drug },
      ...(soon ? [{ ...none, kind: 'stale_soon' as const, number: soon.pairs, on: soon.on, drug }] : []),
    ]).filter(({ number }) => number > 0),
    ...gapSteps(gaps),
    ...answered.map(({ request, drug }): NextStep => ({ ...none, kind: 'request_answered', number: 1, request, drug })),
  ]
  // `sort` is stable: what is alike stays as it came, in the order of the list's drugs.
  return steps.sort((a, b) => nextStepKinds.indexOf(a.kind) - nextStepKinds.indexOf(b.kind) || worse(a, b))
}

/** Gaps that a company can close, by drug and the first of what it can do about each: what takes the least comes first among its acts. */
function gapSteps(gaps: NextFacts['gaps']): NextStep[] {
  const steps = new Map<string, NextStep>()
  for (const { drug, region, acts, population } of gaps) {
    const act = own.find((one) => acts.includes(one))
    if (act === undefined) continue
    const step = steps.get(`${drug} ${act}`) ?? { ...none, kind: 'gap', number: 0, drug, act, regions: [] }
    const known = population === null ? {} : { residents: (step.residents ?? 0) + population, residentsKnown: step.residentsKnown + 1 }
    steps.set(`${drug} ${act}`, { ...step, number: step.number + 1, regions: [...step.regions, region], ...known })
  }
  return [...steps.values()]
}

/** Of two steps of one kind, which is worse: the one with fewer days left or more days passed, the one of more residents, the one of more. */
function worse(a: NextStep, b: NextStep): number {
  if (a.kind === 'letter_due' || a.kind === 'report_due') return a.number - b.number
  return (b.residents ?? 0) - (a.residents ?? 0) || b.number - a.number
}

/** `evidence`: under which gaps are judged. */
export const NextStepsQuestion = z.object({ company: z.string().max(80).optional(), evidence: Evidence.default('declared'), format: Format.default('json') })
export type NextStepsQuestion = z.infer<typeof NextStepsQuestion>

/** Answer of `/progress/next-steps`, of the list's today. `tells`: false of what is left out, since who looks as another is shown none. */
export const NextStepsAnswer = z.strictObject({ basis: Basis, company: z.string(), tells: z.strictObject({ letters: z.boolean(), requests: z.boolean() }), steps: z.array(NextStep) })
export type NextStepsAnswer = z.infer<typeof NextStepsAnswer>
