import { z } from 'zod'
import { addDays, Day } from './day.js'
import { Evidence } from './evidence.js'
import { LadderFact, standingOfFact } from './ladder-fact.js'
import { climbRungs, isHeld, Rung, rungs, rungSources, RungStanding, RungState, type ClimbRung } from './rung.js'
import { Text } from './text.js'

/* The ladder of a drug in a unit, made of facts, reports and plans. Pure: what holds on a day follows from what is given. */

/** What one kind of evidence says of a drug in a unit on a day: distinct institutions. `no`: they say that they do not have it; `onOrder`: it can be had there in some days; `unknown`: they were spoken of, and it is not known, stale or not reported (of whom nothing was ever said is in none of these). */
export const LadderStock = z.strictObject({
  evidence: Evidence,
  institutions: z.int(), hospitals: z.int(), pharmacies: z.int(), onOrder: z.int(), no: z.int(), unknown: z.int(),
  /** How many are eligible there, and how many of those say that they do not have it; `eligible` is null where it is not loaded who is: then nobody knows whether all have spoken. */
  eligible: z.int().nullable(), eligibleNo: z.int(),
  /** Of declared alone: of those that have it, how many stand *contradicted*: they say themselves, or their province does, that they do not, and no supply was seen. */
  contradicted: z.int(),
  /** Since when without a break any institution there has it; null: none has. */
  heldSince: Day.nullable(),
  /** The first day on which any institution there had it, a hospital, a pharmacy, and both kinds at once; null: none ever did. */
  since: Day.nullable(), hospitalsSince: Day.nullable(), pharmaciesSince: Day.nullable(), bothSince: Day.nullable(),
})
export type LadderStock = z.infer<typeof LadderStock>

/** A customised insurance plan that is sold in the unit or in a city of it, and whether its guide names the drug, and what it pays. */
export const LadderPlan = z.strictObject({ code: z.string(), name: Text, unit: z.string().nullable(), city: z.string().nullable(), names: z.boolean(), pays: Text.nullable(), validFrom: Day })
export type LadderPlan = z.infer<typeof LadderPlan>

/** A rung as it stands. */
export const LadderRung = z.strictObject({
  rung: Rung,
  state: RungState,
  /** From when; null where nobody says. */
  since: Day.nullable(),
  /** False: it may have been so before. */
  exact: z.boolean(),
  /** The last day on which it is so, where that is said. */
  until: Day.nullable(),
  /** On whose word; null where it is not known. */
  standing: RungStanding.nullable(),
  /** It is required to be done by a publication or the regulator. That does not say that it is done. */
  required: z.boolean(),
  /** How many institutions: that stock it (where the rung stands under a condition: that have it on order) or supplied it (by the kind of evidence `evidence`), or settle at once; null where nobody says. */
  institutions: z.int().nullable(),
  /** By which kind of evidence a computed rung stands; null of the others. */
  evidence: Evidence.nullable(),
  /** The fact by which it stands. */
  fact: z.string().nullable(),
})
export type LadderRung = z.infer<typeof LadderRung>

/** How far up a patient gets. */
export const LadderReach = z.strictObject({
  /** The highest rung up to which each one is held; null: not even the first is. */
  upTo: Rung.nullable(),
  /** The same without what a company said and nobody confirmed. */
  confirmedUpTo: Rung.nullable(),
  /** The first rung that is missing, and the first of which nobody knows: who is above either may still fall there. */
  firstMissing: Rung.nullable(), firstUnknown: Rung.nullable(),
  /** The highest rung that is held at all, also above one that is missing. */
  highest: Rung.nullable(),
})
export type LadderReach = z.infer<typeof LadderReach>

/** What cannot both be so. */
export const ladderContradictionKinds = ['stocked_before_published', 'stocked_before_listed', 'stocked_not_listed', 'stocked_not_admitted', 'supplied_before_in_force', 'supplied_not_listed', 'supplied_not_stocked', 'settled_before_supplied', 'settled_not_supplied', 'facts_disagree', 'days_disagree'] as const
export const LadderContradictionKind = z.enum(ladderContradictionKinds)
export type LadderContradictionKind = z.infer<typeof LadderContradictionKind>

/** Two rungs that speak against each other (or one of which two facts do), each with its day where there is one, and the facts concerned. */
export const LadderContradiction = z.strictObject({ kind: LadderContradictionKind, rungs: z.array(Rung).min(1).max(2), days: z.array(Day.nullable()), facts: z.array(z.string()) })
export type LadderContradiction = z.infer<typeof LadderContradiction>

/** What a ladder is made of. */
export interface LadderGiven {
  asOf: Day
  /** The day from which the drug is in force: of its list, or its own. */
  inForce: Day
  /** The day on which it was published that the drug is listed, as everybody may know it; null: not known. */
  publishedOn: Day | null
  /** Facts that speak of the drug and the unit, those of all drugs and of everywhere among them. */
  facts: readonly LadderFact[]
  /** One each for declared, confirmed and supplied. */
  stock: readonly LadderStock[]
  /** Whether any supply was seen in the unit, of whatever drug: where none was, nobody knows. */
  supplySeen: boolean
  /** Plans that are sold there on the day. */
  plans: readonly LadderPlan[]
}

/** The rungs of a drug in a unit on a day, in the order of {@link rungs}. What nobody says is `not_known`. */
export function ladderOf(given: LadderGiven): LadderRung[] {
  return rungs.map((rung) => (rung === 'stocked' ? stockedOf(given) : rung === 'supplied' ? suppliedOf(given) : rung === 'guide_listed' ? guideOf(given) : enteredOf(rung, given)))
}

/** How far up a patient gets. A rung that is not known breaks certainty as one that is missing does: both are told. */
export function reachOf(ladder: readonly LadderRung[]): LadderReach {
  const climb = climbRungs.map((rung) => ladder.find((one) => one.rung === rung)!)
  const upTo = (holds: (one: LadderRung) => boolean): ClimbRung | null => {
    const first = climb.findIndex((one) => !holds(one))
    return climbRungs[(first < 0 ? climb.length : first) - 1] ?? null
  }
  return {
    upTo: upTo(({ state }) => isHeld(state)), confirmedUpTo: upTo(({ state, standing }) => isHeld(state) && standing !== 'unconfirmed'),
    firstMissing: climb.find(({ state }) => state === 'no')?.rung ?? null, firstUnknown: climb.find(({ state }) => state === 'not_known')?.rung ?? null,
    highest: climb.findLast(({ state }) => isHeld(state))?.rung ?? null,
  }
}

const nothingSaid = { state: 'not_known', since: null, exact: true, until: null, standing: null, institutions: null, evidence: null, fact: null } as const

/** Facts that hold on a day. */
export function factsHolding(facts: readonly LadderFact[], day: Day): LadderFact[] {
  return facts.filter(({ standing, validFrom, validTo }) => standing !== 'refused' && validFrom <= day && (validTo === null || day <= validTo))
}

/** Whose a fact is, and of what it speaks. */
function placeKey({ rung, origin, enteredBy, drug, unit, city }: LadderFact): string {
  return [rung, origin, origin === 'company' ? enteredBy?.company : '', drug, unit, city].join('/')
}

/** Of each holder and place the last word up to a day: a later one takes over, where it is of no less weight, and for good: that it has ended since gives the one before no new life. */
function lastWords(facts: readonly LadderFact[], day: Day): LadderFact[] {
  const said = facts.filter(({ standing, validFrom }) => standing !== 'refused' && validFrom <= day)
  return said.filter((one) => !said.some((other) => other.validFrom > one.validFrom && placeKey(other) === placeKey(one) && other.says !== 'required' && weights[standingOfFact(other)] >= weights[standingOfFact(one)]))
}

/** By code points. */
const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** By first day, those of one day by code, so that what is named does not follow the order in which it was given. */
const earliestFirst = (a: { validFrom: Day; code: string }, b: { validFrom: Day; code: string }) => compared(a.validFrom, b.validFrom) || compared(a.code, b.code)

const weights = { confirmed: 2, published: 1, unconfirmed: 0 }

/** The facts of a rung, that which goes first first: who confirmed before who published before who said; what is of the drug and the unit before what is of all; the latest. */
function inOrder(facts: readonly LadderFact[]): LadderFact[] {
  const rank = (one: LadderFact) => [weights[standingOfFact(one)], one.drug === null ? 0 : 1, one.unit === null ? 0 : 1]
  return [...facts].sort((a, b) => {
    const [ranksA, ranksB] = [rank(a), rank(b)]
    for (let i = 0; i < ranksA.length; i++) if (ranksA[i] !== ranksB[i]) return ranksB[i]! - ranksA[i]!
    return compared(b.validFrom, a.validFrom) || compared(a.code, b.code)
  })
}

function stateOfFact({ says, detail }: LadderFact): RungState {
  if (says === 'required') return 'not_known'
  return says === 'yes' && detail.stopping === true ? 'conditional' : says
}

/** A rung as facts tell it. What holds in a city alone holds under a condition; that it does not hold in one says nothing of the unit. */
function enteredOf(rung: Rung, { facts, asOf }: LadderGiven): LadderRung {
  const own = facts.filter((one) => one.rung === rung)
  const last = lastWords(own, asOf)
  const holding = factsHolding(last, asOf)
  const required = holding.some(({ says }) => says === 'required')
  const telling = inOrder(holding.filter(({ says }) => says !== 'required'))
  const whole = telling.find(({ city }) => city === null)
  const inCity = telling.find((one) => one.city !== null && isHeld(stateOfFact(one)))
  const best = whole && (isHeld(stateOfFact(whole)) || !inCity || weights[standingOfFact(whole)] > weights[standingOfFact(inCity)]) ? whole : inCity
  if (best) {
    const state = best.city === null ? stateOfFact(best) : 'conditional'
    return { rung, state, since: best.validFrom, exact: best.exact, until: best.validTo, standing: standingOfFact(best), required, institutions: best.detail.institutions, evidence: null, fact: best.code }
  }
  // What was so, and has ended: it is known that it is not so any more.
  const [ended] = last.filter((one) => one.city === null && one.validTo !== null && one.validTo < asOf && isHeld(stateOfFact(one))).sort((a, b) => compared(b.validTo!, a.validTo!) || compared(a.code, b.code))
  if (ended) return { ...nothingSaid, rung, state: 'no', since: addDays(ended.validTo!, 1), standing: standingOfFact(ended), required, fact: ended.code }
  return { ...nothingSaid, rung, required }
}

/**
 * Stocked, on the strongest word: confirmed before declared, and of the declared not what all who confirm deny. Where none has it: no, if all
 * who are eligible say so themselves, or their provinces do; as long as one was never spoken of, nobody knows.
 */
function stockedOf({ stock }: LadderGiven): LadderRung {
  const rung = 'stocked'
  const said = (['confirmed', 'declared'] as const).flatMap((evidence) => stock.filter((one) => one.evidence === evidence))
  const word = (one: LadderStock) => ({ standing: one.evidence === 'confirmed' ? 'confirmed' as const : 'unconfirmed' as const, evidence: one.evidence, institutions: one.institutions })
  const has = said.find(({ institutions, contradicted }) => institutions > contradicted)
  if (has) return { ...nothingSaid, rung, state: 'yes', since: has.heldSince, exact: has.contradicted === 0, required: false, ...word(has) }
  const orders = said.find(({ onOrder }) => onOrder > 0)
  if (orders) return { ...nothingSaid, rung, state: 'conditional', required: false, ...word(orders), institutions: orders.onOrder }
  const denies = said.find(({ evidence, eligible, eligibleNo }) => evidence === 'confirmed' && eligible !== null && eligible > 0 && eligibleNo >= eligible)
  if (denies && said.every(({ unknown }) => unknown === 0)) return { ...nothingSaid, rung, state: 'no', required: false, ...word(denies) }
  return { ...nothingSaid, rung, required: false }
}

/** Supplied: an event, which is never unseen. That none was seen is not that there was none: it stays not known, also where supplies of other drugs were seen (`institutions` is 0 then). */
function suppliedOf({ stock, supplySeen }: LadderGiven): LadderRung {
  const seen = stock.find(({ evidence }) => evidence === 'supplied')
  const said = { ...nothingSaid, rung: 'supplied' as const, required: false }
  if (seen && seen.institutions > 0) return { ...said, state: 'yes', since: seen.since, standing: 'computed', institutions: seen.institutions, evidence: 'supplied' }
  return supplySeen ? { ...said, institutions: 0, evidence: 'supplied' } : said
}

/** Named in a guide: by a plan that is kept here, else by a fact. That no plan kept here names it is no "no": there may be plans that nobody keeps here. */
function guideOf(given: LadderGiven): LadderRung {
  const naming = given.plans.filter(({ names }) => names)
  const whole = naming.filter(({ city }) => city === null)
  const [first] = [...(whole.length > 0 ? whole : naming)].sort(earliestFirst)
  const entered = enteredOf('guide_listed', given)
  if (first && (first.city === null || entered.state !== 'yes')) return { ...nothingSaid, rung: 'guide_listed', state: first.city === null ? 'yes' : 'conditional', since: first.validFrom, standing: 'computed', required: entered.required }
  return entered
}

/**
 * What speaks against each other on a ladder. Shown, never hidden, and never decided here. A day counts against another only where it is
 * known to be the first. Supplies count from the day on which the list came into force, in whole as here: of a drug that is in it from its
 * first day, what was sold before is no supply of a listed drug, and no contradiction. `supplied_before_in_force` is found of drugs that
 * came later, and where a province says that it put the list in force later.
 */
export function ladderContradictions(ladder: readonly LadderRung[], given: LadderGiven): LadderContradiction[] {
  const of = (rung: Rung) => ladder.find((one) => one.rung === rung)!
  const [listed, admitted, stocked, supplied, settled, inForce] = [of('platform_listed'), of('admitted'), of('stocked'), of('supplied'), of('settled'), of('in_force')]
  const found: LadderContradiction[] = []
  const say = (kind: LadderContradictionKind, ...two: LadderRung[]) => found.push({ kind, rungs: two.map(({ rung }) => rung), days: two.map(({ since }) => since), facts: two.flatMap(({ fact }) => fact ?? []) })
  const firstStock = given.stock.filter(({ evidence, since }) => evidence !== 'supplied' && since !== null).map(({ since }) => since!).sort()[0] ?? null
  const before = (day: Day | null, other: LadderRung) => isHeld(other.state) && other.exact && other.since !== null && day !== null && day < other.since
  if (firstStock !== null && given.publishedOn !== null && firstStock < given.publishedOn) found.push({ kind: 'stocked_before_published', rungs: ['stocked'], days: [firstStock, given.publishedOn], facts: [] })
  if (before(firstStock, listed)) say('stocked_before_listed', { ...stocked, since: firstStock }, listed)
  if (stocked.state === 'yes' && listed.state === 'no') say('stocked_not_listed', stocked, listed)
  if (stocked.state === 'yes' && admitted.state === 'no') say('stocked_not_admitted', stocked, admitted)
  if (supplied.state === 'yes') {
    if (supplied.since !== null && supplied.since < given.inForce) found.push({ kind: 'supplied_before_in_force', rungs: ['supplied'], days: [supplied.since, given.inForce], facts: [] })
    else if (before(supplied.since, inForce)) say('supplied_before_in_force', supplied, inForce)
    if (listed.state === 'no') say('supplied_not_listed', supplied, listed)
    if (stocked.state === 'no') say('supplied_not_stocked', supplied, stocked)
  }
  if (isHeld(settled.state)) {
    if (!isHeld(supplied.state) && given.supplySeen) say('settled_not_supplied', settled, supplied)
    else if (supplied.state === 'yes' && settled.exact && settled.since !== null && supplied.since !== null && settled.since < supplied.since) say('settled_before_supplied', settled, supplied)
  }
  return [...found, ...disagreements(given), ...daysApart(given)]
}

/** Facts of one rung that hold on one day and say otherwise than each other of the same place, whichever place it is: told once a rung. */
function disagreements({ facts, asOf }: LadderGiven): LadderContradiction[] {
  return rungs.filter((rung) => rungSources[rung] !== 'computed').flatMap((rung): LadderContradiction[] => {
    const telling = inOrder(factsHolding(lastWords(facts, asOf), asOf).filter((one) => one.rung === rung && one.says !== 'required'))
    const apart = samePlace(telling).filter((of) => of.some((one) => isHeld(stateOfFact(one)) !== isHeld(stateOfFact(of[0]!)))).flatMap(([first, ...others]) => [first!, ...others.filter((one) => isHeld(stateOfFact(one)) !== isHeld(stateOfFact(first!)))])
    return apart.length === 0 ? [] : [{ kind: 'facts_disagree', rungs: [rung], days: apart.map(({ validFrom }) => validFrom), facts: apart.map(({ code }) => code) }]
  })
}

/**
 * Facts that say the same of one place with another first day: of two who say it, and of one who says the very same again from a later day
 * on (who says more of it from then on does not). One who says that it was so before, or that it was not so in between, contradicts nobody.
 */
function daysApart({ facts, asOf }: LadderGiven): LadderContradiction[] {
  const said = facts.filter(({ standing, says, validFrom }) => standing !== 'refused' && says !== 'required' && validFrom <= asOf)
  return rungs.filter((rung) => rungSources[rung] !== 'computed').flatMap((rung): LadderContradiction[] => {
    const own = said.filter((one) => one.rung === rung)
    const apart = samePlace(own).flatMap((of) => {
      const firsts = runsOf(of, asOf).filter(({ exact }) => exact)
      return firsts.some(({ validFrom }) => validFrom !== firsts[0]!.validFrom) ? firsts : []
    })
    const days = [...new Map(apart.sort(earliestFirst).map((one) => [one.code, one])).values()]
    return days.length === 0 ? [] : [{ kind: 'days_disagree', rungs: [rung], days: days.map(({ validFrom }) => validFrom), facts: days.map(({ code }) => code) }]
  })
}

/** Of each holder the facts with which what he says last began: the first of those that say it without a break; of the very same said again, each. */
function runsOf(facts: readonly LadderFact[], asOf: Day): LadderFact[] {
  const byHolder = new Map<string, LadderFact[]>()
  for (const one of [...facts].sort(earliestFirst)) byHolder.set(placeKey(one), [...byHolder.get(placeKey(one)) ?? [], one])
  return [...byHolder.values()].flatMap((own) => {
    const last = own.at(-1)!
    if (!isHeld(stateOfFact(last)) || (last.validTo !== null && last.validTo < asOf)) return []
    let from = own.length - 1
    while (from > 0 && isHeld(stateOfFact(own[from - 1]!)) && (own[from - 1]!.validTo === null || addDays(own[from - 1]!.validTo!, 1) >= own[from]!.validFrom)) from -= 1
    const run = own.slice(from)
    return run.filter((one, i) => i === 0 || run.slice(0, i).some((other) => sameWord(one, other)))
  })
}

const sameWord = (a: LadderFact, b: LadderFact) => a.says === b.says && (Object.keys(a.detail) as (keyof LadderFact['detail'])[]).every((field) => JSON.stringify(a.detail[field]) === JSON.stringify(b.detail[field]))

/** Facts by the drug and place of which they speak, in their order. */
function samePlace(facts: readonly LadderFact[]): LadderFact[][] {
  const byPlace = new Map<string, LadderFact[]>()
  for (const one of facts) byPlace.set([one.drug, one.unit, one.city].join('/'), [...byPlace.get([one.drug, one.unit, one.city].join('/')) ?? [], one])
  return [...byPlace.values()]
}
