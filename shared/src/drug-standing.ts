import { addDays, type Day } from './day.js'
import { courseEnds, courseRank, courseStages, dayOfStage, isWindowStage, type DrugStage, type StageFact } from './drug-stage.js'

/** A stage as far as it says when it was, and when it ends. */
export type Dated = Pick<StageFact, 'stage' | 'on' | 'until' | 'evidence'>

/** Where a drug stands in the course of an edition: the stage it has reached, `expired` once its window is over, `unknown` before anything is known. */
export const standingStages = ['unknown', ...courseStages, 'temporary_inclusion', 'expired', 'transferred', 'removed', ...courseEnds] as const
export type StandingStage = (typeof standingStages)[number]

/** Where it stands on a day. `since`: the day from which it does; null where that is not known. `endsOn`: the last day of its window, where one holds and its end is known. */
export interface DrugStanding {
  stage: StandingStage
  since: Day | null
  endsOn: Day | null
}

/** A window in which a drug is paid for, or listed. `to`: the last day; null where no end is known. */
export interface Window {
  stage: DrugStage
  from: Day
  to: Day | null
}

/**
 * Where a drug stands on a day, by all that is known of its course. An end holds until a later stage of the course is known (it was
 * applied for anew); of the stages of the course the farthest counts, whatever the days of those before say: where these contradict
 * each other, that is told beside (`contradictionsIn`). A temporary inclusion counts while it lasts and the drug is not in force.
 */
export function standingOn(facts: readonly Dated[], day: Day): DrugStanding {
  const happened = facts.filter((fact) => (dayOfStage(fact) ?? day) <= day)
  const included = windowsOf(happened.filter(({ stage }) => stage === 'temporary_inclusion')).findLast((one) => holdsOn(one, day))
  const end = latest(happened.filter(({ stage }) => isEnd(stage)))
  const course = happened.filter((fact) => courseRank(fact.stage) !== null && !isEndedBy(fact, end))
  const farthest = course.reduce<Dated | null>((far, one) => (far === null || courseRank(one.stage)! > courseRank(far.stage)! ? one : far), null)
  if (farthest !== null && courseStages[courseRank(farthest.stage)!] === 'in_force') {
    const windows = windowsOf(course)
    const now = windows.findLast((one) => holdsOn(one, day))
    if (now) return { stage: 'in_force', since: sinceOf(windows, now), endsOn: endOf(facts, now, day) }
    if (windows.length === 0 && (farthest.until === null || farthest.until >= day)) return { stage: 'in_force', since: null, endsOn: farthest.until }
    if (!included) return { stage: 'expired', since: dayAfter(windows.reduce<Day | null>((last, { to }) => (to !== null && (last === null || to > last) ? to : last), farthest.until)), endsOn: null }
  }
  if (included) return { stage: 'temporary_inclusion', since: included.from, endsOn: included.to }
  if (farthest !== null) return { stage: courseStages[courseRank(farthest.stage)!]!, since: farthest.on, endsOn: null }
  return end === null ? { stage: 'unknown', since: null, endsOn: null } : { stage: end.stage as StandingStage, since: end.on, endsOn: null }
}

/** The windows that stages open, the first first. One whose first day is not known counts from the day of its document. */
export function windowsOf(facts: readonly Dated[]): Window[] {
  return facts.flatMap((fact) => {
    const from = dayOfStage(fact)
    return isWindowStage(fact.stage) && from !== null ? [{ stage: fact.stage, from, to: fact.until }] : []
  }).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/**
 * The windows as they were or will be: one of being in force, or of its renewal, is over with the day before the drug is removed or moved,
 * and was none where that is its first; a temporary inclusion is not. By the same days as where it stands: of a removal whose own day is not
 * known that of its document, and where neither is, no window before it is told.
 */
export function windowsHeld(facts: readonly Dated[]): Window[] {
  const ends = facts.filter(isLeaving).map(dayOfStage)
  const days = ends.filter((day) => day !== null)
  return windowsOf(facts).flatMap(({ stage, from, to }): Window[] => {
    if (stage === 'temporary_inclusion') return [{ stage, from, to }]
    if (ends.length > 0 && days.length === 0) return []
    const end = firstOf(days.filter((day) => day >= from && (to === null || day <= to)))
    return end === from ? [] : [{ stage, from, to: end === null ? to : addDays(end, -1) }]
  })
}

/** Where a drug stands by the editions of one list, the earliest first: in the last of those in which it came to be in force at all. Null: in none. */
export function standingInList<Standing extends Pick<DrugStanding, 'stage'>>(standings: readonly Standing[]): Standing | null {
  return standings.findLast(({ stage }) => stage === 'in_force' || stage === 'expired' || stage === 'removed' || stage === 'transferred') ?? null
}

/** The first stage that comes after a day; null where none is known. */
export function nextStage<Fact extends Dated>(facts: readonly Fact[], day: Day): Fact | null {
  return facts.reduce<Fact | null>((next, one) => (one.on !== null && one.on > day && (next === null || one.on < next.on!) ? one : next), null)
}

/** Whether a window holds on a day. */
export function holdsOn({ from, to }: Pick<Window, 'from' | 'to'>, day: Day): boolean {
  return from <= day && (to === null || day <= to)
}

function isEnd(stage: DrugStage): boolean {
  return stage === 'transferred' || stage === 'removed' || (courseEnds as readonly DrugStage[]).includes(stage)
}

/** Whether a stage is over by an end. What happened on an unknown day, or on its very day, was before it. */
function isEndedBy(fact: Dated, end: Dated | null): boolean {
  if (end === null) return false
  const [own, its] = [dayOfStage(fact), dayOfStage(end)]
  return own === null || its === null || own <= its
}

function latest(facts: readonly Dated[]): Dated | null {
  return facts.reduce<Dated | null>((last, one) => (last === null || (dayOfStage(one) ?? '') >= (dayOfStage(last) ?? '') ? one : last), null)
}

/** The first day of the run of windows that goes on to this one without a day between. */
function sinceOf(windows: readonly Window[], now: Window): Day {
  let since = now.from
  for (const { from, to } of [...windows].reverse()) if (from < since && (to === null || addDays(to, 1) >= since)) since = from
  return since
}

/** The last day on which it is in force: its window's, or that of those which are known already to follow without a day between; or the day before it is removed or moved. */
function endOf(facts: readonly Dated[], now: Window, day: Day): Day | null {
  let end = now.to
  for (const { from, to } of windowsOf(facts.filter(({ stage }) => courseRank(stage) !== null))) if (end !== null && from <= addDays(end, 1) && (to === null || to > end)) end = to
  const left = firstOf(facts.filter(isLeaving).flatMap((one) => dayOfStage(one) ?? []).filter((one) => one > day))
  return left === null ? end : firstOf([addDays(left, -1), ...(end === null ? [] : [end])])
}

/** Whether a stage ends the windows of a drug that is in force. */
function isLeaving({ stage }: Dated): boolean {
  return stage === 'removed' || stage === 'transferred'
}

function firstOf(days: readonly Day[]): Day | null {
  return days.reduce<Day | null>((first, day) => (first === null || day < first ? day : first), null)
}

function dayAfter(day: Day | null): Day | null {
  return day === null ? null : addDays(day, 1)
}
