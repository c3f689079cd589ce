import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { width } from './counts.js'
import { timelineOf, type PackedCells, type Timeline } from './timeline.js'

/** Of which drug (0: any), through which lens. */
export interface Subject {
  listId: number
  lens: number
  drug: number
}

/** The counts of the whole from the row that answers for `from` until `to` (days since 1970-01-01). Null where nothing was ever counted. */
export async function wholeTimeline(db: Database, { listId, lens, drug }: Subject, from: number, to: number): Promise<Timeline | null> {
  return read(db, sql`select from_day as from, whole as near, whole_ahead as ahead from coverage_by_unit where list_id = ${listId} and lens = ${lens} and drug_id = ${drug}`, from, to, 1)
}

/** The same of every unit. */
export async function unitsTimeline(db: Database, { listId, lens, drug }: Subject, from: number, to: number, slots: number): Promise<Timeline | null> {
  return read(db, sql`select from_day as from, units as near, units_ahead as ahead from coverage_by_unit where list_id = ${listId} and lens = ${lens} and drug_id = ${drug}`, from, to, slots)
}

/** The same of the cities of an area. */
export async function citiesTimeline(db: Database, { listId, lens, drug }: Subject, area: number, from: number, to: number, slots: number): Promise<Timeline | null> {
  return read(db, sql`select from_day as from, cities as near, cities_ahead as ahead from coverage_by_city where list_id = ${listId} and lens = ${lens} and drug_id = ${drug} and area_id = ${area}`, from, to, slots)
}

async function read(db: Database, rows: ReturnType<typeof sql>, from: number, to: number, slots: number): Promise<Timeline | null> {
  const found = await rowsOf<{ from: number } & PackedCells>(db, sql`
    (${rows} and from_day <= ${from} order by from_day desc limit 1) union all (${rows} and from_day > ${from} and from_day <= ${to} order by from_day)`)
  const timeline = timelineOf(found.sort((a, b) => a.from - b.from).map(({ from: day, near, ahead }) => ({ from: day, parts: [{ near, ahead }] })), slots * width)
  return timeline && { ...timeline, days: timeline.days.filter((one) => one.day <= to) }
}
