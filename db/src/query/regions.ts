import { sql, type SQL } from 'drizzle-orm'
import type { RegionAnswer, RegionsAnswer } from '@lastmile/shared/region'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import { findArea } from './area.js'
import type { ListRow } from './lists.js'

/** The units of a list's region set, and what stands beside them. */
export async function regionsOf(db: Database, list: ListRow): Promise<RegionsAnswer> {
  const [set] = await rowsOf<{ code: string; name: Text; thresholds: number[]; geometrySource: Text; populationSource: Text | null; outOfScope: RegionsAnswer['outOfScope'] }>(db, sql`
    select code, name, thresholds, geometry_source as "geometrySource", population_source as "populationSource", out_of_scope as "outOfScope"
    from region_set where id = ${list.regionSetId}`)
  const units = await rowsOf<RegionsAnswer['units'][number]>(db, sql`
    select u.code, u.name, u.full_name as "fullName", u.polygon, r.population from unit u
    left join region r on r.region_set_id = u.region_set_id and r.code = u.code and r.level = 'province'
    where u.region_set_id = ${list.regionSetId} order by u.slot`)
  const { code, ...rest } = set!
  return { regionSet: code, ...rest, units }
}

/** The name of a region that is drawn and outside the scope of a list; null for any other code. */
export async function outOfScopeName(db: Database, list: ListRow, code: string): Promise<Text | null> {
  return (await regionsOf(db, list)).outOfScope.find((one) => one.code === code)?.name ?? null
}

/** One unit or city, or null. A unit's cities are those of its province and those in which it has institutions. */
export async function regionByCode(db: Database, list: ListRow, code: string): Promise<RegionAnswer | null> {
  const area = await findArea(db, list.regionSetId, code)
  if (!area) return null
  const own = await centroidsOf(db, list, sql`r.code = ${code}`)
  const centroid = own[0]?.centroid ?? null
  if (area.level === 'city') {
    return { code, level: 'city', unit: area.parent, name: area.name, polygon: true, population: area.population, parent: area.parent, centroid, cities: [] }
  }
  const cities = await centroidsOf(db, list, sql`r.level = 'city' and
    (${area.polygon} and r.parent = ${code} or r.id in (select city_id from city_slot where unit_id = ${area.unitId}))`)
  return { code, level: 'unit', unit: code, name: area.name, polygon: area.polygon, population: area.population, parent: null, centroid, cities }
}

async function centroidsOf(db: Database, list: ListRow, condition: SQL): Promise<RegionAnswer['cities']> {
  const rows = await rowsOf<{ code: string; name: Text; lat: number | null; lng: number | null }>(db, sql`
    select r.code, r.name, r.latitude as lat, r.longitude as lng from region r where r.region_set_id = ${list.regionSetId} and ${condition} order by r.code collate "C"`)
  return rows.map(({ code, name, lat, lng }) => ({ code, name, centroid: lat === null || lng === null ? null : { lat, lng } }))
}
