import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { CasesAnswer } from './case-answer.js'
import { Day, Instant } from './day.js'
import { Duty, DutyCounts } from './duty.js'
import { Evidence } from './evidence.js'
import { funnelMean, funnelPlace, funnelPlaces, type FunnelPlace } from './funnel.js'
import { GapReason } from './gap.js'
import { Band, bandOf, fewestForBand } from './peers.js'
import { ReportingCounts } from './reporting.js'
import { Rung } from './rung.js'

/*
 * The scorecard of a province: what the notice asks of it and what became of that, each figure as its own page shows it,
 * compared with provinces of similar size: by a band of five or more, and by what chance alone would give for so many
 * cases (`funnel.ts`). Nobody is ranked: units stand in the order of their codes.
 */

/** Shares that are compared: standards met of those of which it is known; periods reported, and reported in time; duties done in time. */
export const scoreMeasures = ['standards', 'completeness', 'timeliness', 'duties'] as const
export const ScoreMeasure = z.enum(scoreMeasures)
export type ScoreMeasure = z.infer<typeof ScoreMeasure>

/** So many of so many; null where nothing is owed or known, which is not zero. `unknown`: how many more there are of which nobody knows; in neither of the two. */
export const Score = z.strictObject({ count: z.int(), of: z.int(), unknown: z.int() })
export type Score = z.infer<typeof Score>

/**
 * A share beside those of others. `members` of them have one; `mean`: all their cases taken together, `band`: of their shares; both null
 * under five. `place`: where the own share lies; null also where what is not known, of it or of the others, could put it elsewhere. `points`: the others one by one, for who may see all.
 */
export const ComparedScore = z.strictObject({ measure: ScoreMeasure, own: Score.nullable(), members: z.int(), mean: z.number().nullable(), band: Band.nullable(), place: z.enum(funnelPlaces).nullable(), points: z.array(Score.extend({ unit: z.string() })) })
export type ComparedScore = z.infer<typeof ComparedScore>

/** The scores of a unit. */
export type Scores = Record<ScoreMeasure, Score | null>

/** Holds the scores of one against those of others, by some measures. */
export function compareScores(own: Scores, others: readonly { unit: string; scores: Scores }[], seesOthers: boolean, measures: readonly ScoreMeasure[] = scoreMeasures): ComparedScore[] {
  return measures.map((measure) => {
    const points = others.flatMap(({ unit, scores }) => (scores[measure] === null ? [] : [{ unit, ...scores[measure] }]))
    const isTold = points.length >= fewestForBand
    const mean = isTold ? points.reduce((sum, { count }) => sum + count, 0) / points.reduce((sum, { of }) => sum + of, 0) : null
    const score = own[measure]
    return { measure, own: score, members: points.length, mean, band: bandOf(points.map(({ count, of }) => count / of)), place: score !== null && isTold ? placeOf(score, points) : null, points: seesOthers ? points : [] }
  })
}

/** Where a share lies, if it lies there whatever is not known: all of the own as no against all of the others' as yes, and the other way round. */
function placeOf({ count, of, unknown }: Score, points: readonly Score[]): FunnelPlace | null {
  const sum = (part: (one: Score) => number) => points.reduce((total, one) => total + part(one), 0)
  const [counts, unknowns] = [sum((one) => one.count), sum((one) => one.unknown)]
  const all = sum((one) => one.of) + unknowns
  const least = funnelPlace(count, of + unknown, funnelMean(counts + unknowns, all))
  return least === funnelPlace(count + unknown, of + unknown, funnelMean(counts, all)) ? least : null
}

/** Whether a drug's standard is met in a unit; `not_known`: reports that are missing, old or empty leave it open, or it rests on one kind of evidence alone; `none`: there is no standard there. */
export const standardStands = ['met', 'not_met', 'not_known', 'none'] as const
export const StandardStand = z.enum(standardStands)
export type StandardStand = z.infer<typeof StandardStand>

/** A rung over all drugs of the list in a unit, and the band of those that hold it in the others of which it is known for every drug; null where these are too few. */
export const RungScore = z.strictObject({ rung: Rung, yes: z.int(), conditional: z.int(), no: z.int(), notKnown: z.int(), band: Band.nullable() })
export type RungScore = z.infer<typeof RungScore>

const when = { evidence: Evidence.default('confirmed'), asOf: Day.optional(), format: Format.default('json') }
export const ScorecardQuestion = z.object(when)
export type ScorecardQuestion = z.infer<typeof ScorecardQuestion>

/**
 * The scorecard of one unit. `peers`: with whom it is compared, units of similar size; null: its residents are not loaded, and it is
 * compared with nobody. `reporting`: of the last periods of its sources. `duties`: of today, null for a past day, as is their score left out then.
 * `cases`: of today, for who may see them.
 */
export const ScorecardAnswer = z.strictObject({
  basis: Basis, made: Instant, unit: z.string(), residents: z.int().nullable(), peers: z.array(z.strictObject({ code: z.string(), population: z.int() })).nullable(),
  scores: z.array(ComparedScore),
  duties: z.array(z.strictObject({ duty: Duty, counts: DutyCounts, isOver: z.boolean() })).nullable(),
  reporting: ReportingCounts.extend({ sources: z.int(), periods: z.int() }),
  standards: z.array(z.strictObject({ drug: z.string(), stand: StandardStand, institutions: z.int().nullable(), minInstitutions: z.int().nullable(), reason: GapReason.nullable() })),
  cases: CasesAnswer.shape.counts.omit({ step: true, soon: true }).nullable(),
  ladder: z.array(RungScore),
})
export type ScorecardAnswer = z.infer<typeof ScorecardAnswer>

/** The scores of units that the asker may see, in the order of their codes, held against all units together. */
export const ScorecardsAnswer = z.strictObject({ basis: Basis, rows: z.array(z.strictObject({ unit: z.string(), scores: z.array(ComparedScore.omit({ points: true, band: true })) })) })
export type ScorecardsAnswer = z.infer<typeof ScorecardsAnswer>
