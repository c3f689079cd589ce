import { addDays, type Day } from './day.js'
import { courseEnds, courseRank, courseStages, dayOfStage, isWindowStage, type CourseStage, type DrugStage, type StageFact } from './drug-stage.js'
import { windowsOf } from './drug-standing.js'

/**
 * How what is known of a course can speak against itself. It is shown, and nothing is refused for it: what was published may say so.
 * `former_missing`: a stage without the one before; `out_of_order`: a stage on a day before that of an earlier one; `in_force_before_listed`;
 * `stated_twice`: the same stage on two days; `after_end`: a stage after the course had ended, without a new application; `without_listing`:
 * renewed, moved or removed and never listed; `gap_between_windows`, `windows_overlap`: of a renewal; `stocked_before_listed`: an institution is said to stock it before it was listed.
 */
export const stageContradictions = [
  'former_missing', 'out_of_order', 'in_force_before_listed', 'stated_twice', 'after_end', 'without_listing', 'gap_between_windows', 'windows_overlap', 'stocked_before_listed',
] as const
export type StageContradictionKind = (typeof stageContradictions)[number]

/** One contradiction: the stage that is told, and the one it is held against, with their days where they are known. */
export interface StageContradiction {
  kind: StageContradictionKind
  stage: DrugStage
  on: Day | null
  against: DrugStage | null
  againstOn: Day | null
}

type Fact = Pick<StageFact, 'stage' | 'on' | 'until' | 'evidence'>

/**
 * What speaks against itself among the stages known of a course. `told`: the stages that are stated of this edition at all; of others
 * nothing is missing. `firstStocked`: the first day on which it is said to be in stock anywhere, if any.
 */
export function stageContradictionsIn(facts: readonly Fact[], told: readonly CourseStage[] = courseStages, firstStocked: Day | null = null): StageContradiction[] {
  return [...formerMissing(facts, told), ...outOfOrder(facts), ...statedTwice(facts), ...afterEnd(facts), ...withoutListing(facts), ...betweenWindows(facts), ...stockedEarly(facts, firstStocked)]
}

/** The latest stage of the course that is stated, where the one right before it is not: one gap is told once, and not of every stage after it. */
function formerMissing(facts: readonly Fact[], told: readonly CourseStage[]): StageContradiction[] {
  const course = courseStages.filter((stage) => told.includes(stage))
  return course.slice(1).flatMap((stage, i) => {
    const [fact, former] = [facts.find((one) => one.stage === stage), course[i]!]
    return fact && !facts.some((one) => one.stage === former) ? [{ kind: 'former_missing' as const, stage, on: fact.on, against: former, againstOn: null }] : []
  })
}

function outOfOrder(facts: readonly Fact[]): StageContradiction[] {
  const dated = facts.filter(({ stage, on }) => on !== null && courseRank(stage) !== null && stage !== 'renewed')
  // Of courses that were begun anew only what lies within the same one is compared: from its last application on.
  const from = dated.filter(({ stage }) => stage === 'applied').reduce<Day>((last, { on }) => (on! > last ? on! : last), '')
  const again = dated.filter(({ stage }) => stage === 'applied').length > 1
  const course = dated.filter(({ on }) => !again || on! >= from)
  return course.flatMap((later) => {
    const before = course.filter((one) => courseRank(one.stage)! < courseRank(later.stage)! && one.on! > later.on!)
    const worst = before.reduce<Fact | null>((last, one) => (last === null || courseRank(one.stage)! > courseRank(last.stage)! ? one : last), null)
    if (worst === null) return []
    const kind = later.stage === 'in_force' && worst.stage === 'listed' ? 'in_force_before_listed' as const : 'out_of_order' as const
    return [{ kind, stage: later.stage, on: later.on, against: worst.stage, againstOn: worst.on }]
  })
}

/** A stage of the course after `applied` that is stated on two days. Applying again, being renewed again and being included again are no contradiction. */
function statedTwice(facts: readonly Fact[]): StageContradiction[] {
  const again = facts.filter(({ stage }) => stage === 'applied').length > 1
  if (again) return []
  return facts.flatMap((fact, i) => {
    const rank = courseRank(fact.stage)
    if (rank === null || rank === 0 || fact.stage === 'renewed') return []
    const first = facts.find((one, j) => j < i && one.stage === fact.stage)
    return first ? [{ kind: 'stated_twice' as const, stage: fact.stage, on: fact.on, against: first.stage, againstOn: first.on }] : []
  })
}

function afterEnd(facts: readonly Fact[]): StageContradiction[] {
  const ends = facts.filter(({ stage, on }) => on !== null && (stage === 'transferred' || stage === 'removed' || (courseEnds as readonly DrugStage[]).includes(stage)))
  return ends.flatMap((end) => facts.flatMap((fact) => {
    const isLater = fact.on !== null && fact.on > end.on! && courseRank(fact.stage) !== null && fact.stage !== 'applied'
    const anew = facts.some(({ stage, on }) => stage === 'applied' && on !== null && on >= end.on! && fact.on !== null && on <= fact.on)
    return isLater && !anew ? [{ kind: 'after_end' as const, stage: fact.stage, on: fact.on, against: end.stage, againstOn: end.on }] : []
  }))
}

function withoutListing(facts: readonly Fact[]): StageContradiction[] {
  if (facts.some(({ stage }) => stage === 'listed' || stage === 'in_force')) return []
  return facts.filter(({ stage }) => stage === 'renewed' || stage === 'transferred' || stage === 'removed').map(({ stage, on }) => ({ kind: 'without_listing' as const, stage, on, against: 'listed' as const, againstOn: null }))
}

function betweenWindows(facts: readonly Fact[]): StageContradiction[] {
  const windows = windowsOf(facts.filter(({ stage }) => isWindowStage(stage) && stage !== 'temporary_inclusion'))
  return windows.slice(1).flatMap((window, i) => {
    const former = windows[i]!
    if (window.stage !== 'renewed' || former.to === null) return []
    const kind = window.from > addDays(former.to, 1) ? 'gap_between_windows' as const : window.from <= former.to ? 'windows_overlap' as const : null
    return kind === null ? [] : [{ kind, stage: window.stage, on: window.from, against: former.stage, againstOn: former.to }]
  })
}

function stockedEarly(facts: readonly Fact[], firstStocked: Day | null): StageContradiction[] {
  if (firstStocked === null) return []
  return facts.filter((fact) => fact.stage === 'listed' && (dayOfStage(fact) ?? '') > firstStocked).map(({ stage, on }) => ({ kind: 'stocked_before_listed' as const, stage, on, against: null, againstOn: firstStocked }))
}
