import { z } from 'zod'
import { Day, daysOfPartial, type PartialDay } from './day.js'
import { Text } from './text.js'

/*
 * Whether a drug can be applied for to the next edition: launched in China within so many years or for a rare disease, and proof that
 * commercial insurance covers it. What is not known is said so, with what is missing; it is never a no.
 */

/** What an edition asks of a drug. */
export const ListingRules = z.strictObject({
  /** Launched in China within so many years. */
  withinYears: z.int().positive(),
  /** The day from which the years count back; null where none was published: then from the day that is asked about. */
  countedTo: Day.nullable(),
  /** Being for a rare disease does instead. */
  orRareDisease: z.boolean(),
  /** Proof that commercial insurance covers it is asked for. */
  coverProof: z.boolean(),
  source: Text,
})
export type ListingRules = z.infer<typeof ListingRules>

/** What is known of a drug that the rules look at; null: not known. `plans`: how many customised insurance plans name it on the day. */
export interface ListingFacts {
  launched: PartialDay | null
  rareDisease: boolean | null
  cover: boolean | null
  plans: number
}

export const eligibilityStates = ['meets', 'does_not_meet', 'not_known'] as const
export type EligibilityState = (typeof eligibilityStates)[number]

/** Why a condition is judged so. */
export const eligibilityReasons = [
  'launched_within', 'launched_before', 'not_launched_yet', 'launch_missing', 'launch_day_missing', 'rare_disease', 'not_rare_disease', 'rare_disease_missing', 'covered_by_plans', 'cover_proved', 'no_cover', 'cover_proof_missing',
] as const
export type EligibilityReason = (typeof eligibilityReasons)[number]

export const eligibilityConditions = ['launched', 'rare_disease', 'cover'] as const
export const EligibilityPart = z.strictObject({ condition: z.enum(eligibilityConditions), state: z.enum(eligibilityStates), reason: z.enum(eligibilityReasons) })
export type EligibilityPart = z.infer<typeof EligibilityPart>

/** `launchedSince`: the first day that still counts as within the years. */
export const Eligibility = z.strictObject({ state: z.enum(eligibilityStates), launchedSince: Day, parts: z.array(EligibilityPart) })
export type Eligibility = z.infer<typeof Eligibility>

/** Whether a drug meets the rules on a day: its launch or its rare disease, and its cover. */
export function eligibilityOf(rules: ListingRules, facts: ListingFacts, asOf: Day): Eligibility {
  const countedTo = rules.countedTo ?? asOf
  const launchedSince = yearsBefore(countedTo, rules.withinYears)
  const launched = launchPart(facts.launched, launchedSince, countedTo)
  const rare = rules.orRareDisease ? [rarePart(facts.rareDisease)] : []
  const cover = rules.coverProof ? [coverPart(facts)] : []
  return { state: allOf([anyOf([launched, ...rare]), ...cover.map(({ state }) => state)]), launchedSince, parts: [launched, ...rare, ...cover] }
}

function launchPart(launched: PartialDay | null, since: Day, countedTo: Day): EligibilityPart {
  const part = (state: EligibilityState, reason: EligibilityReason): EligibilityPart => ({ condition: 'launched', state, reason })
  if (launched === null) return part('not_known', 'launch_missing')
  const { first, last } = daysOfPartial(launched)
  if (first >= since && last <= countedTo) return part('meets', 'launched_within')
  if (last < since) return part('does_not_meet', 'launched_before')
  if (first > countedTo) return part('does_not_meet', 'not_launched_yet')
  // The month or year lies on the edge: only its day would tell.
  return part('not_known', 'launch_day_missing')
}

function rarePart(rareDisease: boolean | null): EligibilityPart {
  if (rareDisease === null) return { condition: 'rare_disease', state: 'not_known', reason: 'rare_disease_missing' }
  return { condition: 'rare_disease', ...(rareDisease ? { state: 'meets', reason: 'rare_disease' } : { state: 'does_not_meet', reason: 'not_rare_disease' }) }
}

/** That no plan is known to name it does not say that none does. */
function coverPart({ cover, plans }: Pick<ListingFacts, 'cover' | 'plans'>): EligibilityPart {
  if (cover === true) return { condition: 'cover', state: 'meets', reason: 'cover_proved' }
  if (plans > 0) return { condition: 'cover', state: 'meets', reason: 'covered_by_plans' }
  return { condition: 'cover', ...(cover === false ? { state: 'does_not_meet', reason: 'no_cover' } : { state: 'not_known', reason: 'cover_proof_missing' }) }
}

function anyOf(parts: readonly EligibilityPart[]): EligibilityState {
  if (parts.some(({ state }) => state === 'meets')) return 'meets'
  return parts.some(({ state }) => state === 'not_known') ? 'not_known' : 'does_not_meet'
}

/** One that is not met decides, whatever else is not known. */
function allOf(states: readonly EligibilityState[]): EligibilityState {
  if (states.includes('does_not_meet')) return 'does_not_meet'
  return states.includes('not_known') ? 'not_known' : 'meets'
}

/** The same day so many years before; of 29 February, where there is none, 1 March. */
function yearsBefore(day: Day, years: number): Day {
  const before = `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`
  return before.endsWith('-02-29') && !isLeap(Number(before.slice(0, 4))) ? `${before.slice(0, 4)}-03-01` : before
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
