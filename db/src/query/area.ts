import { sql, type SQL } from 'drizzle-orm'
import type { Text } from '@lastmile/shared/text'
import { arrayOf, rowsOf, type Database } from '../database.js'

/** A unit that a question speaks of. */
export interface UnitArea {
  level: 'unit'
  code: string
  name: Text
  unitId: number
  slot: number
  polygon: boolean
  areaId: number | null
  population: number | null
}

/** What a region code of a question speaks of: a unit, or a city (whose institutions may belong to two units). */
export type Area =
  | UnitArea
  | { level: 'city'; code: string; name: Text; cityId: number; areaId: number; parent: string | null; population: number | null }

/** What lies in no unit: counted in the whole alone. */
export interface NoUnit { level: 'none' }

const unitsOf = (regionSetId: number, which: SQL) => sql`
  select u.code, u.name, u.id as "unitId", u.slot, u.polygon, r.id as "areaId", r.population from unit u
  left join region r on r.region_set_id = u.region_set_id and r.code = u.code and r.level = 'province'
  where u.region_set_id = ${regionSetId} and ${which} order by u.slot`

/** All units of a region set, in their order. */
export async function unitAreas(db: Database, regionSetId: number): Promise<UnitArea[]> {
  return (await rowsOf<Omit<UnitArea, 'level'>>(db, unitsOf(regionSetId, sql`true`))).map((unit) => ({ level: 'unit', ...unit }))
}

/** The unit or city with a code, or null. A unit goes first: 650000 is Xinjiang without the Corps. */
export async function findArea(db: Database, regionSetId: number, code: string): Promise<Area | null> {
  const [unit] = await rowsOf<Omit<UnitArea, 'level'>>(db, unitsOf(regionSetId, sql`u.code = ${code}`))
  if (unit) return { level: 'unit', ...unit }
  const [city] = await rowsOf<{ id: number; name: Text; parent: string | null; areaId: number; population: number | null }>(db, sql`
    select c.id, c.name, c.parent, coalesce(a.id, c.id) as "areaId", c.population from region c
    left join region a on a.region_set_id = c.region_set_id and a.code = c.parent
    where c.region_set_id = ${regionSetId} and c.code = ${code} and c.level = 'city'`)
  return city ? { level: 'city', code, name: city.name, cityId: city.id, areaId: city.areaId, parent: city.parent, population: city.population } : null
}

/** Whether a city lies in a unit, or the unit is one without a polygon, whose institutions lie in others' cities. */
export function isCityOf(city: Area | null, unit: Area | null): boolean {
  return city?.level === 'city' && unit?.level === 'unit' && (city.parent === unit.code || !unit.polygon)
}

/** Whether an area is a unit's own: itself, a city of its, or one in which it has institutions: of the Corps, whose institutions lie in cities of others, that alone says which are its own. */
export async function isOfUnit(db: Database, unit: string, area: Area): Promise<boolean> {
  if (area.level === 'unit') return area.code === unit
  return area.parent === unit || (await rowsOf(db, sql`select 1 from institution_version v join unit u on u.id = v.unit_id where u.code = ${unit} and v.city_id = ${area.cityId} and v.known_to is null limit 1`)).length > 0
}

/** The areas (provinces on the map) in which some units have institutions: their own, and for the Corps wherever they lie. */
export async function areasOfUnits(db: Database, unitIds: readonly number[]): Promise<number[]> {
  return (await rowsOf<{ area: number }>(db, sql`select distinct area_id as area from city_slot where unit_id = any(${arrayOf('int', unitIds)}) order by 1`)).map((row) => row.area)
}

/** The same, each unit's own. */
export async function areasByUnit(db: Database, unitIds: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await rowsOf<{ unit: number; areas: number[] }>(db, sql`select unit_id as unit, array_agg(distinct area_id order by area_id) as areas from city_slot where unit_id = any(${arrayOf('int', unitIds)}) group by 1`)
  return new Map(rows.map(({ unit, areas }) => [unit, areas]))
}
