import { sql } from 'drizzle-orm'
import type { Opening } from '@lastmile/shared/chain'
import type { Instant } from '@lastmile/shared/day'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { Institutions } from './institutions.js'

/** Where an institution counts, and when it is open: what spans and cells need of it, and nothing else. */
export interface Place {
  institution: number
  kind: number
  /** Null where nobody says in which unit it lies: then it counts in the whole and in no unit. */
  unit: number | null
  unitSlot: number | null
  unitCode: string | null
  /** Null where the master does not say in which city it lies: then it counts in no city. */
  city: number | null
  cityCode: string | null
  area: number | null
  areaCode: string | null
  /** First day on which it is open, and first on which it is not (days since 1970-01-01); null where nobody says. */
  opened: number | null
  closed: number | null
}

/** When institutions of a region set are open, as the masters say now: all that a look-up of what is maintained needs of them. */
export async function openingsOf(db: Database, regionSetId: number, institutions: readonly number[]): Promise<Map<number, Opening>> {
  const rows = await rowsOf<Opening & { institution: number }>(db, sql`
    select v.institution_id as institution, ${openingColumns} from institution_version v join institution i on i.id = v.institution_id
    where i.region_set_id = ${regionSetId} and ${versionKnown(null)} and v.institution_id = any(${arrayOf('int', institutions)})`)
  return new Map(rows.map((row) => [row.institution, row]))
}

/** The columns of an {@link Opening}, of a version `v`. */
export const openingColumns = sql`v.opened_on - date '1970-01-01' as opened, v.closed_on - date '1970-01-01' as closed`

/**
 * Places by institution id, as the masters say now, or as they said at an instant.
 * `institutions` null asks for all of a region set.
 */
export async function placesOf(db: Database, regionSetId: number, institutions: Institutions | null, knownOn: Instant | null): Promise<Map<number, Place>> {
  const some = institutions === null ? sql`true` : 'first' in institutions ? sql`v.institution_id between ${institutions.first} and ${institutions.last}` : sql`v.institution_id = any(${arrayOf('int', institutions)})`
  const rows = await rowsOf<Place>(db, sql`
    select v.institution_id as institution, v.kind, v.unit_id as unit, u.slot as "unitSlot", u.code as "unitCode",
           v.city_id as city, c.code as "cityCode", a.id as area, a.code as "areaCode",
           ${openingColumns}
    from institution_version v
    join institution i on i.id = v.institution_id
    left join unit u on u.id = v.unit_id
    left join region c on c.id = v.city_id
    left join region a on a.region_set_id = c.region_set_id and a.code = coalesce(c.parent, c.code) and a.level = 'province'
    where i.region_set_id = ${regionSetId} and ${versionKnown(knownOn)} and ${some}`)
  return new Map(rows.map((row) => [row.institution, row]))
}

/** True if an institution counts in the same cells and is open on the same days. */
export function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && a.unit === b.unit && a.city === b.city && a.opened === b.opened && a.closed === b.closed
}
