import { sql } from 'drizzle-orm'
import type { RegionSetFile } from '@lastmile/shared/region'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { regionSet, unit } from '../schema/region.js'

/** Loads a region set, or brings it up to date: nothing is removed, slots never move. Answers its id. */
export async function loadRegions(db: Database, file: RegionSetFile): Promise<number> {
  const values = {
    code: file.code, name: file.name, timeZone: file.timeZone, thresholds: file.regionThresholds, geometrySource: file.geometrySource,
    populationSource: file.populationSource ?? null, outOfScope: file.outOfScope,
  }
  const [set] = await db.insert(regionSet).values(values).onConflictDoUpdate({ target: regionSet.code, set: values }).returning({ id: regionSet.id })
  const setId = set!.id
  const known = new Map((await rowsOf<{ code: string; slot: number }>(db, sql`select code, slot from unit where region_set_id = ${setId}`)).map((row) => [row.code, row.slot]))
  let next = 1 + Math.max(0, ...known.values())
  for (const one of file.units) {
    const { code, name, fullName, polygon } = one
    await db.insert(unit).values({ regionSetId: setId, code, name, fullName, polygon, slot: known.get(code) ?? next++ })
      .onConflictDoUpdate({ target: [unit.regionSetId, unit.code], set: { name, fullName, polygon } })
  }
  for (let at = 0; at < file.regions.length; at += 2_000) await saveRegions(db, setId, file.regions.slice(at, at + 2_000))
  return setId
}

/** Adds regions to a set or brings them up to date. */
export async function saveRegions(db: Database, setId: number, regions: RegionSetFile['regions']): Promise<void> {
  await db.execute(sql`
    insert into region (region_set_id, code, level, parent, name, population, latitude, longitude)
    select ${setId}::int, c, l, p, n::jsonb, o, y, x from unnest(
      ${textArray(regions.map((row) => row.code))}, ${textArray(regions.map((row) => row.level))}, ${textArray(regions.map((row) => row.parent))},
      ${textArray(regions.map((row) => JSON.stringify(row.name)))}, ${arrayOf('int', regions.map((row) => row.population ?? null))},
      ${arrayOf('float8', regions.map((row) => row.centroid?.[0] ?? null))}, ${arrayOf('float8', regions.map((row) => row.centroid?.[1] ?? null))}) as r(c, l, p, n, o, y, x)
    on conflict (region_set_id, code) do update set level = excluded.level, parent = excluded.parent, name = excluded.name,
      population = excluded.population, latitude = excluded.latitude, longitude = excluded.longitude`)
}
