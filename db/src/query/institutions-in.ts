import { sql, type SQL } from 'drizzle-orm'
import type { Box } from '@lastmile/shared/box'
import type { Instant } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import { institutionsNaming } from '../coverage/named.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { inBox } from './in-box.js'
import type { ListRow } from './lists.js'
import { versionKnown } from './version-known.js'

/** Which institutions of a list's region set. */
export interface InstitutionLimits {
  /** Those of any of these. */
  areas: readonly Area[] | null
  kind: Kind | null
  /** Those with a position in it. */
  box?: Box | null
  /** Those with a position, or without one. */
  placed?: boolean | null
  /** Exactly this code. */
  code?: string | null
  /** Part of the name or of the code, without regard to case. */
  search?: string | null
}

/** Conditions on an institution `i` and its version `v`. */
export function institutionConditions(list: ListRow, limits: InstitutionLimits): SQL {
  const parts: SQL[] = [sql`i.region_set_id = ${list.regionSetId}`]
  if (limits.areas) parts.push(inAreas(limits.areas))
  if (limits.box) parts.push(inBox(limits.box))
  if (typeof limits.placed === 'boolean') parts.push(limits.placed ? sql`v.latitude is not null` : sql`v.latitude is null`)
  if (limits.kind) parts.push(sql`v.kind = ${kindCodes.code(limits.kind)}`)
  if (limits.code) parts.push(sql`i.code = ${limits.code}`)
  if (limits.search) {
    const pattern = `%${limits.search.replace(/[\\%_]/g, '\\$&')}%`
    parts.push(sql`(v.name ilike ${pattern} or i.code ilike ${pattern})`)
  }
  return sql.join(parts, sql` and `)
}

/** That the version `v` of an institution lies in any of some areas. */
export function inAreas(areas: readonly Area[]): SQL {
  return sql`(${sql.join(areas.map((area) => (area.level === 'unit' ? sql`v.unit_id = ${area.unitId}` : sql`v.city_id = ${area.cityId}`)), sql` or `)})`
}

/** Ids of the institutions within limits, as the masters said at the instant asked for, by unit and code. `among` limits them to some. */
export async function institutionsIn(db: Database, list: ListRow, limits: InstitutionLimits, knownOn: Instant | null, among: readonly number[] | null = null): Promise<number[]> {
  const some = among === null ? sql`true` : sql`i.id = any(${arrayOf('int', among)})`
  const rows = await rowsOf<{ id: number }>(db, sql`
    select i.id from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(knownOn)}
    left join unit u on u.id = v.unit_id where ${institutionConditions(list, limits)} and ${some} order by u.slot, i.code`)
  return rows.map((row) => row.id)
}

/** The same of those of which anything was ever said: of a drug, or (null) of any drug of the list. */
export async function institutionsSaidOf(db: Database, list: ListRow, limits: InstitutionLimits, knownOn: Instant | null, drug: number | null): Promise<number[]> {
  const drugs = drug === null ? (await rowsOf<{ id: number }>(db, sql`select id from drug where list_id = ${list.id}`)).map((row) => row.id) : [drug]
  return institutionsIn(db, list, limits, knownOn, await institutionsNaming(db, drugs))
}
