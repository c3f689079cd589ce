import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { Institution } from './institution.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { planGoals } from './reach-plan.js'
import { State } from './state.js'
import { Text } from './text.js'
import { words } from './words.js'

/*
 * The planner: at which further institutions a drug should be had, so that most places lie within a distance of it, or that the
 * farthest is as near as can be. Those that have it today stay and are not among the chosen. It says how things would stand;
 * it changes nothing, and nobody is told to do anything by it. How it is found: `reach-plan.ts`.
 */

export const PlannerGoal = z.enum(planGoals)
export type PlannerGoal = z.infer<typeof PlannerGoal>

/** Places from which people come: cities, or counties and those cities of which none is loaded. */
export const PlannerPlaces = z.enum(['city', 'county'])
export type PlannerPlaces = z.infer<typeof PlannerPlaces>

/** Chosen at once, at most. */
export const chosenAtMost = 100

/** Of which drug, where and of whom is planned. */
const whatAndWhere = {
  drug: words(80), region: words(20).optional(), km: z.int().min(1).max(2_000).default(100), places: PlannerPlaces.optional(), kinds: z.array(Kind).min(1).max(3).optional(), levels: z.array(words(40)).min(1).max(20).optional(),
  evidence: Evidence.default('declared'), asOf: Day.optional(), since: Day.optional(),
  /** Refused: who plans wants to know what to do now. */
  knownOn: Instant.optional(),
  format: Format.default('json'),
}

/**
 * What is asked. `region`: of a unit or city alone, its places and its institutions; what is had beyond its border counts as
 * near as it is. `places`: the finest that are loaded, unless said. `kinds`, `levels`: of the candidates, these alone; the
 * eligible are candidates where it is loaded who is eligible, else all that there are. `progress`: a name under which it is told how far it has come.
 */
export const PlannerQuestion = onlyFields({
  ...whatAndWhere, goal: PlannerGoal.default('most'), count: z.int().min(1).max(chosenAtMost).default(5), progress: z.string().regex(/^[\w-]{1,64}$/).optional(),
})
export type PlannerQuestion = z.infer<typeof PlannerQuestion>

/** How things stand: places within the distance, residents there (null: not loaded), and how far the farthest has to go (null: nowhere to go). */
export const Standings = z.strictObject({ places: z.int(), residents: z.int().nullable(), farthestKm: z.number().nullable() })
export type Standings = z.infer<typeof Standings>

/** An institution to which somebody goes. */
const PlannerInstitution = Institution.pick({ code: true, name: true, kind: true, level: true, unit: true, city: true, cityName: true }).extend({
  lat: z.number(), lng: z.number(),
  /** True where nobody says where it is, and the middle of its city stands for it. */
  isAtMiddle: z.boolean(),
})
export type PlannerInstitution = z.infer<typeof PlannerInstitution>

/** One that is chosen: what is said of it today (null: nothing), how many others reach the same (null: not counted), and how things stand with it and all before it. */
export const PlannerChoice = PlannerInstitution.extend({ no: z.int(), state: State.nullable(), alike: z.int().nullable(), gained: z.strictObject({ places: z.int(), residents: z.int().nullable(), km: z.number().nullable() }), after: Standings })
export type PlannerChoice = z.infer<typeof PlannerChoice>

/** To whom a place goes, and how far. */
const To = z.strictObject({ institution: z.string(), km: z.number() }).nullable()

/** A place. `reached`: within the distance today, with what is chosen, or not. */
export const PlannerPlace = z.strictObject({
  code: z.string(), name: Text, unit: z.string(), lat: z.number(), lng: z.number(), residents: z.int().nullable(),
  reached: z.enum(['today', 'chosen', 'not']), today: To, after: To,
})
export type PlannerPlace = z.infer<typeof PlannerPlace>

/**
 * The plan.
 * - `basis`: on whose word it is had today. `residents`: true where places weigh as many as live there; else each counts the same.
 * - `places`: of all, `unplaced` stand nowhere on the map; of how many the number of residents is loaded (`peopled`).
 * - `candidates`: how many there are, of these `unplaced` stand nowhere on the map; `byEligibility`: they are the eligible.
 * - `stocked`: who has it today, anywhere; `unplaced` of them nobody can find on the map.
 * - `bound`: of the goal, what nobody can do better than: residents (or places) within the distance, or kilometres; `best`: that is reached.
 *   `gap`: at most so many percent more could be reached, or be nearer; null where nothing is reached, or nowhere is anything.
 * - `chosen`: fewer than `count` where none adds anything more.
 */
export const PlannerAnswer = z.strictObject({
  basis: Basis, drug: z.string(), region: z.string().nullable(), goal: PlannerGoal, count: z.int(), km: z.int(), by: PlannerPlaces, kinds: z.array(Kind).nullable(), levels: z.array(z.string()).nullable(),
  residents: z.boolean(), populationSource: Text.nullable(),
  places: z.strictObject({ total: z.int(), unplaced: z.int(), peopled: z.int() }),
  candidates: z.strictObject({ byEligibility: z.boolean(), total: z.int(), unplaced: z.int(), atMiddle: z.int() }),
  stocked: z.strictObject({ total: z.int(), unplaced: z.int() }),
  before: Standings, after: Standings,
  bound: z.number().nullable(), isBest: z.boolean(), gap: z.number().nullable(),
  chosen: z.array(PlannerChoice), rows: z.array(PlannerPlace), today: z.array(PlannerInstitution),
})
export type PlannerAnswer = z.infer<typeof PlannerAnswer>

/** Where an institution stands on the map: where somebody says, at the middle of its city, or nowhere. */
export const CandidateSpot = z.enum(['own', 'city', 'none'])
export type CandidateSpot = z.infer<typeof CandidateSpot>

/** Who may be chosen: what is asked is what a plan is asked. `spot`: those alone that stand so. `alikeTo`: those alone that reach exactly the places that this candidate reaches, of the places beyond the distance today; itself is left out. */
export const CandidatesQuestion = onlyFields({ ...whatAndWhere, spot: CandidateSpot.optional(), alikeTo: words(80).optional(), offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(50) })
export type CandidatesQuestion = z.infer<typeof CandidatesQuestion>

/** A candidate, and what is said of it today (null: nothing). */
export const Candidate = Institution.pick({ code: true, name: true, kind: true, level: true, unit: true, city: true, cityName: true }).extend({ spot: CandidateSpot, state: State.nullable() })
export type Candidate = z.infer<typeof Candidate>

/** The candidates: who is nearest to having it first, as a plan takes them; whom nobody finds on the map last. */
export const CandidatesAnswer = z.strictObject({
  basis: Basis, drug: z.string(), region: z.string().nullable(), kinds: z.array(Kind).nullable(), levels: z.array(z.string()).nullable(), byEligibility: z.boolean(),
  km: z.int(), spot: CandidateSpot.nullable(), alikeTo: z.string().nullable(), rows: z.array(Candidate), page: Page,
})
export type CandidatesAnswer = z.infer<typeof CandidatesAnswer>

/** How far a plan has come: a share of the work, as server-sent events tell whoever asked. */
export const PlannerProgress = z.strictObject({ progress: z.string(), share: z.number() })
export type PlannerProgress = z.infer<typeof PlannerProgress>
