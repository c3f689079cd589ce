import { sql } from 'drizzle-orm'
import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { width } from './counts.js'
import type { PlaceSlots } from './place-slots.js'
import type { Tallies } from './tally.js'

/*
 * A report says of days to come too when what it states will stop to count. Days far ahead wait as the report made them,
 * a row for some days, and join the timelines when they come near: else every report would write a whole future again.
 */

/** Days whose changes come near together. */
const bucketDays = 8
/** Days behind the latest event that are in the timelines at least: the first question of a new day need not bring them in. */
const nearDays = 7

const writer = new ByteWriter(1 << 16)
const reader = new ByteReader()

/** The last day that is near where the latest event is of a day: the end of a bucket. */
export function nearUntil(latest: number): number {
  return (Math.floor((latest + nearDays) / bucketDays) + 1) * bucketDays - 1
}

/** Changes under one lens that will wait, gathered by bucket and place. */
export class AheadChanges {
  /** By bucket, by number of place: drug, day, counter and count, one after the other. */
  readonly #buckets = new Map<number, Map<number, number[]>>()

  add(place: number, drug: number, day: number, counter: number, n: number): void {
    const bucket = Math.floor(day / bucketDays)
    let byPlace = this.#buckets.get(bucket)
    if (!byPlace) this.#buckets.set(bucket, (byPlace = new Map()))
    let own = byPlace.get(place)
    if (!own) byPlace.set(place, (own = []))
    own.push(drug, day - bucket * bucketDays, counter, n)
  }

  /** A packed row a bucket: places in full, so that it can be read without knowing which report numbered them how. */
  packed(places: PlaceSlots): { bucket: number; changes: Uint8Array }[] {
    return [...this.#buckets].sort(([a], [b]) => a - b).map(([bucket, byPlace]) => {
      for (const [place, own] of byPlace) {
        const { unit, unitSlot, area, city } = places.slots[place]!
        for (const one of [unit, unitSlot, area, city]) writer.varint(one === null ? 0 : one + 1)
        writer.varint(own.length / 4)
        for (let at = 0; at < own.length; at += 4) {
          writer.varint(own[at]!)
          writer.byte(own[at + 1]!)
          writer.byte(own[at + 2]!)
          writer.signed(own[at + 3]!)
        }
      }
      return { bucket, changes: writer.take() }
    })
  }
}

/** Lets changes wait until their days come near. */
export async function putAhead(db: Database, listId: number, lens: number, run: number, ahead: AheadChanges, places: PlaceSlots): Promise<void> {
  const rows = ahead.packed(places)
  if (rows.length === 0) return
  await db.execute(sql`
    insert into coverage_ahead (list_id, lens, bucket, run, changes) select ${listId}::int, ${lens}::smallint, b, ${run}::int, c
    from unnest(${arrayOf('int', rows.map((row) => row.bucket))}, ${bytesArray(rows.map((row) => row.changes))}) as n(b, c)`)
}

/** Takes the changes of a list whose days have come near, up to a day, out of waiting, and adds them to others. */
export async function takeAhead(db: Database, listId: number, until: number, tallies: Tallies, places: PlaceSlots): Promise<void> {
  const rows = await rowsOf<{ lens: number; bucket: number; changes: Uint8Array }>(db, sql`
    delete from coverage_ahead where list_id = ${listId} and bucket <= ${Math.floor(until / bucketDays)} returning lens, bucket, changes`)
  for (const { lens, bucket, changes } of rows) addBucket(tallies, lens, bucket, changes, places)
}

/** All changes of a list that wait are added to others. Reads only. */
export async function addWaiting(db: Database, listId: number, tallies: Tallies, places: PlaceSlots): Promise<void> {
  const rows = await rowsOf<{ lens: number; bucket: number; changes: Uint8Array }>(db, sql`select lens, bucket, changes from coverage_ahead where list_id = ${listId}`)
  for (const { lens, bucket, changes } of rows) addBucket(tallies, lens, bucket, changes, places)
}

function addBucket(tallies: Tallies, lens: number, bucket: number, changes: Uint8Array, places: PlaceSlots): void {
  const orNull = (value: number) => (value === 0 ? null : value - 1)
  reader.open(changes)
  while (!reader.done) {
    const [unit, unitSlot, area, city] = [orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint())]
    const base = places.numberOf({ unit, unitSlot, area, city }) * width
    for (let left = reader.varint(); left > 0; left--) {
      const tally = tallies.of(lens, reader.varint())
      const day = bucket * bucketDays + reader.byte()
      const cell = base + reader.byte()
      tally.add(day, cell, reader.signed())
    }
  }
}
