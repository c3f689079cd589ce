import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { coordinatorTables, distributedTables, distributeTables, referenceTables } from '@lastmile/db/citus'
import { rowsOf } from '@lastmile/db/database'
import { emptyDatabase } from '../support/home.js'

/* What a distributed PostgreSQL asks of the schema, held on one that is not. */

test('every table has its place when the nation outgrows one server', async () => {
  const db = await emptyDatabase()
  const tables = await rowsOf<{ name: string }>(db, sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
  expect([...distributedTables, ...referenceTables, ...coordinatorTables].sort()).toEqual(tables.map((table) => table.name).sort())
})

test('every key of what is spread by institution holds the institution', async () => {
  const db = await emptyDatabase()
  const keys = await rowsOf<{ table: string; key: string; columns: string[] }>(db, sql`
    select t.relname as table, i.relname as key, array(select a.attname::text from pg_attribute a where a.attrelid = x.indexrelid order by a.attnum) as columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where x.indisunique and t.relnamespace = 'public'::regnamespace order by 1, 2`)
  for (const table of distributedTables) {
    const own = keys.filter((key) => key.table === table)
    expect(own, table).not.toHaveLength(0)
    for (const { key, columns } of own) expect(columns, key).toContain('institution_id')
  }
})

test('what is copied to every node refers only to what was copied before it, and nothing refers to what is spread', async () => {
  const db = await emptyDatabase()
  const references = await rowsOf<{ from: string; to: string }>(db, sql`
    select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`)
  const place = new Map<string, number>(referenceTables.map((table, i) => [table, i]))
  for (const { from, to } of references) {
    expect(place.has(to), `${from} refers to ${to}`).toBe(true)
    if (place.has(from)) expect(place.get(to)!, `${from} refers to ${to}`).toBeLessThan(place.get(from)!)
  }
})

test('a PostgreSQL without the extension is left as it is', async () => {
  expect(await distributeTables(await emptyDatabase())).toEqual([])
})
