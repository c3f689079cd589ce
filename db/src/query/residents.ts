import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { onceAList } from './once-a-list.js'

/** Where residents of a unit live: people of a city at its middle. */
export interface CityResidents {
  population: number
  lat: number
  lng: number
}

/**
 * The cities of each unit with their residents, by the unit's code; units of which any city lacks a population or a middle,
 * and those without cities of their own, are left out. Empty where nobody is named who counted.
 */
export const residentsOf: (db: Database, list: ListRow) => Promise<ReadonlyMap<string, CityResidents[]>> = onceAList(read)

async function read(db: Database, list: ListRow): Promise<Map<string, CityResidents[]>> {
  const rows = await rowsOf<{ unit: string; population: number | null; lat: number | null; lng: number | null }>(db, sql`
    select u.code as unit, r.population, r.latitude as lat, r.longitude as lng
    from unit u join region r on r.region_set_id = u.region_set_id and r.parent = u.code and r.level = 'city' join region_set s on s.id = u.region_set_id
    where u.region_set_id = ${list.regionSetId} and u.polygon and s.population_source is not null order by r.code collate "C"`)
  const cities = new Map<string, CityResidents[]>()
  const unknown = new Set<string>()
  for (const { unit, population, lat, lng } of rows) {
    if (population === null || lat === null || lng === null) unknown.add(unit)
    else cities.set(unit, [...cities.get(unit) ?? [], { population, lat, lng }])
  }
  for (const unit of unknown) cities.delete(unit)
  return cities
}
