import { sql } from 'drizzle-orm'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { packedRowsOf } from '../packed-rows.js'
import { packPast, unpackPast, type PastSpan } from './past.js'
import { packFiled, packShelf, unpackFiled, unpackShelf, type FiledDays, type ShelfPair } from './shelf.js'

/** All that is maintained of one institution for a list. */
export interface Holding {
  institution: number
  /** In the order of drugs. */
  pairs: ShelfPair[]
  filed: FiledDays
  /** Past spans, as far as they were asked for. */
  past: PastSpan[]
}

const nothing: FiledDays = new Map()

/** An institution of which nothing is known yet. */
export function emptyHolding(institution: number): Holding {
  return { institution, pairs: [], filed: nothing, past: [] }
}

/** What is maintained of some institutions, with the past spans that reach into the days asked for; those of which nothing is stored are left out. */
export async function loadHoldings(db: Database, listId: number, institutions: readonly number[], past: { from: number; to: number } | null): Promise<Map<number, Holding>> {
  const holdings = new Map((await shelvesOf(db, listId, institutions)).map((row) => [row.institution, holdingOf(row, null)]))
  if (past !== null) await addPastOf(db, listId, [...holdings.values()], past)
  return holdings
}

/** What is maintained of some institutions, for looking at one day (of one drug, or of all): past spans are looked up where that day is past. */
export async function loadHoldingsOn(db: Database, listId: number, institutions: readonly number[], day: number, drug: number | null): Promise<Map<number, Holding>> {
  return holdingsOn(db, listId, await shelvesOf(db, listId, institutions), day, drug)
}

/** A shelf as it is stored. */
export interface ShelfRow {
  institution: number
  pairs: Uint8Array
  eligible: Uint8Array
}

/** The same from shelves that were read already. */
export async function holdingsOn(db: Database, listId: number, shelves: readonly ShelfRow[], day: number, drug: number | null): Promise<Map<number, Holding>> {
  const holdings = new Map(shelves.map((row) => [row.institution, holdingOf(row, drug)]))
  await addPastOf(db, listId, [...holdings.values()].filter(({ pairs }) => pairs.some((pair) => reachesPast(pair, day))), { from: day, to: day + 1 })
  return holdings
}

function shelvesOf(db: Database, listId: number, institutions: readonly number[]): Promise<ShelfRow[]> {
  return packedRowsOf<ShelfRow>(db, sql`select institution_id as institution, pairs, eligible from shelf where institution_id = any(${arrayOf('int', institutions)}) and list_id = ${listId}`,
    { institution: 'int', pairs: 'bytes', eligible: 'bytes' })
}

function holdingOf({ institution, pairs, eligible }: ShelfRow, drug: number | null): Holding {
  return { institution, pairs: unpackShelf(pairs, drug), filed: eligible.length === 0 ? nothing : unpackFiled(eligible), past: [] }
}

/** Whether what holds of a pair on a day is past: then its spans of that day have to be looked up. */
export function reachesPast({ declared, confirmed }: ShelfPair, day: number): boolean {
  return (declared !== null && declared.from > day) || (confirmed !== null && confirmed.from > day)
}

/** Adds to holdings the past spans that reach into the days asked for. */
export async function addPastOf(db: Database, listId: number, holdings: readonly Holding[], { from, to }: { from: number; to: number }): Promise<void> {
  if (holdings.length === 0) return
  const byInstitution = new Map(holdings.map((one) => [one.institution, one]))
  const rows = await rowsOf<{ institution: number; spans: Uint8Array }>(db, sql`
    select institution_id as institution, spans from past_spans where institution_id = any(${arrayOf('int', [...byInstitution.keys()])}) and list_id = ${listId}
      and to_day > ${from} and from_day < ${to}`)
  for (const { institution, spans } of rows) byInstitution.get(institution)!.past.push(...unpackPast(spans))
}

/** Writes what is now known of the pairs of institutions; who is eligible stays as it is. */
export async function saveShelves(db: Database, listId: number, shelves: readonly { institution: number; pairs: readonly ShelfPair[] }[]): Promise<void> {
  if (shelves.length === 0) return
  await db.execute(sql`
    insert into shelf (institution_id, list_id, pairs, eligible) select i, ${listId}::int, p, ''::bytea
    from unnest(${arrayOf('int', shelves.map((one) => one.institution))}, ${bytesArray(shelves.map((one) => packShelf(one.pairs)))}) as n(i, p)
    on conflict (institution_id, list_id) do update set pairs = excluded.pairs`)
}

/** Writes on which days files name institutions; what is known of their pairs stays as it is. */
export async function saveFiled(db: Database, listId: number, filed: ReadonlyMap<number, FiledDays>): Promise<void> {
  const all = [...filed]
  for (let at = 0; at < all.length; at += 10_000) {
    const some = all.slice(at, at + 10_000)
    await db.execute(sql`
      insert into shelf (institution_id, list_id, pairs, eligible) select i, ${listId}::int, (${bytesArray([packShelf([])])})[1], e
      from unnest(${arrayOf('int', some.map(([institution]) => institution))}, ${bytesArray(some.map(([, days]) => packFiled(days)))}) as n(i, e)
      on conflict (institution_id, list_id) do update set eligible = excluded.eligible`)
  }
}

/** Adds spans that are past from now on, under the report that ended them. */
export async function addPast(db: Database, listId: number, report: number, ended: readonly { institution: number; spans: readonly PastSpan[] }[]): Promise<void> {
  const rows = ended.filter((one) => one.spans.length > 0)
  if (rows.length === 0) return
  await db.execute(sql`
    insert into past_spans (institution_id, list_id, report_id, from_day, to_day, spans)
    select i, ${listId}::int, ${report}::int, f, t, s from unnest(${arrayOf('int', rows.map((one) => one.institution))},
      ${arrayOf('int', rows.map((one) => one.spans.reduce((first, span) => Math.min(first, span.from), Infinity)))},
      ${arrayOf('int', rows.map((one) => one.spans.reduce((last, span) => Math.max(last, span.to), -Infinity)))},
      ${bytesArray(rows.map((one) => packPast(one.spans)))}) as n(i, f, t, s)`)
}

/** Forgets the past spans of institutions: they are about to be written anew. */
export async function forgetPast(db: Database, listId: number, institutions: readonly number[]): Promise<void> {
  await db.execute(sql`delete from past_spans where institution_id = any(${arrayOf('int', institutions)}) and list_id = ${listId}`)
}
