import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { CaseRow, CasesAnswer } from './case-answer.js'
import { Eligible, Said, Share, Stocked } from './coverage.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { Gap, GapReason, GapsAnswer } from './gap.js'
import { Page } from './page.js'
import { Band } from './peers.js'
import { ReportingCounts } from './reporting.js'

/*
 * The inspection pack (检查材料): of a drug, a company or a province one sheet of paper with what is known of it, its gaps,
 * its course and how it stands among its peers; of one, or of all in one go. It counts nothing itself: every figure is the
 * answer of the question that its page asks.
 */

export const inspectionSubjects = ['drug', 'company', 'province'] as const
export const InspectionSubject = z.enum(inspectionSubjects)
export type InspectionSubject = z.infer<typeof InspectionSubject>

/** Sheets asked for at once, at most. */
export const sheetsAtMost = 40
/** What fits on one page: gaps, or parts; and drugs of a company. How many there are stands beside. */
export const rowsOfSheet = 36
export const drugsOfSheet = 6
/** Cases on a sheet, at most. */
export const casesOfSheet = 6
/** Of how many of its last periods a source's reports are counted. */
export const periodsOfSheet = 12

/** `code`: one sheet; without it all of a kind, a page of them (a file holds them all). `company`: drugs of this company alone. */
export const InspectionQuestion = z.object({
  of: InspectionSubject, code: z.string().max(80).optional(), company: z.string().max(80).optional(),
  evidence: Evidence.default('declared'), asOf: Day.optional(), knownOn: Instant.optional(), since: Day.optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(sheetsAtMost).default(8), format: Format.default('json'),
})
export type InspectionQuestion = z.infer<typeof InspectionQuestion>

/**
 * What one kind of evidence says of a drug (null: of any drug) in a unit (null: in all). `unknown`: pairs of drug and
 * institution of which nothing certain is known (not known, stale, not reported any more). `drugs`: of any drug, how many
 * are listed, in stock somewhere there, only unknown, and not a word said of.
 */
export const SheetFigures = z.strictObject({
  evidence: Evidence, drug: z.string().nullable(), region: z.string().nullable(), said: Said, stocked: Stocked, units: z.int(), unknown: z.int(),
  eligible: Eligible.nullable(), share: Share.nullable(), drugs: z.strictObject({ listed: z.int(), stocked: z.int(), unknown: z.int(), notReported: z.int() }).nullable(),
})
export type SheetFigures = z.infer<typeof SheetFigures>

/** How one drug (null: any) went: institutions in stock, from each day on; null while nobody had said anything. */
export const SheetTrend = z.strictObject({
  drug: z.string().nullable(), from: Day, to: Day,
  points: z.array(z.strictObject({ day: Day, institutions: z.int().nullable() })), breaks: z.array(z.strictObject({ day: Day, reason: z.string() })),
})
export type SheetTrend = z.infer<typeof SheetTrend>

export const peerMeasures = ['institutions', 'drugs', 'units', 'cities', 'gaps'] as const
export const PeerMeasure = z.enum(peerMeasures)
export type PeerMeasure = z.infer<typeof PeerMeasure>

/**
 * How a unit, or a drug, stands among its peers ({@link Band}). `value` is its own, null where nothing is said of it.
 * `silent` of its peers say nothing and are not counted, which is not zero; `members` are. `band` null: under five.
 */
const PeerBand = z.strictObject({ measure: PeerMeasure, value: z.int().nullable(), band: Band.nullable() })

/** With whom a province is compared: units of similar size, by name; `residents` null: not loaded, and so with nobody. A drug: those of other companies of its class, by no name. */
export const SheetPeers = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('residents'), residents: z.int().nullable(), units: z.array(z.strictObject({ code: z.string(), population: z.int() })), members: z.int(), silent: z.int(), bands: z.array(PeerBand) }),
  z.strictObject({ by: z.literal('class'), drug: z.string(), class: z.string(), judgedBy: z.enum(['counts', 'reach']), members: z.int(), silent: z.int(), bands: z.array(PeerBand) }),
])
export type SheetPeers = z.infer<typeof SheetPeers>

/** Supervision cases of the subject: how many stand in each state and are overdue, and those that are not closed, what is due first first. `isAll`: all there are; else those that the asker's office keeps, and those with a letter for it. */
const SheetCases = z.strictObject({
  isAll: z.boolean(), counts: CasesAnswer.shape.counts.omit({ step: true, soon: true }),
  rows: z.array(CaseRow.pick({ code: true, about: true, state: true, evidence: true, gaps: true, met: true, openedOn: true, age: true, dueOn: true, workingDaysLeft: true })),
})

const Total = z.strictObject({ pairs: z.int(), institutions: z.int() })

/**
 * One sheet.
 * - `figures`: what each kind of evidence says, each in a row of its own, never added: of a company each of its drugs, since drugs overlap.
 * - `parts`: a drug in each unit, or each drug in a province, under the kind asked for; those with gaps first, {@link rowsOfSheet} at most of `partsTotal`. A company has none: its `figures` are of the first {@link drugsOfSheet} of so many drugs.
 * - `gaps`: the first of them in the usual order, and how many there are; `judged` 0: there is no standard; `standards` are those of the drugs that they are of.
 * - `trends`: null where they cannot be told as they were known, or with supplies counted since another day.
 * - Left out for who may not see it of the whole subject: `reporting` (who owes reports: of a company, a province), `contradictions`. `cases`: of today alone.
 */
export const InspectionSheet = z.strictObject({
  of: InspectionSubject, code: z.string(), figures: z.array(SheetFigures), parts: z.array(SheetFigures), partsTotal: z.int(),
  gaps: z.strictObject({ total: z.int(), judged: z.int(), reasons: z.record(GapReason, z.int()), rows: z.array(Gap), standards: GapsAnswer.shape.standards }),
  trends: z.array(SheetTrend).nullable(), peers: z.array(SheetPeers),
  reporting: ReportingCounts.extend({ sources: z.int(), periods: z.int(), lastAsOf: Day.nullable() }).optional(),
  contradictions: z.strictObject({ refuted: Total, never_supplied: Total, never_declared: Total }).optional(), cases: SheetCases.optional(),
})
export type InspectionSheet = z.infer<typeof InspectionSheet>

/** Sheets in the order of the list, or of the units. `made`: the instant at which their figures were put together, by the server's clock. */
export const InspectionAnswer = z.strictObject({ basis: Basis, made: Instant, of: InspectionSubject, company: z.string().nullable(), sheets: z.array(InspectionSheet), page: Page })
export type InspectionAnswer = z.infer<typeof InspectionAnswer>
