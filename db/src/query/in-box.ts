import { sql, type SQL } from 'drizzle-orm'
import { halvesOf, type Box } from '@lastmile/shared/box'

/** Picks of an institution's versions `v` those with a position in a box, by the index on positions. */
export function inBox(box: Box): SQL {
  const halves = halvesOf(box).map(({ west, south, east, north }) => sql`point(v.longitude, v.latitude) <@ box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8))`)
  return sql`(${sql.join(halves, sql` or `)})`
}
