import { sql } from 'drizzle-orm'
import type { TrendAnswer } from '@lastmile/shared/coverage'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { eligibleAt, figuresAt, shareOf, unitsStocked } from '../coverage/cell.js'
import { citySlotsOf } from '../coverage/city-slots.js'
import type { Counts } from '../coverage/counts.js'
import { anyDrug } from '../coverage/deltas.js'
import { listFacts } from '../coverage/list-facts.js'
import { countsOn, timelineOf, type TimelineRow } from '../coverage/timeline.js'
import { nationSlot } from '../coverage/write-coverage.js'
import { rowsOf, type Database } from '../database.js'
import { lensCodes, type Lens } from '../schema/codes.js'
import type { Area } from './area.js'
import { eligibilityLoaded } from './coverage.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'

/** One drug (or any) over time in one area: a point on each day on which something changed, from and to inclusive. */
export async function trendOf(db: Database, list: ListRow, evidence: Evidence, question: { drug: { id: number; code: string } | null; area: Area | null; from: Day; to: Day }): Promise<TrendAnswer> {
  const { drug, area, from, to } = question
  const drugId = drug?.id ?? anyDrug
  const facts = await listFacts(db, list.id)
  const slots = await slotsFor(db, area)
  const unitSlots = area === null ? facts.units.map((unit) => unit.slot) : slots
  const own = await timeline(db, list.id, evidence, drugId, area, from, to)
  const eligible = drug && (await eligibilityLoaded(db, list.id)).has(drug.id) ? await timeline(db, list.id, 'eligible', drug.id, area, from, to) : null

  const points: TrendAnswer['points'] = []
  const days = new Set([from, ...own.map((row) => row.day), ...(eligible ?? []).map((row) => row.day)].filter((day) => day >= from && day <= to))
  for (const day of [...days].sort()) {
    const point = pointOn(day, countsOn(own, day), eligible && countsOn(eligible, day))
    const last = points.at(-1)
    if (!last || !sameFigures(last, point)) points.push(point)
  }
  return {
    basis: basisOf(list, { evidence, asOf: to, knownOn: null, since: null }),
    drug: drug?.code ?? null, region: area?.code ?? null, from, to, points, breaks: await breaksOf(db, list.id, evidence, drug?.code ?? null, from, to),
  }

  function pointOn(day: Day, counts: Counts, eligibleCounts: Counts | null): TrendAnswer['points'][number] {
    const share = eligibleCounts && eligibleAt(counts, eligibleCounts, slots)
    const figures = figuresAt(counts, slots)
    if (area?.level === 'city') figures.stocked.cities = Math.min(1, figures.stocked.institutions)
    return { day, ...figures, units: area?.level === 'city' ? figures.stocked.cities : unitsStocked(counts, unitSlots), eligible: share, share: shareOf(share) }
  }
}

/** The maintained rows of a drug that answer for the days asked for: the last on or before the first, and those up to the last. */
export async function timeline(db: Database, listId: number, lens: Lens, drugId: number, area: Area | null, from: Day, to: Day): Promise<TimelineRow[]> {
  const city = area?.level === 'city'
  const where = city
    ? sql`coverage_by_city where list_id = ${listId} and lens = ${lensCodes.code(lens)} and drug_id = ${drugId} and area_id = ${area.areaId}`
    : sql`coverage_by_unit where list_id = ${listId} and lens = ${lensCodes.code(lens)} and drug_id = ${drugId}`
  const rows = await rowsOf<{ day: Day; counts: Uint8Array }>(db, sql`
    (select day::text as day, counts from ${where} and day <= ${from} order by day desc limit 1)
    union all (select day::text as day, counts from ${where} and day > ${from} and day <= ${to})`)
  return timelineOf(rows)
}

async function slotsFor(db: Database, area: Area | null): Promise<number[]> {
  if (area === null) return [nationSlot]
  if (area.level === 'unit') return [area.slot]
  return (await citySlotsOf(db, [area.areaId])).get(area.areaId)!.filter((one) => one.city === area.cityId).map((one) => one.slot)
}

async function breaksOf(db: Database, listId: number, evidence: Evidence, drug: string | null, from: Day, to: Day): Promise<TrendAnswer['breaks']> {
  return rowsOf(db, sql`
    select b.day::text as day, r.code as report, b.reason from series_break b join report r on r.id = b.report_id
    where r.list_id = ${listId} and r.evidence = ${lensCodes.code(evidence)} and r.state = 'accepted' and b.day between ${from} and ${to}
      and (${drug}::text is null or r.scope->'drugs' is null or jsonb_typeof(r.scope->'drugs') = 'null' or r.scope->'drugs' ? ${drug ?? ''}) order by b.day, r.id`)
}

function sameFigures(a: TrendAnswer['points'][number], b: TrendAnswer['points'][number]): boolean {
  return JSON.stringify({ ...a, day: null }) === JSON.stringify({ ...b, day: null })
}
