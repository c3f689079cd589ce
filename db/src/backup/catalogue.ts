import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { quoted, type TableShape } from '../session.js'

/** A counter that gives out ids, and where it stands. */
export interface Sequence {
  name: string
  value: string
  isCalled: boolean
}

/** Every table that holds data of the product, as the database itself describes them, by name. */
export async function tablesOf(db: Database): Promise<TableShape[]> {
  return rowsOf<TableShape>(db, sql`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
    group by c.relname order by c.relname collate "C"`)
}

/** Where every counter stands. Counters do not wait for transactions: read last, they are never behind the rows. */
export async function sequencesOf(db: Database): Promise<Sequence[]> {
  const names = await rowsOf<{ name: string }>(db, sql`select relname::text as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace order by relname collate "C"`)
  const sequences: Sequence[] = []
  for (const { name } of names) {
    const [at] = await rowsOf<{ value: string; isCalled: boolean }>(db, sql`select last_value::text as value, is_called as "isCalled" from ${sql.raw(quoted(name))}`)
    sequences.push({ name, ...at! })
  }
  return sequences
}

/** References between tables, as statements that take them away and put them back. */
export async function referencesOf(db: Database): Promise<{ drop: string; add: string }[]> {
  return rowsOf<{ drop: string; add: string }>(db, sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace order by conname collate "C"`)
}

/** Names of the tables that hold anything. */
export async function filledTables(db: Database, tables: readonly TableShape[]): Promise<string[]> {
  const filled: string[] = []
  for (const { name } of tables) {
    const [row] = await rowsOf<{ holdsRows: boolean }>(db, sql`select exists (select from ${sql.raw(quoted(name))}) as "holdsRows"`)
    if (row!.holdsRows) filled.push(name)
  }
  return filled
}
