import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { placesOf, type Place } from '../coverage/places.js'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'

/** A version of a region set's masters: it moves with every change of the institutions. */
export async function mastersVersion(db: Database, regionSetId: number): Promise<number> {
  const [row] = await rowsOf<{ version: number }>(db, sql`select masters_version as version from region_set where id = ${regionSetId}`)
  return row!.version
}

/** Every institution of a region set with its place, as the masters say now. */
export async function institutionPlaces(db: Database, regionSetId: number): Promise<{ code: string; place: Place }[]> {
  const places = await placesOf(db, regionSetId, null, null)
  const codes = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where region_set_id = ${regionSetId} order by id`)
  return codes.flatMap(({ id, code }) => (places.has(id) ? [{ code, place: places.get(id)! }] : []))
}

/** Which of some codes are institutions of a region set. */
export async function institutionsAmong(db: Database, regionSetId: number, codes: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ code: string }>(db, sql`select code from institution where region_set_id = ${regionSetId} and code = any(${textArray(codes)})`)
  return new Set(rows.map((row) => row.code))
}

/** Notes that institutions were known from an instant on, where a file of an earlier day is loaded after a later one. */
export async function knownSince(db: Database, regionSetId: number, codes: readonly string[], at: Instant): Promise<void> {
  await db.execute(sql`
    update institution_version v set known_from = ${at} from institution i
    where i.region_set_id = ${regionSetId} and i.code = any(${textArray(codes)}) and v.institution_id = i.id and v.known_from > ${at}
      and not exists (select 1 from institution_version o where o.institution_id = i.id and o.known_from < v.known_from)`)
}

/** Gives positions (WGS84) to institutions that have none yet. */
export async function fillPositions(db: Database, regionSetId: number, positions: readonly { code: string; lat: number; lng: number }[]): Promise<void> {
  if (positions.length === 0) return
  await db.execute(sql`
    update institution_version v set latitude = n.y, longitude = n.x, datum = 'WGS84'
    from unnest(${textArray(positions.map((one) => one.code))}, ${arrayOf('float8', positions.map((one) => one.lat))}, ${arrayOf('float8', positions.map((one) => one.lng))}) as n(code, y, x)
    join institution i on i.region_set_id = ${regionSetId} and i.code = n.code
    where v.institution_id = i.id and v.known_to is null and v.latitude is null`)
}

/** Where each region lies: its province, and its city where it is or lies in one. */
export interface RegionIndex {
  places: Map<string, { province: string; city: string | null }>
  units: Set<string>
}

/** The regions and units that a master's rows may name. */
export async function regionIndexOf(db: Database, regionSetId: number): Promise<RegionIndex> {
  const rows = await rowsOf<{ code: string; level: string; parent: string | null }>(db, sql`select code, level, parent from region where region_set_id = ${regionSetId}`)
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const places = new Map(rows.map((row) => {
    const city = row.level === 'city' ? row.code : row.level === 'county' ? row.parent : null
    const province = row.level === 'province' ? row.code : (byCode.get(city ?? '')?.parent ?? row.code)
    return [row.code, { province, city }]
  }))
  const units = await rowsOf<{ code: string }>(db, sql`select code from unit where region_set_id = ${regionSetId}`)
  return { places, units: new Set(units.map((unit) => unit.code)) }
}
