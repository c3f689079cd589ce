import { sql, type SQL } from 'drizzle-orm'
import { messageKinds, severityOf, type Message, type MessageKind, type MessageOrder, type MessageReader, type MessageSubject, type Mute } from '@lastmile/shared/message'
import type { Instant } from '@lastmile/shared/day'
import type { Sort } from '@lastmile/shared/sort'
import type { Scope } from '@lastmile/shared/source'
import type { Text } from '@lastmile/shared/text'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { sourcesWithin } from './within-purview.js'

/** Which of one's messages are asked for. */
export interface MessageFilter {
  /** `open`: neither acknowledged, settled nor muted. `acknowledged`: acknowledged or settled. `muted`: those that are muted, and else would be open. Left out: all. */
  state?: 'open' | 'acknowledged' | 'muted' | undefined
  kind?: MessageKind | undefined
  list?: string | undefined
  source?: string | undefined
  /** Narrow ids. */
  ids?: readonly number[] | undefined
}

interface Raw {
  id: string; kind: MessageKind; list: string; source: string | null; sourceName: Text | null; subject: MessageSubject; drugNames: Text[]; regionNames: Text[]; dutyName: Text | null; editionName: Text | null; bulletinNumber: Text | null; at: string; acknowledgedAt: string | null; settledAt: string | null; muted: boolean
}

const orders: Record<MessageOrder, SQL> = { at: sql`m.at`, kind: sql`array_position(${textArray(messageKinds)}, m.kind)`, source: sql`o.code collate "C"` }

/** Messages `m` of lists `l` about sources `o`, with the mark `k` of a reader. */
export const messagesFrom = (account: string): SQL => sql`from message m join list l on l.id = m.list_id left join source o on o.id = m.source_id left join message_mark k on k.message_id = m.id and k.account_id = ${account}`

const muted = (account: string) => sql`exists (select from message_mute u where u.account_id = ${account} and u.what in ('kind:' || m.kind, 'source:' || l.code || '/' || o.code))`

/** Which messages are a reader's: they find him where he is now, he did not do it himself, and what they are about is within his purview now. */
export function messagesWithin({ account, addresses, list, sources }: MessageReader): SQL {
  return sql`m.addressees && ${textArray(addresses)} and m.done_by is distinct from ${account} and (${list}::text is null or l.code = ${list}) and (m.source_id is null or ${sourcesWithin(sources)})`
}

/** Messages that a reader has neither acknowledged nor muted, and whose matter is not settled. */
export function isOpen(account: string): SQL {
  return sql`k.acknowledged_at is null and m.settled_at is null and not ${muted(account)}`
}

/** What the drugs or units that a message's subject names are called, in its order. */
function namesOf(table: 'drug' | 'unit', name: SQL, own: SQL): SQL {
  return sql`coalesce((select jsonb_agg(${name} order by n.i) from jsonb_array_elements_text(m.subject->${table === 'drug' ? 'drugs' : 'regions'}::text) with ordinality as n(code, i) join ${sql.raw(table)} d on d.code = n.code and ${own}), '[]')`
}

/** A reader's messages, a page of them; the latest first, or as asked and then so. */
export async function messagesOf(db: Database, reader: MessageReader, filter: MessageFilter, page: { offset: number; limit: number }, sort: Sort<MessageOrder> | null = null): Promise<{ messages: Message[]; total: number }> {
  const where = sql`${messagesWithin(reader)} and ${conditions(reader.account, filter)}`
  const order = sort === null ? sql`` : sql`${orders[sort.by]} ${sort.falling ? sql`desc` : sql`asc`} nulls last, `
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${messagesFrom(reader.account)} where ${where}`)
  const rows = await rowsOf<Raw>(db, sql`
    select m.code as id, m.kind, l.code as list, o.code as source, o.data->'name' as "sourceName", m.subject, ${namesOf('drug', sql`d.data->'name'`, sql`d.list_id = m.list_id`)} as "drugNames", ${namesOf('unit', sql`d.name`, sql`d.region_set_id = l.region_set_id`)} as "regionNames", (select v.data->'name' from duty y join duty_version v on v.duty_id = y.id where y.list_id = m.list_id and y.code = m.subject->>'duty' order by v.id desc limit 1) as "dutyName", (select v.data->'name' from listing_edition y join listing_edition_version v on v.edition_id = y.id where y.list_id = m.list_id and y.code = m.subject->>'edition' order by v.id desc limit 1) as "editionName", (select b.number from bulletin b where b.list_id = m.list_id and b.code = m.subject->>'bulletin') as "bulletinNumber", m.at::text as at, k.acknowledged_at::text as "acknowledgedAt", m.settled_at::text as "settledAt", ${muted(reader.account)} as muted
    ${messagesFrom(reader.account)} where ${where} order by ${order}m.at desc, m.id desc limit ${page.limit} offset ${page.offset}`)
  return { messages: rows.map(({ at, acknowledgedAt, settledAt, drugNames, regionNames, dutyName, editionName, bulletinNumber, ...row }) => ({ ...row, names: { drugs: drugNames, regions: regionNames, duty: dutyName, edition: editionName, bulletin: bulletinNumber }, at: instantOf(at)!, acknowledgedAt: instantOf(acknowledgedAt), settledAt: instantOf(settledAt) })), total: count!.total }
}

/** How many messages a reader has neither acknowledged nor muted, and how many of those are urgent. */
export async function openMessages(db: Database, reader: MessageReader): Promise<{ open: number; urgent: number }> {
  const urgent = messageKinds.filter((kind) => severityOf(kind) === 'urgent')
  const [row] = await rowsOf<{ open: number; urgent: number }>(db, sql`
    select count(*)::int as open, (count(*) filter (where m.kind = any(${textArray(urgent)})))::int as urgent ${messagesFrom(reader.account)} where ${messagesWithin(reader)} and ${isOpen(reader.account)}`)
  return row!
}

/** Notes that a reader has acknowledged messages of his: those of some codes, or all open ones up to an instant. Answers how many were not before; of others' codes, none. */
export async function acknowledgeMessages(db: Database, reader: MessageReader, which: { codes: readonly string[] } | { kind: MessageKind | undefined; upTo: Instant }, at: Instant): Promise<number> {
  const chosen = 'codes' in which ? sql`m.code = any(${textArray(which.codes)})` : sql`m.at <= ${which.upTo} and ${conditions(reader.account, { state: 'open', kind: which.kind })}`
  const rows = await rowsOf(db, sql`
    insert into message_mark (account_id, message_id, acknowledged_at) select ${reader.account}, m.id, ${at}::timestamptz ${messagesFrom(reader.account)} where ${messagesWithin(reader)} and k.acknowledged_at is null and ${chosen}
    on conflict do nothing returning message_id`)
  return rows.length
}

/** Whether a source is there of which a reader may hear. */
export async function hearsOfSource(db: Database, { list, sources }: MessageReader, of: { list: string; source: string }): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 from source o join list l on l.id = o.list_id where l.code = ${of.list} and o.code = ${of.source} and (${list}::text is null or l.code = ${list}) and ${sourcesWithin(sources)}`)).length > 0
}

/** From now on an account does not want to hear of something. False where it did not before. */
export async function mute(db: Database, account: string, what: Mute): Promise<boolean> {
  return (await rowsOf(db, sql`insert into message_mute (account_id, what) values (${account}, ${muteKey(what)}) on conflict do nothing returning what`)).length === 1
}

/** It wants to again. False where it did all the time. */
export async function unmute(db: Database, account: string, what: Mute): Promise<boolean> {
  return (await rowsOf(db, sql`delete from message_mute where account_id = ${account} and what = ${muteKey(what)} returning what`)).length === 1
}

/** What a reader has muted, as far as he may see it now. */
export async function mutesOf(db: Database, reader: MessageReader): Promise<({ kind: MessageKind } | { list: string; source: string; sourceName: Text })[]> {
  const rows = await rowsOf<{ what: string }>(db, sql`select what from message_mute where account_id = ${reader.account} and starts_with(what, 'kind:')`)
  const kinds = new Set(rows.map(({ what }) => what.slice('kind:'.length)))
  const sources = await rowsOf<{ list: string; source: string; sourceName: Text }>(db, sql`
    select l.code as list, o.code as source, o.data->'name' as "sourceName" from message_mute u join list l on starts_with(u.what, 'source:' || l.code || '/') join source o on o.list_id = l.id and u.what = 'source:' || l.code || '/' || o.code
    where u.account_id = ${reader.account} and ${sourcesWithin(reader.sources)} order by l.id, o.code collate "C"`)
  return [...messageKinds.filter((kind) => kinds.has(kind)).map((kind) => ({ kind })), ...sources]
}

/** Lets go of messages older than an instant, but for those of a demonstration, whose past does not pass. Answers how many. */
export async function letMessagesGo(db: Database, before: Instant): Promise<number> {
  return (await rowsOf(db, sql`delete from message where at < ${before} and list_id not in (select id from list where demonstration) returning id`)).length
}

function muteKey(what: Mute): string {
  return 'kind' in what ? `kind:${what.kind}` : `source:${what.list}/${what.source}`
}

function conditions(account: string, { state, kind, list, source, ids }: MessageFilter): SQL {
  const parts: SQL[] = [sql`true`]
  if (state === 'open') parts.push(isOpen(account))
  if (state === 'acknowledged') parts.push(sql`(k.acknowledged_at is not null or m.settled_at is not null)`)
  if (state === 'muted') parts.push(sql`k.acknowledged_at is null and m.settled_at is null and ${muted(account)}`)
  if (kind !== undefined) parts.push(sql`m.kind = ${kind}`)
  if (list !== undefined) parts.push(sql`l.code = ${list}`)
  if (source !== undefined) parts.push(sql`o.code = ${source}`)
  if (ids !== undefined) parts.push(sql`m.id = any(${arrayOf('int', ids)})`)
  return sql.join(parts, sql` and `)
}

function instantOf(text: string | null): Instant | null {
  return text === null ? null : new Date(text).toISOString()
}

/**
 * Reports of which messages of these kinds about a source are not settled, and of what they speak (null: the report is there
 * no more). Of those of a period: where the report was of `period`; of those of a day alone: where it was of `asOf`.
 */
export async function unsettledReports(db: Database, { sourceId, kinds, period, asOf }: { sourceId: number; kinds: readonly MessageKind[]; period: string; asOf: string }): Promise<{ report: string; scope: Scope | null }[]> {
  return rowsOf(db, sql`
    select distinct m.subject->>'report' as report, r.scope from message m left join report r on r.code = m.subject->>'report'
    where m.source_id = ${sourceId} and m.kind = any(${textArray(kinds)}) and m.settled_at is null and m.subject ? 'report'
      and (m.subject->>'period' = ${period} or (not m.subject ? 'period' and m.subject->>'asOf' = ${asOf}))`)
}
