import { sql, type SQL } from 'drizzle-orm'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { packedRowsOf } from '../packed-rows.js'
import { width } from './counts.js'
import { timelineOf, type StoredRow, type Timeline } from './timeline.js'

/** The tables that hold timelines: which columns, beside list and lens, say whose a row is. */
const families = {
  /** All drugs of a unit, or of the whole: a sheet. */
  unit: { table: 'coverage_by_unit', key: ['unit_slot'] },
  /** A drug (0: any) in a unit, or in the whole. */
  drug: { table: 'coverage_by_drug', key: ['drug_id', 'unit_slot'] },
  /** A drug in the cities of an area. */
  city: { table: 'coverage_by_city', key: ['drug_id', 'area_id'] },
} as const
export type Family = keyof typeof families

/** Whose timeline: the values of its family's key. */
export type Key = readonly number[]

function columnsOf(family: Family): { table: SQL; key: SQL[] } {
  return { table: sql.raw(families[family].table), key: families[family].key.map((column) => sql.raw(column)) }
}

function and(conditions: readonly SQL[]): SQL {
  return sql.join([...conditions], sql` and `)
}

/** A key as one text. */
export function keyText(key: Key): string {
  return key.join('/')
}

/** What is stored from the last row on or before a day on, by `keyText`: all that changes from that day on touch. */
export async function touchedRows(db: Database, family: Family, listId: number, lens: number, wanted: readonly { key: Key; first: number }[]): Promise<Map<string, StoredRow[]>> {
  const { table, key } = columnsOf(family)
  const arrays = key.map((_, i) => arrayOf('int', wanted.map((one) => one.key[i]!)))
  const names = key.map((_, i) => sql.raw(`k${i}`))
  const own = (alias: string) => and([sql`${sql.raw(alias)}.list_id = ${listId}`, sql`${sql.raw(alias)}.lens = ${lens}`, ...key.map((column, i) => sql`${sql.raw(alias)}.${column} = p.${names[i]!}`)])
  const rows = await rowsOf<StoredRow & { key: number[] }>(db, sql`
    select array[${sql.join(key.map((column) => sql`c.${column}::int`), sql`, `)}] as key, c.from_day as from, c.counts as bytes
    from unnest(${sql.join([...arrays, arrayOf('int', wanted.map((one) => one.first))], sql`, `)}) as p(${sql.join([...names, sql`first`], sql`, `)})
    join ${table} c on ${own('c')} and c.from_day >= coalesce((select max(x.from_day) from ${table} x where ${own('x')} and x.from_day <= p.first), p.first)
    order by ${sql.join(key.map((column) => sql`c.${column}`), sql`, `)}, c.from_day`)
  return grouped(rows)
}

/** All that is stored of a drug, by the other value of its key: units or areas. */
export async function allRows(db: Database, family: 'drug' | 'city', listId: number, lens: number, drug: number): Promise<Map<number, StoredRow[]>> {
  const { table, key } = columnsOf(family)
  const rows = await rowsOf<StoredRow & { place: number }>(db, sql`
    select ${key[1]!}::int as place, from_day as from, counts as bytes from ${table} where list_id = ${listId} and lens = ${lens} and ${key[0]!} = ${drug} order by 1, from_day`)
  return new Map([...new Set(rows.map((row) => row.place))].map((place) => [place, rows.filter((row) => row.place === place)]))
}

function grouped(rows: readonly (StoredRow & { key: number[] })[]): Map<string, StoredRow[]> {
  const byKey = new Map<string, StoredRow[]>()
  for (const { key, from, bytes } of rows) {
    const own = byKey.get(keyText(key))
    if (own) own.push({ from, bytes })
    else byKey.set(keyText(key), [{ from, bytes }])
  }
  return byKey
}

/** Writes rows in the place of all that is stored of their keys from a day on. */
export async function replaceRows(db: Database, family: Family, listId: number, lens: number, all: readonly { key: Key; from: number; rows: readonly StoredRow[] }[]): Promise<void> {
  if (all.length === 0) return
  const { table, key } = columnsOf(family)
  const names = key.map((_, i) => sql.raw(`k${i}`))
  await db.execute(sql`
    delete from ${table} c using unnest(${sql.join([...key.map((_, i) => arrayOf('int', all.map((one) => one.key[i]!))), arrayOf('int', all.map((one) => one.from))], sql`, `)})
      as g(${sql.join([...names, sql`f`], sql`, `)})
    where c.list_id = ${listId} and c.lens = ${lens} and ${and(key.map((column, i) => sql`c.${column} = g.${names[i]!}`))} and c.from_day >= g.f`)
  const rows = all.flatMap(({ key: own, rows: stored }) => stored.map(({ from, bytes }) => ({ own, from, bytes })))
  for (let at = 0; at < rows.length; at += 5_000) {
    const some = rows.slice(at, at + 5_000)
    await db.execute(sql`
      insert into ${table} (list_id, lens, ${sql.join(key, sql`, `)}, from_day, counts)
      select ${listId}::int, ${lens}::smallint, ${sql.join([...names, sql`f`, sql`b`], sql`, `)}
      from unnest(${sql.join([...key.map((_, i) => arrayOf('int', some.map((row) => row.own[i]!))), arrayOf('int', some.map((row) => row.from)), bytesArray(some.map((row) => row.bytes))], sql`, `)})
        as n(${sql.join([...names, sql`f`, sql`b`], sql`, `)})`)
  }
}

/** The timeline of a key from the row that answers for `from` until `to` (days since 1970-01-01), of so many slots. Null where nothing was ever counted. */
export async function readTimeline(db: Database, family: Family, listId: number, lens: number, key: Key, { from, to, slots }: { from: number; to: number; slots: number }): Promise<Timeline | null> {
  const { table, key: columns } = columnsOf(family)
  const rows = sql`select from_day as from, counts as bytes from ${table} where list_id = ${listId} and lens = ${lens} and ${and(columns.map((column, i) => sql`${column} = ${key[i]!}`))}`
  const found = await packedRowsOf<StoredRow>(db, sql`
    (${rows} and from_day <= ${from} order by from_day desc limit 1) union all (${rows} and from_day > ${from} and from_day <= ${to} order by from_day)`, { from: 'int', bytes: 'bytes' })
  return timelineOf(found.sort((a, b) => a.from - b.from), slots * width)
}

/** A row of a key on a day: `key` is where it stands among those asked for. */
export interface RowOn extends StoredRow {
  key: number
}

/** Of each key, a lens before it, the row that answers for a day; keys of which nothing was counted by then are left out. One statement, whatever is asked for. */
export async function rowsOn(db: Database, family: Family, listId: number, keys: readonly (readonly [lens: number, ...Key])[], day: number): Promise<RowOn[]> {
  if (keys.length === 0) return []
  const { table, key: own } = columnsOf(family)
  const key = [sql.raw('lens'), ...own]
  const names = key.map((_, i) => sql.raw(`k${i}`))
  return packedRowsOf<RowOn>(db, sql`
    select (k.i - 1)::int as key, c.from_day as from, c.counts as bytes
    from unnest(${sql.join(key.map((_, i) => arrayOf('int', keys.map((one) => one[i]!))), sql`, `)}) with ordinality as k(${sql.join([...names, sql`i`], sql`, `)})
    cross join lateral (select from_day, counts from ${table}
      where list_id = ${listId} and ${and(key.map((column, i) => sql`${column} = k.${names[i]!}`))} and from_day <= ${day} order by from_day desc limit 1) c`, { key: 'int', from: 'int', bytes: 'bytes' })
}

/** Of each key, a lens before it, the rows that answer for the days from one to another, in the order of days; keys of which nothing was counted by then are left out. One statement, whatever is asked for. */
export async function rowsSpanning(db: Database, family: Family, listId: number, keys: readonly (readonly [lens: number, ...Key])[], { from, to }: { from: number; to: number }): Promise<Map<number, StoredRow[]>> {
  if (keys.length === 0) return new Map()
  const { table, key: own } = columnsOf(family)
  const key = [sql.raw('lens'), ...own]
  const names = key.map((_, i) => sql.raw(`k${i}`))
  const isKey = (alias: string) => and([sql`${sql.raw(alias)}.list_id = ${listId}`, ...key.map((column, i) => sql`${sql.raw(alias)}.${column} = k.${names[i]!}`)])
  const rows = await packedRowsOf<RowOn>(db, sql`
    select (k.i - 1)::int as key, c.from_day as from, c.counts as bytes
    from unnest(${sql.join(key.map((_, i) => arrayOf('int', keys.map((one) => one[i]!))), sql`, `)}) with ordinality as k(${sql.join([...names, sql`i`], sql`, `)})
    cross join lateral (select from_day, counts from ${table} c where ${isKey('c')} and from_day <= ${to}
      and from_day >= coalesce((select max(x.from_day) from ${table} x where ${isKey('x')} and x.from_day <= ${from}), ${from}) order by from_day) c`, { key: 'int', from: 'int', bytes: 'bytes' })
  const byKey = new Map<number, StoredRow[]>()
  for (const { key: at, from: first, bytes } of rows) {
    const stored = byKey.get(at)
    if (stored) stored.push({ from: first, bytes })
    else byKey.set(at, [{ from: first, bytes }])
  }
  return byKey
}
