import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { CompanyRequestState } from './company-request.js'
import { CompanyRequestEventKind } from './company-request-answer.js'
import { isContradicted, type PairSaid } from './contradiction.js'
import { Day, Instant } from './day.js'
import { Evidence, evidences } from './evidence.js'
import { GapReason } from './gap.js'
import { GapClass } from './gap-act.js'
import { Kind } from './kind.js'
import { Page } from './page.js'
import { climbRungs, isHeld, Rung, RungState } from './rung.js'
import { noState, State, stateCode } from './state.js'
import { Text } from './text.js'

/*
 * What moved of a company's drugs between two looks: what this system said at the first, of its own day, is held against what it
 * says now, of today. So what came late and tells of a day long past has moved too, and so has what only grew old.
 */

/**
 * Pairs of drug and institution: `gained` in stock (or supplied for the first time) under a kind of evidence, `lost` it; `refuted` and
 * `undeclared`, contradictions that there were not before; `settled`, contradictions that are there no more.
 */
export const moveSets = ['gained', 'lost', 'refuted', 'undeclared', 'settled'] as const
export const MoveSet = z.enum(moveSets)
export type MoveSet = z.infer<typeof MoveSet>

const inStock = stateCode('in_stock')

/** What stands in for a pair of which nothing was said. */
export const nothingSaid: PairSaid = { declared: noState, confirmed: noState, supplied: null, firstDeclared: null }

/** Whether a pair counts under a kind of evidence. */
export function isThere(evidence: Evidence, said: PairSaid): boolean {
  return evidence === 'supplied' ? said.supplied !== null : said[evidence] === inStock
}

/** The sets in which a pair has moved: those of each kind of evidence, and of contradictions. */
export function movesOf(before: PairSaid, after: PairSaid): { gained: Evidence[]; lost: Evidence[]; contradictions: ('refuted' | 'undeclared' | 'settled')[] } {
  const is = (said: PairSaid) => ({ refuted: isContradicted('refuted', said), undeclared: isContradicted('never_declared', said) })
  const [was, now] = [is(before), is(after)]
  const contradictions: ('refuted' | 'undeclared' | 'settled')[] = (['refuted', 'undeclared'] as const).filter((one) => now[one] && !was[one])
  if ((['refuted', 'undeclared'] as const).some((one) => was[one] && !now[one])) contradictions.push('settled')
  return { gained: evidences.filter((one) => isThere(one, after) && !isThere(one, before)), lost: evidences.filter((one) => isThere(one, before) && !isThere(one, after)), contradictions }
}

/** `since`: the instant since when; unless it is given, what is remembered of whoever asks, and where he was never here, the last 30 days. */
export const MovesQuestion = z.object({
  company: z.string().max(80).optional(), evidence: Evidence.default('declared'), set: MoveSet.default('gained'), since: Instant.optional(), drug: z.string().max(80).optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type MovesQuestion = z.infer<typeof MovesQuestion>

const Total = z.strictObject({ pairs: z.int(), institutions: z.int() })
/** What was said of a pair at both ends; null: nothing. */
const Ends = z.strictObject({ before: State.nullable(), after: State.nullable() })

/** A pair that moved. Of supplies: the first that counts, at both ends. */
export const MoveRow = z.strictObject({
  drug: z.string(), institution: z.string(), institutionName: z.string(), kind: Kind, unit: z.string().nullable(), city: z.string().nullable(),
  declared: Ends, confirmed: Ends, supplied: z.strictObject({ before: Day.nullable(), after: Day.nullable() }),
})
export type MoveRow = z.infer<typeof MoveRow>

/** A gap that there was not before, or that is there no more. */
export const MovedGap = z.strictObject({ drug: z.string(), region: z.string(), reason: GapReason, class: GapClass })
export type MovedGap = z.infer<typeof MovedGap>

/** A step of the ladder of a drug in a unit that a patient gets over now and did not before (`reached`), or the other way round: wherever it lies, below the highest that is held too. */
export const MovedRung = z.strictObject({ drug: z.string(), unit: z.string(), rung: Rung, reached: z.boolean(), from: RungState, to: RungState })
export type MovedRung = z.infer<typeof MovedRung>

/** The steps of a ladder that were reached or lost between two looks, from the bottom. A step that was not looked at before is not known of then. */
export function movedRungs(before: readonly { rung: Rung; state: RungState }[], after: readonly { rung: Rung; state: RungState }[]): Omit<MovedRung, 'drug' | 'unit'>[] {
  const at = (rungs: typeof before, rung: Rung) => rungs.find((one) => one.rung === rung)?.state ?? 'not_known'
  return climbRungs.flatMap((rung) => {
    const [from, to] = [at(before, rung), at(after, rung)]
    return isHeld(from) === isHeld(to) ? [] : [{ rung, reached: isHeld(to), from, to }]
  })
}

/** A letter of a supervision case that was sent to the company, or withdrawn. */
export const MovedLetter = z.strictObject({ case: z.string(), notice: z.string(), number: Text.nullable(), what: z.enum(['send', 'withdraw']), on: Day, dueOn: Day.nullable() })
export type MovedLetter = z.infer<typeof MovedLetter>

/** A step that an office took of a request of the company; `open`: it opened one for it. */
export const MovedRequest = z.strictObject({ request: z.string(), drug: z.string(), what: CompanyRequestEventKind, on: Day, state: CompanyRequestState })
export type MovedRequest = z.infer<typeof MovedRequest>

/**
 * Answer of `/progress/moves`: what moved since an instant, with a page of the pairs of one set. `sinceDay`: the list's day of it. `at`: an
 * instant by which all of it was known, and after which whatever else comes will be (it stands still while nothing moves); whoever says
 * that he has seen what moved names it, for what came after it he has not seen. `gaps`: by the kind of evidence
 * asked for. `letters`, `requests`: null for who looks as another, who is shown none.
 */
export const MovesAnswer = z.strictObject({
  basis: Basis, company: z.string(), since: Instant, sinceDay: Day, at: Instant, isFirst: z.boolean(), set: MoveSet,
  totals: z.strictObject({ gained: z.record(Evidence, Total), lost: z.record(Evidence, Total), refuted: Total, undeclared: Total, settled: Total }),
  gaps: z.strictObject({ opened: z.array(MovedGap), closed: z.array(MovedGap) }),
  rungs: z.array(MovedRung), letters: z.array(MovedLetter).nullable(), requests: z.array(MovedRequest).nullable(),
  rows: z.array(MoveRow), page: Page,
})
export type MovesAnswer = z.infer<typeof MovesAnswer>
