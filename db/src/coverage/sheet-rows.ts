import { sql } from 'drizzle-orm'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { width } from './counts.js'
import { timelineOf, type Timeline, type TimelineRow } from './timeline.js'

/** What is stored of units (by slot; 0: the whole) from the last row on or before a day on. */
export async function loadSheets(db: Database, listId: number, lens: number, wanted: readonly { unit: number; first: number }[], drugSlots: number): Promise<Map<number, Timeline>> {
  const rows = await rowsOf<{ unit: number; from: number; bytes: Uint8Array }>(db, sql`
    select c.unit_slot as unit, c.from_day as from, c.drugs as bytes
    from unnest(${arrayOf('int', wanted.map((one) => one.unit))}, ${arrayOf('int', wanted.map((one) => one.first))}) as p(u, first)
    join coverage_by_unit c on c.list_id = ${listId} and c.lens = ${lens} and c.unit_slot = p.u and c.from_day >= coalesce((
      select max(x.from_day) from coverage_by_unit x where x.list_id = ${listId} and x.lens = ${lens} and x.unit_slot = p.u and x.from_day <= p.first), p.first)
    order by c.unit_slot, c.from_day`)
  return new Map([...new Set(rows.map((row) => row.unit))].map((unit) => [unit, timelineOf(rows.filter((row) => row.unit === unit), drugSlots * width)!]))
}

/** Writes rows in the place of all that is stored of their unit from a day on. */
export async function replaceSheets(db: Database, listId: number, lens: number, { unit, from, rows }: { unit: number; from: number; rows: readonly TimelineRow[] }): Promise<void> {
  await db.execute(sql`delete from coverage_by_unit where list_id = ${listId} and lens = ${lens} and unit_slot = ${unit} and from_day >= ${from}`)
  await db.execute(sql`
    insert into coverage_by_unit (list_id, lens, unit_slot, from_day, drugs) select ${listId}::int, ${lens}::smallint, ${unit}::smallint, f, d
    from unnest(${arrayOf('int', rows.map((row) => row.from))}, ${bytesArray(rows.map((row) => row.parts[0]!))}) as n(f, d)`)
}
