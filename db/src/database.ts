import { sql, type SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema/schema.js'

/** The database, whichever home it has (embedded PGlite or a PostgreSQL server), or a transaction of it. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** Rows of a hand-written statement. The caller names the shape; cast dates to text in the statement. */
export async function rowsOf<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement)) as unknown as { rows: Row[] }
  return result.rows
}

/** An array parameter as one text literal with a cast: one parameter however many members, the same for both drivers. */
export function arrayOf(type: 'int' | 'smallint' | 'date' | 'float8' | 'numeric', values: readonly (number | string | null)[]): SQL {
  return sql`${`{${values.map((value) => (value === null ? 'NULL' : value)).join(',')}}`}::${sql.raw(type)}[]`
}

/**
 * A `bytea[]` parameter: all values as one, cut apart in the database. One value travels as it is, where the text of an
 * array would be written and read a digit at a time.
 */
export function bytesArray(values: readonly Uint8Array[]): SQL {
  let at = 1
  const starts = values.map((value) => (at += value.length) - value.length)
  return sql`(select coalesce(array_agg(substring(${Buffer.concat(values)}::bytea from s for n) order by i), '{}')
    from unnest(${arrayOf('int', starts)}, ${arrayOf('int', values.map((value) => value.length))}) with ordinality as part(s, n, i))`
}

/** A `text[]` parameter. */
export function textArray(values: readonly (string | null)[]): SQL {
  const literal = values.map((value) => (value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`))
  return sql`${`{${literal.join(',')}}`}::text[]`
}
