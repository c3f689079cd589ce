import { dayNumber, dayOfNumber, daysBetween, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { bandAlong, bandMembers, listedOn, stepsOf, therapeuticGroup, type Classified, type CurveOf, type CurvesAnswer, type DrugCurve, type Members } from '@lastmile/shared/listing-curve'
import { stockedAt, wholeSlot } from '../coverage/counts.js'
import type { Histories } from '../coverage/histories.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { Running } from '../coverage/running.js'
import type { Timeline } from '../coverage/timeline.js'
import { beginning } from '../coverage/view.js'
import type { Database } from '../database.js'
import { drugsOf, type DrugRow } from './drugs.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, historiesFor } from './question.js'

/**
 * How fast each drug of a company reached its n-th unit, or how many institutions had it at one time, beside the band of its class, up
 * to a day. From timelines that are maintained: one row or a few a drug (and unit), however much was ever said.
 */
export async function listingCurvesOf(db: Database, list: ListRow, company: string, { evidence, of, asOf }: { evidence: Evidence; of: CurveOf; asOf: Day }): Promise<CurvesAnswer> {
  const when = { evidence, asOf, knownOn: null, since: null }
  const [drugs, facts] = [await drugsOf(db, list.id), await factsFor(db, list)]
  const last = dayNumber(asOf)
  const histories = await historiesFor(db, list, facts, when, beginning, drugs.map(({ id }) => id))
  const whole = await histories.units(evidence, drugs.map(({ id }) => ({ drug: id, place: wholeSlot })))
  const lineOf = new Map(drugs.map(({ data: { code } }, at) => [code, whole[at] ?? null]))
  const said = (code: string) => isSaid(lineOf.get(code) ?? null, last)
  const members = bandMembers(company, drugs.map(({ data }): Classified => ({ ...data, listedOn: listedOn(data, list.inForce), said: said(data.code) })))
  const shown = new Set([...members].flatMap(([code, one]) => [code, ...one?.drugs ?? []]))
  const reached = of === 'units' ? await unitsReached(histories, evidence, facts, drugs.filter(({ data }) => shown.has(data.code)), last) : new Map([...shown].map((code) => [code, institutionsReached(lineOf.get(code) ?? null, last)]))
  const told = { last, inForce: list.inForce, reached, said }
  const own = drugs.filter((one) => one.company.code === company)
  return { basis: basisOf(list, when), company, of, most: of === 'units' ? facts.units.length : null, drugs: own.map((drug) => curveOf(told, drug, members.get(drug.data.code) ?? null, drugs)) }
}

/** On this day so many were reached for the first time; of units those that were new. */
interface Reached { day: number; n: number; units: string[] | null }

interface Told {
  last: number
  inForce: Day
  reached: ReadonlyMap<string, readonly Reached[]>
  said: (code: string) => boolean
}

function curveOf(told: Told, { data }: DrugRow, members: Members | null, drugs: readonly DrugRow[]): DrugCurve {
  const day = listedOn(data, told.inForce)
  const days = Math.max(0, daysBetween(day, dayOfNumber(told.last)))
  return {
    drug: data.code, listedOn: day, days, said: told.said(data.code), band: members && bandOf(told, data.categoryCode, members, days, drugs),
    reached: told.reached.get(data.code)!.map(({ day: on, n, units }) => ({ n, day: dayOfNumber(on), days: on - dayNumber(day), units })),
  }
}

/** The band of a class along the days that its drug has been listed; those in it were listed as long at least. */
function bandOf(told: Told, categoryCode: string | null, members: Members, days: number, drugs: readonly DrugRow[]): NonNullable<DrugCurve['band']> {
  const others = drugs.filter(({ data: { code } }) => members.drugs.includes(code))
  const companies = [...new Set(others.map(({ company }) => company.code))].map((one) => others.filter(({ company }) => company.code === one).map(({ data }) => stepsOf(told.reached.get(data.code)!, listedOn(data, told.inForce))))
  const narrowest = therapeuticGroup(categoryCode) === null ? 'supply_form' : 'therapeutic'
  return {
    class: members.class, drugs: members.drugs.length, companies: members.companies, narrower: members.class.level !== narrowest, silent: members.silent, points: bandAlong(companies, days),
  }
}

/** The units that each drug reached, in the order of the days on which any institution there first had it. */
async function unitsReached(histories: Histories, evidence: Evidence, { units }: ListFacts, drugs: readonly DrugRow[], last: number): Promise<Map<string, Reached[]>> {
  const lines = await histories.units(evidence, drugs.flatMap(({ id }) => units.map(({ slot }) => ({ drug: id, place: slot }))))
  return new Map(drugs.map(({ data: { code } }, at) => {
    const first = new Map<number, string[]>()
    for (const [place, unit] of units.entries()) {
      const day = firstDay(lines[at * units.length + place] ?? null, last)
      if (day !== null) first.set(day, [...first.get(day) ?? [], unit.code])
    }
    let n = 0
    return [code, [...first].sort(([a], [b]) => a - b).map(([day, own]): Reached => ({ day, n: n += own.length, units: own }))]
  }))
}

/** The first day by the last on which any institution had it; null: none had. */
function firstDay(line: Timeline | null, last: number): number | null {
  for (const { day, n } of stockedAlong(line, last)) if (n > 0) return day
  return null
}

/** The days on which more institutions had it at one time than ever before. */
function institutionsReached(line: Timeline | null, last: number): Reached[] {
  const reached: Reached[] = []
  for (const { day, n } of stockedAlong(line, last)) if (n > (reached.at(-1)?.n ?? 0)) reached.push({ day, n, units: null })
  return reached
}

/** How many institutions have it on each day on which anything changes, up to the last. */
function* stockedAlong(line: Timeline | null, last: number): Generator<{ day: number; n: number }> {
  const running = new Running(line, 1)
  for (let day = line?.from ?? Infinity; day <= last; day = running.next) {
    running.moveTo(day)
    yield { day, n: stockedAt(running.now, 0) }
  }
}

/** Whether anything was ever said by a day. */
function isSaid(line: Timeline | null, last: number): boolean {
  return line !== null && (line.base.some((count) => count !== 0) || (line.changes.length > 0 && line.changes.days[0]! <= last))
}
