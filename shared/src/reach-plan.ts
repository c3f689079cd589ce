import { coverMost, usualCoverLimits, type Cover, type CoverLimits } from './reach-cover.js'
import { nearFarthest, usualFarthestLimits } from './reach-farthest.js'
import { alikeAmong, setsWithin, type ReachSets } from './reach-sets.js'
import { largest } from './reach-standing.js'
import { chordBetween, chordOf, kmOf, nearestOf, placed, rowsOf, some, within, type Placed, type Places } from './reach-sphere.js'

/** `most`: as much as can be lies within a distance; `farthest`: the farthest is as near as can be. */
export const planGoals = ['most', 'farthest'] as const
export type PlanGoal = (typeof planGoals)[number]

/** Where a drug is wanted, where it is to be had today, and where it might be. Weights are whole numbers, one a point. */
export interface ReachProblem {
  goal: PlanGoal
  km: number
  /** How many candidates are chosen at most. */
  count: number
  points: Places
  weights: Float64Array
  today: Places
  candidates: Places
}

/** How things stand with what is there today and some of the chosen. `farthest`: in kilometres; Infinity where there is nothing. */
export interface Standings {
  /** Points within the distance, and what they weigh. */
  points: number
  weight: number
  farthest: number
}

/** A plan. */
export interface ReachPlan {
  before: Standings
  /** In the order in which each adds most, with how things stand after it; `alike`: candidates that reach the same, itself among them (null: not counted). */
  chosen: { candidate: number; alike: number | null; after: Standings }[]
  /** `most`: more than this weight nobody reaches; `farthest`: nearer than so many kilometres nobody brings the farthest. */
  bound: number
  /** True where the bound is reached: there is nothing better. */
  isBest: boolean
  /** To where each point goes today, and after all chosen, by index (−1: nowhere), and how far it is in kilometres. */
  nearestToday: { at: Int32Array; km: Float64Array }
  nearestAfter: { at: Int32Array; isChosen: Uint8Array; km: Float64Array }
}

/** How far to look, and how much of what reaches what is held at a time; for tests that keep the exact search from being made. */
export interface PlanLimits {
  most?: CoverLimits
  farthest?: CoverLimits
  entries?: number | undefined
}

/** Chooses where a drug should be had too. The same question has the same plan anywhere: what ends the search is steps, not seconds. `onProgress` hears a share of the work. */
export function planReach(problem: ReachProblem, { most = usualCoverLimits, farthest = usualFarthestLimits, entries }: PlanLimits = {}, onProgress: (share: number) => void = () => {}): ReachPlan {
  const { goal, km, count, weights } = problem
  const [points, candidates, today] = [placed(problem.points), placed(problem.candidates), placed(problem.today)]
  const now = nearestOf(points, today)
  const chord = chordOf(km)
  onProgress(0.05)
  const found = goal === 'most' ? planMost(points, candidates, weights, now.chord, chord, count, most, entries, onProgress) : planFarthest(points, candidates, now.chord, count, farthest, onProgress)
  const own = { chord: now.chord.slice(), at: now.at.slice(), isChosen: new Uint8Array(points.count) }
  const stand = (): Standings => {
    const standing = { points: 0, weight: 0, farthest: 0 }
    for (let p = 0; p < points.count; p++) {
      if (own.chord[p]! <= chord) {
        standing.points += 1
        standing.weight += weights[p]!
      }
      standing.farthest = Math.max(standing.farthest, kmOf(own.chord[p]!))
    }
    return standing
  }
  const before = stand()
  const chosen = found.chosen.map(({ candidate, alike }) => {
    for (let p = 0; p < points.count; p++) {
      const to = chordBetween(points, p, candidates, candidate)
      if (to >= own.chord[p]!) continue
      own.chord[p] = to
      own.at[p] = candidate
      own.isChosen[p] = 1
    }
    return { candidate, alike, after: stand() }
  })
  onProgress(1)
  const after = chosen.at(-1)?.after ?? before
  const bound = goal === 'most' ? before.weight + found.bound : kmOf(found.bound)
  return {
    before, chosen, bound, isBest: goal === 'most' ? after.weight >= bound : after.farthest <= bound,
    nearestToday: { at: now.at, km: now.chord.map(kmOf) }, nearestAfter: { at: own.at, isChosen: own.isChosen, km: own.chord.map(kmOf) },
  }
}

/** Which candidates reach the same as one of them does, of the points beyond the distance today; itself among them, by index: those that a plan for most counts as `alike`. */
export function alikeTo({ km, ...problem }: Pick<ReachProblem, 'km' | 'points' | 'candidates' | 'today'>, candidate: number): number[] {
  const [points, candidates, chord] = [placed(problem.points), placed(problem.candidates), chordOf(km)]
  return alikeAmong(some(points, beyond(nearestOf(points, placed(problem.today)).chord, chord)), candidates, chord, candidate)
}

/** Points that are farther than a chord from where they go today, by index. */
function beyond(today: Float64Array, chord: number): Int32Array {
  return Int32Array.from(today.keys()).filter((p) => today[p]! > chord)
}

interface Found {
  chosen: { candidate: number; alike: number | null }[]
  bound: number
}

function planMost(points: Placed, candidates: Placed, weights: Float64Array, today: Float64Array, chord: number, count: number, limits: CoverLimits, entries: number | undefined, onProgress: (share: number) => void): Found {
  const open = beyond(today, chord)
  const [wanted, own] = [some(points, open), Float64Array.from(open, (p) => weights[p]!)]
  const sets = setsWithin(wanted, candidates, chord, entries)
  onProgress(0.3)
  const cover = coverMost(sets, own, count, limits)
  onProgress(0.9)
  const bound = sets.thinned ? boundOverAll(wanted, candidates, own, chord, count, cover, sets) : cover.bound
  return { chosen: cover.chosen.map((c) => ({ candidate: sets.choices[c]!, alike: sets.alike[c]! })), bound }
}

function planFarthest(points: Placed, candidates: Placed, today: Float64Array, count: number, limits: CoverLimits, onProgress: (share: number) => void): Found {
  const { chosen, least } = nearFarthest(points, candidates, today, count, limits, (share) => onProgress(0.05 + 0.9 * share))
  return { chosen: chosen.map((candidate) => ({ candidate, alike: null })), bound: least }
}

/** The bound where some choices were left out: it is one of all candidates, by the prices that were found, and by what each of them would add. */
function boundOverAll(points: Placed, candidates: Placed, weights: Float64Array, chord: number, count: number, cover: Cover, sets: ReachSets): number {
  const rows = rowsOf(points, chord)
  const found = new Int32Array(points.count)
  const reached = new Uint8Array(points.count)
  for (const c of cover.chosen) for (let n = sets.starts[c]!; n < sets.starts[c + 1]!; n++) reached[sets.points[n]!] = 1
  const prices = cover.prices ?? weights
  const [worth, gains] = [new Float64Array(candidates.count), new Float64Array(candidates.count)]
  for (let j = 0; j < candidates.count; j++) {
    const size = within(rows, candidates, j, chord, found)
    for (let n = 0; n < size; n++) {
      const point = found[n]!
      worth[j]! += prices[point]!
      if (reached[point] === 0) gains[j]! += weights[point]!
    }
  }
  const top = (values: Float64Array) => largest(values, count).reduce((sum, j) => sum + values[j]!, 0)
  const all = weights.reduce((sum, one) => sum + one, 0)
  const above = weights.reduce((sum, one, p) => sum + one - prices[p]!, 0)
  return Math.max(cover.value, Math.floor(Math.min(all, above + top(worth), cover.value + top(gains))))
}
