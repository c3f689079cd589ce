import { dayNumber, dayOfNumber, endOfDays, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { GapReason } from '@lastmile/shared/gap'
import type { Database } from '../database.js'
import { eachSpans } from './gap-ages.js'
import type { GapSpans } from './gap-spans.js'
import type { ListRow } from './lists.js'
import { measuresOn, type Measure } from './measures.js'
import { factsFor, type When } from './question.js'

/** What held from a day on: how many institutions of those that the present standard counts stock the drug, how many were asked for then, and why that was a gap; null: it was none. */
export interface CoursePoint {
  day: Day
  institutions: number
  minimum: number
  reason: GapReason | null
}

/** A drug in a unit over time. `since`: the first day of a gap that lasts, or null where there is none; `former`: how many ended before. `standard`: the rule that holds on the last day. */
export interface GapCourse {
  drug: string
  unit: string
  points: CoursePoint[]
  since: Day | null
  former: number
  standard: Measure['standard']
}

/** The course of pairs of drug and unit, from the day on which the list came into force or a standard began (whichever was later) to the as-of day. Of which no standard speaks, none is answered. */
export async function coursesOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, pairs: readonly { drug: string; unit: string }[]): Promise<GapCourse[]> {
  const facts = await factsFor(db, list)
  const wanted = new Set(pairs.map(({ drug, unit }) => `${drug} ${unit}`))
  const drugs = new Set(pairs.map(({ drug }) => drug))
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => drugs.has(standard.drug))
  const codeOf = (drug: number) => facts.drugs.get(drug)!.code
  const to = dayNumber(when.asOf)
  const trendFrom = Math.min(facts.inForce, to)
  const courses: GapCourse[] = []
  await eachSpans(db, list, facts, when, measures, ({ drug, unit }) => wanted.has(`${codeOf(drug)} ${unit.code}`), (spans) => {
    if (spans.from !== null) courses.push(courseOf(codeOf(spans.drug), spans, Math.max(trendFrom, spans.from), trendFrom))
  }, { span: { to, trendFrom } })
  return courses
}

function courseOf(drug: string, { unit, measures, episodes, trend }: GapSpans, from: number, trendFrom: number): GapCourse {
  const begins = measures.map(({ standard }) => dayNumber(standard.from))
  const phases = episodes.flatMap((one) => one.phases)
  const points: CoursePoint[] = []
  let phase = 0
  for (let day = from; day < trendFrom + trend.length; day++) {
    while (phases[phase] && phases[phase]!.to <= day) phase += 1
    const isIn = phases[phase] !== undefined && phases[phase]!.from <= day
    const point = { institutions: trend[day - trendFrom]!, minimum: measures[begins.findIndex((begin) => begin <= day)]!.standard.minInstitutions, reason: isIn ? phases[phase]!.reason : null }
    const last = points.at(-1)
    if (last?.institutions !== point.institutions || last.minimum !== point.minimum || last.reason !== point.reason) points.push({ day: dayOfNumber(day), ...point })
  }
  const last = episodes.at(-1)
  const isOpen = last?.to === endOfDays
  return { drug, unit: unit.code, points, since: isOpen ? dayOfNumber(last!.from) : null, former: episodes.length - (isOpen ? 1 : 0), standard: measures[0]!.standard }
}
