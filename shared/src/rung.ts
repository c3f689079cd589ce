import { z } from 'zod'

/*
 * The last mile of a drug in a unit, rung by rung (最后一公里阶梯). A patient climbs some of them, one after the other; others are what a
 * province does so that he can. What is said of a rung is entered by an office or a company, or computed from reports and plans.
 */

/** What a patient climbs, from the bottom: each asks for those below it. */
export const climbRungs = ['platform_listed', 'admitted', 'stocked', 'supplied', 'guide_listed', 'one_stop_settlement', 'settled'] as const

/** What a province does beside: carrying the list out, the three exclusions (三除外), the exemption from the assessment of tertiary hospitals, a special fund. */
export const measureRungs = ['in_force', 'exclusion_self_pay', 'exclusion_substitute', 'exclusion_drg', 'tertiary_exemption', 'special_fund'] as const

/** The one vocabulary, in the order in which they are shown. */
export const rungs = [...climbRungs, ...measureRungs] as const
export const Rung = z.enum(rungs)
export type Rung = z.infer<typeof Rung>
export type ClimbRung = (typeof climbRungs)[number]

/** `computed`: from reports alone, nobody enters it. `both`: from plans, and entered where no plan that is kept here says so. A supply does not say who paid for it, so what was settled is entered. */
export const rungSources: Record<Rung, 'entered' | 'computed' | 'both'> = {
  platform_listed: 'entered', admitted: 'entered', stocked: 'computed', supplied: 'computed', guide_listed: 'both', one_stop_settlement: 'entered', settled: 'entered',
  in_force: 'entered', exclusion_self_pay: 'entered', exclusion_substitute: 'entered', exclusion_drg: 'entered', tertiary_exemption: 'entered', special_fund: 'entered',
}

/** Rungs of which something can be entered. */
export const enteredRungs = rungs.filter((rung) => rungSources[rung] !== 'computed')

/**
 * How a rung stands. `conditional`: it holds under a condition (in some cities alone, after a review of each case, of a fund that is
 * reported as about to stop, of a drug that can be ordered). `not_known` is a state of its own: it is never "no".
 */
export const rungStates = ['yes', 'conditional', 'no', 'not_known'] as const
export const RungState = z.enum(rungStates)
export type RungState = z.infer<typeof RungState>

/** Whether a patient gets over a rung. */
export function isHeld(state: RungState): boolean {
  return state === 'yes' || state === 'conditional'
}

/** On whose word a rung stands: a province or the regulator (`confirmed`), a publication, a company that nobody has confirmed, or reports and plans (`computed`). */
export const rungStandings = ['confirmed', 'published', 'unconfirmed', 'computed'] as const
export const RungStanding = z.enum(rungStandings)
export type RungStanding = z.infer<typeof RungStanding>

/** In totals what rests on a company's word alone is counted by itself: `firm`: a province, the regulator, a publication, or reports and plans say so. */
export const wordKinds = ['firm', 'company'] as const
export const WordKind = z.enum(wordKinds)
export type WordKind = z.infer<typeof WordKind>

/** Whether a rung stands on a company's word alone. */
export function wordKindOf({ standing }: { standing: RungStanding | null }): WordKind {
  return standing === 'unconfirmed' ? 'company' : 'firm'
}

/** How rungs are asked for: by one of their states, or those that are held, whichever of the two states that is. */
export const rungAsks = [...rungStates, 'held'] as const
export const RungAsk = z.enum(rungAsks)
export type RungAsk = z.infer<typeof RungAsk>

/** Whether of some rungs one stands as is asked, on whose word; without `word` on anybody's. */
export function standsAs(own: readonly { rung: Rung; state: RungState; standing: RungStanding | null }[], asked: { rung: Rung; state: RungAsk; word?: WordKind | undefined }): boolean {
  return own.some((one) => one.rung === asked.rung && (asked.state === 'held' ? isHeld(one.state) : one.state === asked.state) && (asked.word === undefined || wordKindOf(one) === asked.word))
}

/** How many of some ladders stand how at a rung: `firm`, and on a company's word alone. What is not known stands on nobody's. */
export function countRung(own: readonly { state: RungState; standing: RungStanding | null }[], state: RungState, word: WordKind): number {
  return own.filter((one) => one.state === state && wordKindOf(one) === word).length
}

/** Where what is entered comes from: an office or company that has an account here, or a publication that is loaded with the edition. */
export const factOrigins = ['province', 'regulator', 'company', 'published'] as const
export const FactOrigin = z.enum(factOrigins)
export type FactOrigin = z.infer<typeof FactOrigin>

/** `refused`: by the province; it says nothing of the rung any more. */
export const factStandings = ['unconfirmed', 'confirmed', 'refused'] as const
export const FactStanding = z.enum(factStandings)
export type FactStanding = z.infer<typeof FactStanding>

/** What a fact says. `required`: that it is to be done, and not that it is: the rung stays what it is. */
export const factSayings = ['yes', 'conditional', 'no', 'required'] as const
export const FactSaying = z.enum(factSayings)
export type FactSaying = z.infer<typeof FactSaying>

/** What a company itself knows of its drugs: platform, admission, plans and settlement, the steps that a patient climbs. What a province does is for the province to say, and for the regulator. */
export const companyRungs: readonly Rung[] = climbRungs.filter((rung) => rungSources[rung] !== 'computed')

/** Of which rungs somebody enters facts. */
export function rungsToEnter(origin: FactOrigin): readonly Rung[] {
  return origin === 'company' ? companyRungs : enteredRungs
}

/** What somebody can say of a rung: what is required says the regulator or a publication; the third exclusion holds case by case, after a review, and is never a plain "yes". */
export function sayingsOf(rung: Rung, origin: FactOrigin): readonly FactSaying[] {
  return factSayings.filter((says) => (says !== 'required' || origin === 'regulator' || origin === 'published') && (says !== 'yes' || rung !== 'exclusion_drg'))
}

/** Where a drug is admitted. */
export const admittedBy = ['formulary', 'designated_pharmacy', 'both'] as const
export const AdmittedBy = z.enum(admittedBy)
export type AdmittedBy = z.infer<typeof AdmittedBy>
