import { sql } from 'drizzle-orm'
import { breakBetween, type SnapshotCounts } from '@lastmile/shared/break'
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
import { rowsOf, textArray, type Database } from '../database.js'
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
    drug: drug?.code ?? null, region: area?.code ?? null, from, to, points, breaks: await breaksOf(db, list.id, evidence, drug?.code ?? null, area, from, to),
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

/**
 * Where a source changed what it reports: consecutive accepted snapshots of one source and scope that differ so. Found
 * when asked, so that a snapshot loaded late or corrected stands in its place; and only where the snapshot speaks of
 * what is asked: another unit's source breaks no series of this one.
 */
async function breaksOf(db: Database, listId: number, evidence: Evidence, drug: string | null, area: Area | null, from: Day, to: Day): Promise<TrendAnswer['breaks']> {
  const regions = area && await regionsCovering(db, area)
  const ofRegion = regions === null ? sql`true` : sql`(scope->'regions' is null or jsonb_typeof(scope->'regions') = 'null' or scope->'regions' ?| ${textArray(regions)})`
  const ofDrug = drug === null ? sql`true` : sql`(scope->'drugs' is null or jsonb_typeof(scope->'drugs') = 'null' or scope->'drugs' ? ${drug})`
  const rows = await rowsOf<{ day: Day; report: string; before: SnapshotCounts | null; after: SnapshotCounts | null }>(db, sql`
    select day::text as day, report, before, after from (
      select id, as_of as day, code as report, parsed as after, lag(parsed) over (partition by source_id, scope order by as_of, accepted_at, id) as before
      from report where list_id = ${listId} and evidence = ${lensCodes.code(evidence)} and state = 'accepted' and mode = 'snapshot' and ${ofDrug} and ${ofRegion}
    ) snapshots where day between ${from} and ${to} order by day, id`)
  return rows.flatMap(({ day, report, before, after }) => {
    const reason = breakBetween(before, after)
    return reason ? [{ day, report, reason }] : []
  })
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
  return JSON.stringify({ ...a, day: null }) === JSON.stringify({ ...b, day: null })
}
