import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import { addressKey, type Address, type MessageKind, type MessageSubject } from '@lastmile/shared/message'
import type { Pace } from '@lastmile/shared/subscription'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { changeChannel } from '../listen.js'
import { message } from '../schema/message.js'

/** A message as whoever does something says it. */
export interface NewMessage {
  kind: MessageKind
  /** Narrow ids of the list, and of the source that it is about: nobody hears of it who may not see that source. */
  listId: number
  sourceId: number | null
  subject: MessageSubject
  /** Whom it is for; whoever is found at several of them sees it once. See `officeOf` and `reviewersOf` (shared). */
  to: readonly Address[]
  /** Who did it, as the audit names him: he knows, and is not told. Null: nobody, or nobody with an inbox. */
  by: string | null
  /** The same of a kind and list twice is one message: name what makes it one (`REPORT`, `SOURCE/2026-02`), and what makes it another where it can happen again. */
  key: string
  /** When mail tells of it, where that is not the account's to say. */
  pace?: Pace
  at: Instant
}

/** Addresses that are told of with one word: a word has at most 8,000 bytes. */
const toldAtOnce = 50

/**
 * Tells the people concerned, in the transaction of the deed: it is in their inboxes, and their open windows hear of it on
 * every server, when that commits. Answers how many messages were new.
 */
export async function notify(tx: Database, messages: readonly NewMessage[]): Promise<number> {
  const told = new Set<string>()
  let made = 0
  for (const { to, by, ...own } of messages) {
    const addressees = [...new Set(to.map(addressKey))].sort()
    if (addressees.length === 0) continue
    const [row] = await tx.insert(message).values({ ...own, doneBy: by, addressees, code: randomBytes(8).toString('hex') })
      .onConflictDoNothing({ target: [message.listId, message.kind, message.key] }).returning({ id: message.id })
    if (!row) continue
    made += 1
    for (const one of addressees) told.add(one)
  }
  await tellOfMessages(tx, [...told])
  return made
}

/** What messages about a source asked for is done, by whomever: they are open for nobody any more. `about`: of which report, day or period. */
export async function settle(tx: Database, { sourceId, kinds, about, at }: { sourceId: number; kinds: readonly MessageKind[]; about: { report: string } | { asOf: string } | { period: string }; at: Instant }): Promise<void> {
  const [[field, value]] = Object.entries(about) as [[string, string]]
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz where source_id = ${sourceId} and kind = any(${textArray(kinds)}) and subject->>${field}::text = ${value} and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** What messages of some kinds asked for about a supervision case is done, or about one letter of it. */
export async function settleCase(tx: Database, { listId, case: code, notice = null, kinds, at }: { listId: number; case: string; notice?: string | null; kinds: readonly MessageKind[]; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz
    where list_id = ${listId} and kind = any(${textArray(kinds)}) and subject->>'case' = ${code} and (${notice}::text is null or subject->>'notice' = ${notice}) and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** The same of what messages about a company request asked for. */
export async function settleCompanyRequest(tx: Database, { listId, request, kinds, at }: { listId: number; request: string; kinds: readonly MessageKind[]; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz where list_id = ${listId} and kind = any(${textArray(kinds)}) and subject->>'request' = ${request} and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** The same of what messages about a bulletin asked for. */
export async function settleBulletin(tx: Database, { listId, kinds, bulletin, at }: { listId: number; kinds: readonly MessageKind[]; bulletin: string; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz where list_id = ${listId} and kind = any(${textArray(kinds)}) and subject->>'bulletin' = ${bulletin} and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** What tells of a dated duty that is owed. */
const ofDuties = ['duty_due_soon', 'duty_overdue', 'unit_duty_due_soon', 'unit_duty_overdue'] as const satisfies readonly MessageKind[]

/** What messages about a duty asked of some institutions, or of the officers of some units, is done, or told anew: but for messages of some keys. */
export async function settleDuty(tx: Database, { listId, duty, of, codes, but = [], at }: { listId: number; duty: string; of: 'institution' | 'unit'; codes: readonly string[]; but?: readonly string[]; at: Instant }): Promise<void> {
  const whose = of === 'institution' ? sql`subject->>'institution'` : sql`subject->'regions'->>0`
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz
    where list_id = ${listId} and kind = any(${textArray(ofDuties)}) and subject->>'duty' = ${duty} and ${whose} = any(${textArray(codes)}) and key <> all(${textArray(but)}) and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** What messages about windows that end asked for is done, or told anew: but for messages of some keys (`but`), and those of windows that end still (`open`: their keys without the day of the reminder). */
export async function settleWindows(tx: Database, { listId, but, open, at }: { listId: number; but: readonly string[]; open: readonly string[]; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = ${at}::timestamptz where list_id = ${listId} and kind = 'window_ends_soon' and key <> all(${textArray(but)}) and regexp_replace(key, ' [^ ]+$', '') <> all(${textArray(open)}) and settled_at is null returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** Messages that drugs of a list are wanted which are open and should be settled, or the other way round, by `open`, the keys of what is wanted still: their ids, by drug (its code). Locks nothing. */
export async function demandMessagesToMove(db: Database, { listId, open }: { listId: number; open: readonly string[] }): Promise<Map<string, number[]>> {
  const rows = await rowsOf<{ drug: string; ids: number[] }>(db, sql`
    select subject->'drugs'->>0 as drug, array_agg(id order by id) as ids from message where list_id = ${listId} and kind = 'demand_registered' and (key = any(${textArray(open)})) = (settled_at is not null) group by 1 order by 1`)
  return new Map(rows.map(({ drug, ids }) => [drug, ids]))
}

/** Messages that a drug of a list (its code) is wanted, all or (`ids`) some of them, by their ids; whoever says otherwise of whether one is settled waits for this transaction. */
export async function lockDemandMessages(tx: Database, { listId, drug, ids }: { listId: number; drug: string; ids: readonly number[] | null }): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(tx, sql`
    select id from message where list_id = ${listId} and kind = 'demand_registered' and subject->'drugs'->>0 = ${drug} and ${ids === null ? sql`true` : sql`id = any(${arrayOf('int', ids)})`} order by id for update`)
  return rows.map(({ id }) => id)
}

/** Of these messages, those of `open` (their keys) ask for something, and the others are settled. */
export async function settleDemands(tx: Database, { ids, open, at }: { ids: readonly number[]; open: readonly string[]; at: Instant }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[] }>(tx, sql`
    update message set settled_at = case when key = any(${textArray(open)}) then null else ${at}::timestamptz end
    where id = any(${arrayOf('int', ids)}) and (key = any(${textArray(open)})) = (settled_at is not null) returning addressees`)
  await tellOfMessages(tx, [...new Set(rows.flatMap(({ addressees }) => addressees))])
}

/** Somebody wants a drug again of which messages of some keys told: they ask for something, whoever settles them meanwhile. */
export async function reopenDemands(tx: Database, { listId, keys }: { listId: number; keys: readonly string[] }): Promise<void> {
  const rows = await rowsOf<{ addressees: string[]; settled: boolean }>(tx, sql`
    with told as (select id, settled_at is not null as settled from message where list_id = ${listId} and kind = 'demand_registered' and key = any(${textArray(keys)}) order by id for update)
    update message m set settled_at = null from told where m.id = told.id returning m.addressees, told.settled`)
  await tellOfMessages(tx, [...new Set(rows.filter(({ settled }) => settled).flatMap(({ addressees }) => addressees))])
}

/** Open windows of who is found at these addresses look into their inboxes anew, on every server, when the transaction commits. */
export async function tellOfMessages(tx: Database, addresses: readonly string[]): Promise<void> {
  for (let at = 0; at < addresses.length; at += toldAtOnce) {
    await tx.execute(sql`select pg_notify(${changeChannel}, ${JSON.stringify({ addresses: addresses.slice(at, at + toldAtOnce) })})`)
  }
}
