import { sql } from 'drizzle-orm'
import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { rowsOf, type Database } from '../database.js'
import type { ChangeLogs } from './change-log.js'
import { width } from './counts.js'
import type { PlaceSlots } from './place-slots.js'

/*
 * A report says of days to come too when what it states will stop to count. Days far ahead wait as the report made them,
 * a row for some days, and join the timelines when they come near: else every report would write a whole future again.
 */

/** Days whose changes come near together. */
const bucketDays = 8
/** Days after the latest event that are in the timelines at least: the first question of a new day need not bring them in. */
const nearDays = 7

const writer = new ByteWriter(1 << 16)
const reader = new ByteReader()

/** The last day that is near where the latest event is of a day: the end of a bucket. */
export function nearUntil(latest: number): number {
  return (Math.floor((latest + nearDays) / bucketDays) + 1) * bucketDays - 1
}

/** Changes under one lens that will wait, packed by bucket as they come: a report of a nation has millions. */
export class AheadChanges {
  readonly #buckets = new Map<number, ByteWriter>()

  /** `place` is its number among the report's places. */
  add(place: number, drug: number, day: number, counter: number, n: number): void {
    const bucket = Math.floor(day / bucketDays)
    let own = this.#buckets.get(bucket)
    if (!own) this.#buckets.set(bucket, (own = new ByteWriter()))
    own.varint(place)
    own.varint(drug)
    own.byte(day - bucket * bucketDays)
    own.byte(counter)
    own.signed(n)
  }

  /** A packed row a bucket, each with the places in full: so it can be read without knowing which report numbered them how. */
  *packed(places: PlaceSlots): Generator<{ bucket: number; changes: Uint8Array }> {
    for (const [bucket, changes] of [...this.#buckets].sort(([a], [b]) => a - b)) {
      writer.varint(places.slots.length)
      for (const { unit, unitSlot, area, city } of places.slots) for (const one of [unit, unitSlot, area, city]) writer.varint(one === null ? 0 : one + 1)
      writer.raw(changes.take())
      yield { bucket, changes: writer.take() }
    }
  }
}

/** Lets changes wait until their days come near, beside what waits already. */
export async function putAhead(db: Database, listId: number, lens: number, ahead: AheadChanges, places: PlaceSlots): Promise<void> {
  for (const { bucket, changes } of ahead.packed(places)) {
    await db.execute(sql`
      insert into coverage_ahead (list_id, lens, bucket, run, changes)
      select ${listId}::int, ${lens}::smallint, ${bucket}::int, coalesce(max(run), 0) + 1, ${changes}::bytea from coverage_ahead where list_id = ${listId} and lens = ${lens} and bucket = ${bucket}`)
  }
}

/** Takes the changes of a list whose days have come near, up to a day, out of waiting, and adds them to others. */
export async function takeAhead(db: Database, listId: number, until: number, all: ChangeLogs, places: PlaceSlots): Promise<void> {
  const rows = await rowsOf<{ lens: number; bucket: number; changes: Uint8Array }>(db, sql`
    delete from coverage_ahead where list_id = ${listId} and bucket <= ${Math.floor(until / bucketDays)} returning lens, bucket, changes`)
  for (const { lens, bucket, changes } of rows) {
    addBucket(all, lens, bucket, changes, places)
    all.addUpIfMany()
  }
}

/** All changes of a list that wait are added to others. Reads only. */
export async function addWaiting(db: Database, listId: number, all: ChangeLogs, places: PlaceSlots): Promise<void> {
  const rows = await rowsOf<{ lens: number; bucket: number; changes: Uint8Array }>(db, sql`select lens, bucket, changes from coverage_ahead where list_id = ${listId}`)
  for (const { lens, bucket, changes } of rows) {
    addBucket(all, lens, bucket, changes, places)
    all.addUpIfMany()
  }
}

function addBucket(all: ChangeLogs, lens: number, bucket: number, changes: Uint8Array, places: PlaceSlots): void {
  const orNull = (value: number) => (value === 0 ? null : value - 1)
  reader.open(changes)
  const bases: number[] = []
  for (let left = reader.varint(); left > 0; left--) {
    const [unit, unitSlot, area, city] = [orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint()), orNull(reader.varint())]
    bases.push(places.numberOf({ unit, unitSlot, area, city }) * width)
  }
  const log = all.of(lens)
  while (!reader.done) {
    const base = bases[reader.varint()]!
    const drug = reader.varint()
    const day = bucket * bucketDays + reader.byte()
    const cell = base + reader.byte()
    log.add(drug, day, cell, reader.signed())
  }
}
