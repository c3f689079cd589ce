import { dayNumber, dayOfNumber, daysBetween, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { bandAlong, bandMembers, listedOn, stepsOf, therapeuticGroup, type Classified, type CurveOf, type CurvesAnswer, type DrugCurve, type Members, type Step } from '@lastmile/shared/listing-curve'
import { countAt, stockedAt, unitsStocked, wholeSlot } from '../coverage/counts.js'
import { Running } from '../coverage/running.js'
import type { Timeline } from '../coverage/timeline.js'
import { beginning } from '../coverage/view.js'
import type { Database } from '../database.js'
import { drugsOf, type DrugRow } from './drugs.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, historiesFor } from './question.js'

/**
 * How fast each drug of a company reached its n-th unit or institution, beside the band of its class, up to a day. From
 * timelines that are maintained: one row or a few a drug, however much was ever said.
 */
export async function listingCurvesOf(db: Database, list: ListRow, company: string, { evidence, of, asOf }: { evidence: Evidence; of: CurveOf; asOf: Day }): Promise<CurvesAnswer> {
  const when = { evidence, asOf, knownOn: null, since: null }
  const [drugs, facts] = [await drugsOf(db, list.id), await factsFor(db, list)]
  const classified = drugs.map(({ data }): Classified => ({ ...data, listedOn: listedOn(data, list.inForce) }))
  const members = bandMembers(company, classified)
  const own = drugs.filter((one) => one.company.code === company)
  const wanted = drugs.filter(({ data: { code } }) => members.has(code) || [...members.values()].some((one) => one?.drugs.includes(code)))
  const histories = await historiesFor(db, list, facts, when, beginning, wanted.map(({ id }) => id))
  const lines = await histories.units(evidence, wanted.map(({ id }) => ({ drug: id, place: wholeSlot })))
  const lineOf = new Map(wanted.map(({ data: { code } }, at) => [code, lines[at] ?? null]))
  const told = { of, last: dayNumber(asOf), inForce: list.inForce, lineOf }
  return { basis: basisOf(list, when), company, of, most: of === 'units' ? facts.units.length : null, drugs: own.map((drug) => curveOf(told, drug, members.get(drug.data.code) ?? null, drugs)) }
}

interface Told {
  of: CurveOf
  last: number
  inForce: Day
  lineOf: ReadonlyMap<string, Timeline | null>
}

function curveOf(told: Told, { data }: DrugRow, members: Members | null, drugs: readonly DrugRow[]): DrugCurve {
  const day = listedOn(data, told.inForce)
  const line = told.lineOf.get(data.code) ?? null
  const reached: DrugCurve['reached'] = []
  let most = 0
  for (const { day: on, n } of figuresOf(line, told)) {
    if (n <= most) continue
    most = n
    reached.push({ n, day: dayOfNumber(on), days: on - dayNumber(day) })
  }
  const days = Math.max(0, daysBetween(day, dayOfNumber(told.last)))
  return { drug: data.code, listedOn: day, days, said: isSaid(line, told.last), reached, band: members && bandOf(told, data.categoryCode, members, days, drugs) }
}

/** The band of a class along the days that its drug has been listed; those in it were listed as long at least. */
function bandOf(told: Told, categoryCode: string | null, members: Members, days: number, drugs: readonly DrugRow[]): NonNullable<DrugCurve['band']> {
  const others = drugs.filter(({ data: { code } }) => members.drugs.includes(code))
  const lines = others.map(({ data }) => told.lineOf.get(data.code) ?? null)
  const curves = others.map(({ data }, at): Step[] => stepsOf(figuresOf(lines[at]!, told), listedOn(data, told.inForce)))
  const narrowest = therapeuticGroup(categoryCode) === null ? 'supply_form' : 'therapeutic'
  return {
    class: members.class, drugs: members.drugs.length, companies: members.companies, narrower: members.class.level !== narrowest,
    silent: lines.filter((line) => !isSaid(line, told.last)).length, points: bandAlong(curves, members.companies, days),
  }
}

/** The figure of a drug on each day on which anything of it changes, up to the last. */
function* figuresOf(line: Timeline | null, { of, last }: Told): Generator<{ day: number; n: number }> {
  const running = new Running(line, 1)
  for (let day = line?.from ?? Infinity; day <= last; day = running.next) {
    running.moveTo(day)
    yield { day, n: of === 'units' ? countAt(running.now, 0, unitsStocked) : stockedAt(running.now, 0) }
  }
}

/** Whether anything was ever said by a day. */
function isSaid(line: Timeline | null, last: number): boolean {
  return line !== null && (line.base.some((count) => count !== 0) || (line.changes.length > 0 && line.changes.days[0]! <= last))
}
