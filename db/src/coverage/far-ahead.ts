import { sql } from 'drizzle-orm'
import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
import { width } from './counts.js'
import type { PlaceSlots } from './place-slots.js'
import { Tallies, type Tally } from './tally.js'

/*
 * A report says of days to come too when what it states will stop to count. Days far ahead wait as the report made them,
 * a small row a drug and month, and join the timelines when they come near: else every report would write the whole
 * future of a drug again.
 */

const bucketDays = 32
/** Days behind the latest event that are in the timelines at least. */
const nearDays = 31

const writer = new ByteWriter(1 << 12)
const reader = new ByteReader()

/** The last day that is near where the latest event is of a day: the end of a bucket. */
export function nearUntil(latest: number): number {
  return (Math.floor((latest + nearDays) / bucketDays) + 1) * bucketDays - 1
}

/** Parts changes into those up to a day and those behind it. */
export function partAt(tally: Tally, until: number): { near: Tally; far: Tally } {
  const [near, far] = [new Tallies().of(0, 0), new Tallies().of(0, 0)]
  tally.each((day, cell, n) => (day <= until ? near : far).add(day, cell, n))
  return { near, far }
}

/** Lets changes wait until their days come near. */
export async function putAhead(db: Database, listId: number, lens: number, run: number, far: ReadonlyMap<number, Tally>, places: PlaceSlots): Promise<void> {
  const rows: { drug: number; bucket: number; changes: Uint8Array }[] = []
  for (const [drug, tally] of far) for (const [bucket, changes] of packBuckets(tally, places)) rows.push({ drug, bucket, changes })
  for (let at = 0; at < rows.length; at += 5_000) {
    const some = rows.slice(at, at + 5_000)
    await db.execute(sql`
      insert into coverage_ahead (list_id, lens, drug_id, bucket, run, changes) select ${listId}::int, ${lens}::smallint, d, b, ${run}::int, c
      from unnest(${arrayOf('int', some.map((row) => row.drug))}, ${arrayOf('int', some.map((row) => row.bucket))}, ${bytesArray(some.map((row) => row.changes))}) as n(d, b, c)`)
  }
}

/** Takes the changes of a list whose days have come near, up to a day, out of waiting, and adds them to others. */
export async function takeAhead(db: Database, listId: number, until: number, tallies: Tallies, places: PlaceSlots): Promise<void> {
  const rows = await rowsOf<{ lens: number; drug: number; bucket: number; changes: Uint8Array }>(db, sql`
    delete from coverage_ahead where list_id = ${listId} and bucket <= ${Math.floor(until / bucketDays)} returning lens, drug_id as drug, bucket, changes`)
  for (const { lens, drug, bucket, changes } of rows) addBucket(tallies.of(lens, drug), bucket, changes, places)
}

/** The changes of a drug that wait. */
export async function waitingOf(db: Database, listId: number, lens: number, drug: number, places: PlaceSlots): Promise<Tally> {
  const rows = await rowsOf<{ bucket: number; changes: Uint8Array }>(db, sql`select bucket, changes from coverage_ahead where list_id = ${listId} and lens = ${lens} and drug_id = ${drug}`)
  const tally = new Tallies().of(lens, drug)
  for (const { bucket, changes } of rows) addBucket(tally, bucket, changes, places)
  return tally
}

function packBuckets(tally: Tally, places: PlaceSlots): Map<number, Uint8Array> {
  const byBucket = new Map<number, Map<number, { day: number; counter: number; n: number }[]>>()
  tally.each((day, cell, n) => {
    const bucket = Math.floor(day / bucketDays)
    let byPlace = byBucket.get(bucket)
    if (!byPlace) byBucket.set(bucket, (byPlace = new Map()))
    const place = Math.floor(cell / width)
    const own = byPlace.get(place)
    const change = { day, counter: cell % width, n }
    if (own) own.push(change)
    else byPlace.set(place, [change])
  })
  return new Map([...byBucket].map(([bucket, byPlace]) => {
    for (const [place, changes] of byPlace) {
      const { unit, unitSlot, area, city } = places.slots[place]!
      for (const one of [unit, unitSlot, area, city]) writer.varint(one === null ? 0 : one + 1)
      writer.varint(changes.length)
      for (const { day, counter, n } of changes) {
        writer.byte(day - bucket * bucketDays)
        writer.byte(counter)
        writer.signed(n)
      }
    }
    return [bucket, writer.take()] as const
  }))
}

function addBucket(tally: Tally, bucket: number, changes: Uint8Array, places: PlaceSlots): void {
  const orNull = (value: number) => (value === 0 ? null : value - 1)
  reader.open(changes)
  while (!reader.done) {
    const [unit, unitSlot, area, city] = [orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint())]
    const base = places.numberOf({ unit, unitSlot, area, city }) * width
    for (let left = reader.varint(); left > 0; left--) {
      const day = bucket * bucketDays + reader.byte()
      const cell = base + reader.byte()
      tally.add(day, cell, reader.signed())
    }
  }
}
