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

/** A `bytea[]` parameter. */
export function bytesArray(values: readonly Uint8Array[]): SQL {
  const literal = values.map((value) => `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`)
  return sql`${`{${literal.join(',')}}`}::bytea[]`
}

/** A `text[]` parameter. */
export function textArray(values: readonly (string | null)[]): SQL {
  const literal = values.map((value) => (value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`))
  return sql`${`{${literal.join(',')}}`}::text[]`
}
