import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { addDays, Day, Instant } from './day.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { Role } from './permission.js'
import { Reason } from './status.js'
import { Text } from './text.js'
import { words } from './words.js'

/*
 * Dated duties of a list edition: institutions are to convene the committee that admits drugs by a day. Whether one has, and
 * what it decided of each drug, it says itself, or its province does. Who has not answered has not reported: that is never
 * "not convened".
 */

const days = (least: number) => z.array(z.int().min(least).max(366)).max(10)

/** When who owes a duty is reminded: so many days before it is due, and after, while it is not stated as done; and why then. */
export const DutyReminding = z.strictObject({ before: days(0), after: days(1), reason: Text })
export type DutyReminding = z.infer<typeof DutyReminding>

/** A duty, as `duties.json` of the edition gives it. */
export const Duty = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  name: Text,
  /** What is to be done, in a sentence. */
  asks: Text,
  /** The last day on which it is done in time. */
  dueOn: Day,
  /** Institutions of these kinds have it and, where levels are named, those of these levels alone. */
  kinds: z.array(Kind).min(1),
  levels: z.array(z.string()).min(1).nullable(),
  /** Drugs of which something is to be decided; null is all of the list. */
  drugs: z.array(z.string()).min(1).nullable(),
  /** What it rests on. */
  source: Text,
  /** None: nobody is reminded. */
  remind: DutyReminding.optional(),
})
export type Duty = z.infer<typeof Duty>
export const DutiesFile = z.array(Duty)

/** What a committee decided of a drug. */
export const outcomes = ['admitted', 'temporary_purchase', 'refused'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

/** A drug of which something was decided: why it was refused, in the words that the list has for it. */
export const DutyOutcome = onlyFields({ drug: z.string().max(80), outcome: Outcome, reason: Reason.nullable().default(null) })
export type DutyOutcome = z.infer<typeof DutyOutcome>

/** How a duty stands at an institution. */
export const dutyStates = ['in_time', 'late', 'not_convened', 'not_reported'] as const
export const DutyState = z.enum(dutyStates)
export type DutyState = z.infer<typeof DutyState>

/** Institutions that are looked at together: by how it stands, or all of which it is known (`reported`). */
export const dutySets = [...dutyStates, 'reported'] as const
export const DutySet = z.enum(dutySets)
export type DutySet = z.infer<typeof DutySet>

/** Where nobody says when a list was published: so many days before it came into force, and no more, its drugs may have been known. */
const knownBefore = 366

/**
 * The first day of which it can be said that a committee convened on a list's drugs: that of its publication, for before it nobody
 * knew which drugs these are. That it is in force is not asked for: from its publication on committees prepare for it.
 */
export function firstMeetingDay({ inForce, publishedOn }: { inForce: Day; publishedOn: Day | null }): Day {
  return publishedOn ?? addDays(inForce, -knownBefore)
}

/** In which it is still owed. */
export const openDutyStates = ['not_reported', 'not_convened'] as const satisfies readonly DutyState[]

/** What is said of a duty at an institution. Drugs that are not named: nothing was decided of them, or nobody says what. */
export const DutySaid = onlyFields({
  convened: z.boolean(),
  /** The day of the meeting. */
  on: Day.nullable().default(null),
  outcomes: z.array(DutyOutcome).max(2_000).default([]),
  note: words(500).nullable().default(null),
}).superRefine(({ convened, on, outcomes }, c) => {
  const wrong = (path: (string | number)[], message: string) => c.addIssue({ code: 'custom', path, message })
  if (convened && on === null) wrong(['on'], 'the day on which it was convened')
  if (!convened && on !== null) wrong(['on'], 'no day where it was not convened')
  if (!convened && outcomes.length > 0) wrong(['outcomes'], 'nothing was decided where it was not convened')
  for (const [i, { drug, outcome, reason }] of outcomes.entries()) {
    if (outcomes.findIndex((other) => other.drug === drug) < i) wrong(['outcomes', i, 'drug'], 'each drug once')
    if ((outcome === 'refused') !== (reason !== null)) wrong(['outcomes', i, 'reason'], outcome === 'refused' ? 'why it was refused' : 'a reason belongs to what was refused')
  }
})
export type DutySaid = z.infer<typeof DutySaid>

/** What was said, from when to when it was known (null: it is now), and by an office of which role. */
export const DutyEntry = z.strictObject({
  version: z.int(), convened: z.boolean(), on: Day.nullable(), outcomes: z.array(DutyOutcome), note: z.string().nullable(), role: Role, knownFrom: Instant, knownTo: Instant.nullable(),
})
export type DutyEntry = z.infer<typeof DutyEntry>

/** Institutions that have a duty, by how it stands: `owed` is all of them. */
export const DutyCounts = z.strictObject({ owed: z.int(), in_time: z.int(), late: z.int(), not_convened: z.int(), not_reported: z.int() })
export type DutyCounts = z.infer<typeof DutyCounts>

/** What became of a drug where the committee has convened. `undecided`: nothing is said of it. `reasons` of refusals, the most frequent first. */
export const DrugDecided = z.strictObject({ drug: z.string(), admitted: z.int(), temporary_purchase: z.int(), refused: z.int(), undecided: z.int(), reasons: z.array(z.strictObject({ reason: Reason, count: z.int() })) })
export type DrugDecided = z.infer<typeof DrugDecided>

export const DutiesQuestion = z.object({ knownOn: Instant.optional(), format: Format.default('json') })
/** The duties of a list with how each stands over all institutions that are the asker's, the first due first. */
export const DutiesAnswer = z.strictObject({ basis: Basis, duties: z.array(z.strictObject({ duty: Duty, total: DutyCounts })) })
export type DutiesAnswer = z.infer<typeof DutiesAnswer>

/** How one duty stands by unit (units without any such institution left out), and what was decided of each drug. */
export const DutyAnswer = z.strictObject({ basis: Basis, duty: Duty, total: DutyCounts, byUnit: z.array(DutyCounts.extend({ unit: z.string().nullable() })), byDrug: z.array(DrugDecided) })
export type DutyAnswer = z.infer<typeof DutyAnswer>

/** An institution that has a duty, and how it stands there. `daysLate`: after the day on which it was due. */
export const DutyRow = z.strictObject({
  institution: z.string(), name: z.string(), level: z.string().nullable(), unit: z.string().nullable(), city: z.string().nullable(), cityName: Text.nullable(),
  state: DutyState, daysLate: z.int().nullable(), entry: DutyEntry.nullable(),
})
export type DutyRow = z.infer<typeof DutyRow>

/** Which institutions of a duty: `drug` and `outcome`, those that decided so of it (without an outcome: that decided anything). */
export const DutyRowsQuestion = z.object({
  region: z.string().optional(), state: DutySet.optional(), drug: z.string().optional(), outcome: Outcome.optional(), search: z.string().max(80).optional(), knownOn: Instant.optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type DutyRowsQuestion = z.infer<typeof DutyRowsQuestion>
/** Institutions by unit and code, a page of them. */
export const DutyRowsAnswer = z.strictObject({ basis: Basis, duty: Duty, rows: z.array(DutyRow), page: Page })
export type DutyRowsAnswer = z.infer<typeof DutyRowsAnswer>

/** How a duty stands at one institution, and what was said of it before, the latest first. `firstDay`: no meeting on the list's drugs was before it. */
export const DutyRowAnswer = z.strictObject({ duty: Duty, firstDay: Day, row: DutyRow, former: z.array(DutyEntry) })
export type DutyRowAnswer = z.infer<typeof DutyRowAnswer>
