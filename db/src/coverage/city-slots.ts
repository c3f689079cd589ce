import { sql } from 'drizzle-orm'
import { arrayOf, rowsOf, type Database } from '../database.js'
import type { Place } from './places.js'

/** A slot of `coverage_by_city`. */
export interface CitySlot {
  area: number
  slot: number
  city: number
  unit: number
}

/** The slots of areas, in order. */
export async function citySlotsOf(db: Database, areas: readonly number[]): Promise<Map<number, CitySlot[]>> {
  const rows = await rowsOf<CitySlot>(db, sql`
    select area_id as area, slot, city_id as city, unit_id as unit from city_slot
    where area_id = any(${arrayOf('int', areas)}) order by area_id, slot`)
  const result = new Map<number, CitySlot[]>(areas.map((area) => [area, []]))
  for (const row of rows) result.get(row.area)!.push(row)
  return result
}

/** The areas of a region set in whose cities there are institutions. */
export async function areasWithCities(db: Database, regionSetId: number): Promise<number[]> {
  return (await rowsOf<{ id: number }>(db, sql`select distinct s.area_id as id from city_slot s join region r on r.id = s.area_id where r.region_set_id = ${regionSetId} order by 1`)).map((row) => row.id)
}

/** The slots of the areas of some places, with new ones given out to (city, unit) pairs that have none yet. */
export async function ensureCitySlots(db: Database, places: Iterable<Pick<Place, 'city' | 'area' | 'unit'>>): Promise<Map<number, CitySlot[]>> {
  const { slots, fresh } = await citySlotsFor(db, places)
  if (fresh.length > 0) {
    await db.execute(sql`insert into city_slot (area_id, slot, city_id, unit_id) select * from unnest(
      ${arrayOf('int', fresh.map((one) => one.area))}, ${arrayOf('smallint', fresh.map((one) => one.slot))},
      ${arrayOf('int', fresh.map((one) => one.city))}, ${arrayOf('int', fresh.map((one) => one.unit))})`)
  }
  return slots
}

/** The same without giving them out: the slots as they would be, and which of them are new. Reads only. */
export async function citySlotsFor(db: Database, places: Iterable<Pick<Place, 'city' | 'area' | 'unit'>>): Promise<{ slots: Map<number, CitySlot[]>; fresh: CitySlot[] }> {
  const wanted = new Map<string, { area: number; city: number; unit: number }>()
  for (const place of places) {
    if (place.city !== null && place.area !== null && place.unit !== null) wanted.set(slotKey(place.city, place.unit), { area: place.area, city: place.city, unit: place.unit })
  }
  const slots = await citySlotsOf(db, [...new Set([...wanted.values()].map((one) => one.area))])
  const known = new Set([...slots.values()].flat().map((one) => slotKey(one.city, one.unit)))
  const fresh: CitySlot[] = []
  for (const [key, { area, city, unit }] of wanted) {
    if (known.has(key)) continue
    const own = slots.get(area)!
    const added = { area, slot: own.length, city, unit }
    own.push(added)
    fresh.push(added)
  }
  return { slots, fresh }
}

/** Takes all slots of a region set back, where its cities may lie in other areas now: counts of all its lists are made anew after that. */
export async function forgetCitySlots(db: Database, regionSetId: number): Promise<void> {
  await db.execute(sql`delete from city_slot where city_id in (select id from region where region_set_id = ${regionSetId})`)
}

export function slotKey(city: number, unit: number): string {
  return `${city}/${unit}`
}
