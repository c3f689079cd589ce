import { sql } from 'drizzle-orm'
import { partsOf, type Parts, type Place } from '@lastmile/shared/parts'
import { everything } from '@lastmile/shared/purview'
import { waitingStates } from '@lastmile/shared/report'
import type { Source } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { regionByCode, regionsOf } from './regions.js'
import { reportsFound, type ReportRow } from './reports.js'

/** What a report is a part of, where it speaks of less than its source does; null where it speaks of all. */
export async function partsOfPeriod(db: Database, list: ListRow, report: ReportRow): Promise<Parts | null> {
  const [source] = await rowsOf<{ data: Source }>(db, sql`select data from source where id = ${report.sourceId}`)
  const { scope } = source!.data
  const time = report.slot.slice(0, report.slot.indexOf('|') + 1)
  const rows = await reportsFound(db, { listId: list.id, purview: everything, sourceId: report.sourceId, slotStart: time, state: ['accepted', ...waitingStates] })
  const all = rows.map(({ id, scope: own, state }) => ({ id, scope: own, counts: state === 'accepted' })).reverse()
  const regions = await placesWithin(db, list, scope.regions)
  // Regions that parts name: a unit stands for its cities where the source's places are cities.
  const inside = new Map<string, Place[]>()
  for (const region of new Set(all.flatMap((one) => one.scope.regions ?? []))) inside.set(region, await placesUnder(db, list, region, regions))
  return partsOf(report.id, all, scope, regions, (region) => inside.get(region) ?? [])
}

/** The places that a source's scope is sent in: the cities of its one unit, or else the regions that it names, or all units. */
async function placesWithin(db: Database, list: ListRow, regions: readonly string[] | null): Promise<Place[]> {
  const { units } = await regionsOf(db, list)
  if (regions === null) return units
  const found = (await Promise.all(regions.map((region) => regionByCode(db, list, region)))).filter((one) => one !== null)
  return found.length === 1 && found[0]!.cities.length > 0 ? found[0]!.cities : found
}

/** Of some places those that a region is, holds, or lies in. */
async function placesUnder(db: Database, list: ListRow, region: string, places: readonly Place[]): Promise<Place[]> {
  const itself = places.filter(({ code }) => code === region)
  if (itself.length > 0) return itself
  const found = await regionByCode(db, list, region)
  const cities = new Set(found?.cities.map(({ code }) => code))
  return places.filter(({ code }) => cities.has(code) || code === found?.unit)
}
