import { sql } from 'drizzle-orm'
import type { TrendAnswer } from '@lastmile/shared/coverage'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { eligibleAt, figuresAt, shareOf } from '../coverage/cell.js'
import { citySlotsOf } from '../coverage/city-slots.js'
import { anyDrug, countAt, unitsStocked, wholeSlot } from '../coverage/counts.js'
import { reachDay } from '../coverage/reach-day.js'
import { Running } from '../coverage/running.js'
import { readTimeline } from '../coverage/timeline-rows.js'
import { rowsOf, type Database } from '../database.js'
import { lensCodes, type Lens } from '../schema/codes.js'
import type { Area } from './area.js'
import { breaksFor, speaksOf } from './breaks.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor } from './question.js'

/** One drug (or any) over time in one area: a point on each day on which something changed, from and to inclusive. */
export async function trendOf(db: Database, list: ListRow, evidence: Evidence, question: { drug: { id: number; code: string } | null; area: Area | null; from: Day; to: Day }): Promise<TrendAnswer> {
  const { drug, area, from, to } = question
  const facts = await factsFor(db, list)
  const place = await placeOf(db, area)
  const days = [dayNumber(from), dayNumber(to)] as const
  await reachDay(db, facts, days[1])
  const read = (lens: Lens) => readTimeline(db, place.family, list.id, lensCodes.code(lens), [drug?.id ?? anyDrug, place.key], { from: days[0], to: days[1], slots: place.total })
  const loaded = drug !== null && facts.drugs.get(drug.id)?.eligibilityLoaded === true
  const [own, eligible, breaks] = await Promise.all([read(evidence), loaded ? read('eligible') : null, breaksIn(db, list, evidence, question)])

  const points: TrendAnswer['points'] = []
  const [counts, open] = [new Running(own, place.total), new Running(eligible, place.total)]
  for (let day = days[0]; day <= days[1]; day = Math.min(counts.next, open.next)) {
    counts.moveTo(day)
    open.moveTo(day)
    const point = pointOn(day)
    const last = points.at(-1)
    if (!last || !sameFigures(last, point)) points.push(point)
  }
  return {
    basis: basisOf(list, { evidence, asOf: to, knownOn: null, since: null }),
    drug: drug?.code ?? null, region: area?.code ?? null, from, to, points, breaks,
  }

  function pointOn(day: number): TrendAnswer['points'][number] {
    const share = loaded ? eligibleAt(counts.now, open.now, place.slots) : null
    const figures = figuresAt(counts.now, place.slots)
    const city = area?.level === 'city'
    if (city) figures.stocked.cities = Math.min(1, figures.stocked.institutions)
    const units = city ? figures.stocked.cities : area ? Math.min(1, figures.stocked.institutions) : countAt(counts.now, 0, unitsStocked)
    return { day: dayOfNumber(day), ...figures, units, eligible: share, share: shareOf(share) }
  }
}

/** The rows in which an area's counts stand: whose, how many slots they have, and which are the area's. */
interface RowsOfArea {
  family: 'drug' | 'city'
  key: number
  total: number
  slots: number[]
}

async function placeOf(db: Database, area: Area | null): Promise<RowsOfArea> {
  if (area?.level !== 'city') return { family: 'drug', key: area ? area.slot : wholeSlot, total: 1, slots: [0] }
  const slots = (await citySlotsOf(db, [area.areaId])).get(area.areaId)!
  return { family: 'city', key: area.areaId, total: slots.length, slots: slots.filter((one) => one.city === area.cityId).map((one) => one.slot) }
}

/** The breaks of what was asked for. */
async function breaksIn(db: Database, list: ListRow, evidence: Evidence, { drug, area, from, to }: { drug: { code: string } | null; area: Area | null; from: Day; to: Day }): Promise<TrendAnswer['breaks']> {
  const inTime = (await breaksFor(db, list)).filter((one) => one.evidence === evidence && one.day >= from && one.day <= to)
  if (inTime.length === 0) return []
  const regions = area && await regionsCovering(db, area)
  return inTime.filter((one) => speaksOf(one.scope, drug?.code ?? null, regions)).map(({ day, report, reason }) => ({ day, report, reason }))
}

/** The region codes by which a scope can speak of institutions of an area: itself, the cities of a unit, the units that have institutions in a city. */
async function regionsCovering(db: Database, area: Area): Promise<string[]> {
  const rows = area.level === 'unit'
    ? await rowsOf<{ code: string }>(db, sql`
      select c.code from region c where c.id in (select city_id from city_slot where unit_id = ${area.unitId})
      union select c.code from region c join region p on p.region_set_id = c.region_set_id and p.code = c.parent where p.id = ${area.areaId}::int and c.level = 'city'`)
    : await rowsOf<{ code: string }>(db, sql`select u.code from unit u where u.id in (select unit_id from city_slot where city_id = ${area.cityId})`)
  const parent = area.level === 'city' && area.parent !== null ? [area.parent] : []
  return [...new Set([area.code, ...parent, ...rows.map((row) => row.code)])]
}

function sameFigures(a: TrendAnswer['points'][number], b: TrendAnswer['points'][number]): boolean {
  return a.units === b.units && sameNumbers(a.stocked, b.stocked) && sameNumbers(a.states, b.states) && (a.eligible === null || b.eligible === null ? a.eligible === b.eligible : sameNumbers(a.eligible, b.eligible))
}

function sameNumbers<Numbers extends object>(a: Numbers, b: Numbers): boolean {
  for (const key in a) if (a[key] !== b[key]) return false
  return true
}
