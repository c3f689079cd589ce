import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { CasesAnswer } from './case-answer.js'
import { Day, Instant } from './day.js'
import { Duty, DutyCounts, type DutyState } from './duty.js'
import { Evidence } from './evidence.js'
import { funnelMean, funnelOf, funnelPlace, funnelPlaces, type FunnelPlace } from './funnel.js'
import { GapReason, ServingCentre } from './gap.js'
import { Kind } from './kind.js'
import { Band, bandOf } from './peers.js'
import { ReportingCounts } from './reporting.js'
import { Rung } from './rung.js'

/*
 * The scorecard of a province: what the notice asks of it and what became of that, each figure as its own page shows it,
 * compared with provinces of similar size: by a band of five or more, and by what chance and the usual differences between units would
 * give for so many cases (`funnel.ts`). Nobody is ranked: units stand in the order of their codes.
 */

/** Shares that are compared: standards met of those of which it is known; periods reported, and reported in time; duties done in time, of those of which it is known. */
export const scoreMeasures = ['standards', 'completeness', 'timeliness', 'duties'] as const
export const ScoreMeasure = z.enum(scoreMeasures)
export type ScoreMeasure = z.infer<typeof ScoreMeasure>

/** Those that rest on the kind of evidence that is asked for. That a report came or a committee convened is the same under all. */
export const measuresByEvidence: readonly ScoreMeasure[] = ['standards']

/** So many of so many; null where nothing is owed, which is not zero. `unknown`: how many more there are of which nobody knows; in neither of the two. Of 0 with some unknown: nobody knows of any. */
export const Score = z.strictObject({ count: z.int(), of: z.int(), unknown: z.int() })
export type Score = z.infer<typeof Score>

/** The share of a score, 0 to 1; null where nothing of it is known. */
export function shareOf(score: Score | null): number | null {
  return score === null || score.of === 0 ? null : score.count / score.of
}

/**
 * A share beside those of others. `members` of them have one; `mean`: all their cases taken together, `funnel`: around what limits lie and
 * how wide (as funnelOf has them; how units differ is estimated from all units, since a few tell little of it), `band`: of their shares; null under five. `place`: where the own share lies; null also where what is not known, of it or
 * of the others, could put it elsewhere. `points`: the others one by one, for who may see all.
 */
export const ComparedScore = z.strictObject({
  measure: ScoreMeasure, own: Score.nullable(), members: z.int(), mean: z.number().nullable(), funnel: z.strictObject({ mean: z.number(), spread: z.number() }).nullable(), band: Band.nullable(), place: z.enum(funnelPlaces).nullable(),
  points: z.array(Score.extend({ unit: z.string(), place: z.enum(funnelPlaces).nullable() })),
})
export type ComparedScore = z.infer<typeof ComparedScore>

/** The scores of a unit. */
export type Scores = Record<ScoreMeasure, Score | null>

/** Scores of a unit, by its code. */
export interface UnitScores { unit: string; scores: Scores }

/** Holds the scores of one against those of others, by some measures. `all`: the units by which it is estimated how units differ; without it the others themselves. */
export function compareScores(own: Scores, others: readonly UnitScores[], seesOthers: boolean, measures: readonly ScoreMeasure[] = scoreMeasures, all: readonly UnitScores[] = others): ComparedScore[] {
  return measures.map((measure) => {
    const pointsOf = (units: readonly UnitScores[]) => units.flatMap(({ unit, scores }) => (shareOf(scores[measure]) === null ? [] : [{ unit, ...scores[measure]! }]))
    const points = pointsOf(others)
    const around = funnelOf(points)
    const funnel = around && { ...around, spread: funnelOf(pointsOf(all))?.spread ?? around.spread }
    const mean = funnel && sumOf(points, ({ count }) => count) / sumOf(points, ({ of }) => of)
    const place = (score: Score | null) => (score !== null && score.of > 0 && funnel !== null ? placeOf(score, points, funnel.spread) : null)
    return {
      measure, own: own[measure], members: points.length, mean, funnel, band: bandOf(points.map(({ count, of }) => count / of)), place: place(own[measure]), points: seesOthers ? points.map((point) => ({ ...point, place: place(point) })) : [],
    }
  })
}

/** Where a share lies, if it lies there whatever is not known: all of the own as no against all of the others' as yes, and the other way round. How units differ is told by what is known. */
function placeOf({ count, of, unknown }: Score, points: readonly Score[], spread: number): FunnelPlace | null {
  const [counts, unknowns] = [sumOf(points, (one) => one.count), sumOf(points, (one) => one.unknown)]
  const all = sumOf(points, (one) => one.of) + unknowns
  const least = funnelPlace({ count, of: of + unknown }, { mean: funnelMean(counts + unknowns, all), spread })
  return least === funnelPlace({ count: count + unknown, of: of + unknown }, { mean: funnelMean(counts, all), spread }) ? least : null
}

function sumOf(points: readonly Score[], part: (one: Score) => number): number {
  return points.reduce((total, one) => total + part(one), 0)
}

/** Whether a drug's standard is met in a unit; `not_known`: reports that are missing, old or empty leave it open, or it rests on one kind of evidence alone; `none`: there is no standard there. */
export const standardStands = ['met', 'not_met', 'not_known', 'none'] as const
export const StandardStand = z.enum(standardStands)
export type StandardStand = z.infer<typeof StandardStand>

/**
 * A drug's standard in a unit. `institutions`: how many of those that it counts (of `kinds`, and where it says so the eligible alone) have the drug, of `minInstitutions`
 * that it asks; null without a standard. `byKind`: the same of each kind that it counts. `servedBy`: an institution elsewhere that is named for the unit has it, so that it is met. `reason`: of the gap, where there is one.
 */
export const StandardScore = z.strictObject({
  drug: z.string(), stand: StandardStand, institutions: z.int().nullable(), minInstitutions: z.int().nullable(), kinds: z.array(Kind), byKind: z.array(z.strictObject({ kind: Kind, institutions: z.int() })), eligibleOnly: z.boolean(), servedBy: ServingCentre.nullable(), reason: GapReason.nullable(),
})
export type StandardScore = z.infer<typeof StandardScore>

/** How many have a drug, of those that its standard counts; null without a standard, and where none is told of and reports that are missing, old or empty leave it open: that is not zero. */
export function institutionsKnown({ institutions, stand }: Pick<StandardScore, 'institutions' | 'stand'>): number | null {
  return institutions === 0 && stand === 'not_known' ? null : institutions
}

/** Which standards a score counts: those that are met, and all that are judged. */
export const standardsCounted = { count: ['met'], of: ['met', 'not_met'], unknown: ['not_known'] } as const satisfies Record<keyof Score, readonly StandardStand[]>

/** Which duties a score counts: those done in time, and all of which it is known what became of them. Who has not reported may have done it. */
export const dutiesCounted = { count: ['in_time'], of: ['in_time', 'late', 'not_convened'], unknown: ['not_reported'] } as const satisfies Record<keyof Score, readonly DutyState[]>

/**
 * A rung over all drugs of the list in a unit: of how many drugs it stands so by a firm word, and in `company` on a company's word alone. `band`: of those that hold it by a firm word
 * in the others, where of every drug a firm word is known; null where these are too few.
 */
export const RungScore = z.strictObject({ rung: Rung, yes: z.int(), conditional: z.int(), no: z.int(), notKnown: z.int(), company: z.strictObject({ yes: z.int(), conditional: z.int(), no: z.int() }), band: Band.nullable() })
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
  standards: z.array(StandardScore),
  cases: CasesAnswer.shape.counts.omit({ step: true, soon: true }).nullable(),
  ladder: z.array(RungScore),
})
export type ScorecardAnswer = z.infer<typeof ScorecardAnswer>

/** The scores of units that the asker may see, in the order of their codes, held against all units together. */
export const ScorecardsAnswer = z.strictObject({ basis: Basis, rows: z.array(z.strictObject({ unit: z.string(), scores: z.array(ComparedScore.omit({ points: true, band: true })) })) })
export type ScorecardsAnswer = z.infer<typeof ScorecardsAnswer>
