import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { MessageReader, MessageSettings } from '@lastmile/shared/message'
import type { Pace } from '@lastmile/shared/subscription'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { accountsOf, type AccountRow } from './accounts.js'
import { isOpen, messagesFrom, messagesWithin } from './messages.js'

/** A mail that is to be sent. */
export interface DigestRow {
  id: number
  code: string
  account: string
  /** Narrow ids of the messages that it is of. */
  messages: number[]
  /** How often it was tried, this time included. */
  attempts: number
  madeAt: Instant
}

/** Accounts that want mail, with how they want it: those whose owners have come, and who are nobody's demonstration. */
export async function accountsToMail(db: Database, usual: MessageSettings): Promise<(AccountRow & { settings: MessageSettings })[]> {
  const rows = await rowsOf<MessageSettings & { account: string }>(db, sql`select account_id as account, mail, language from message_setting`)
  const said = new Map(rows.map(({ account, ...settings }) => [account, settings]))
  return (await accountsOf(db)).filter(({ state, demonstration }) => (state === 'active' || state === 'locked') && !demonstration)
    .map((account) => ({ ...account, settings: said.get(account.id) ?? usual })).filter(({ settings }) => settings.mail !== 'off')
}

/** Narrow ids of messages that a reader has open, and was not told of by mail before, the earliest first: of those that are told at one pace, where `usual` is that of all that say none. Nobody gets mail about a demonstration. */
export async function messagesToMail(db: Database, reader: MessageReader, { pace, usual }: { pace: Pace; usual: Pace }, since: Instant, atMost: number): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(db, sql`
    select m.id ${messagesFrom(reader.account)} where ${messagesWithin(reader)} and ${isOpen(reader.account)} and m.at >= ${since} and coalesce(m.pace, ${usual}) = ${pace} and not l.demonstration
      and not exists (select from digest d where d.account_id = ${reader.account} and m.id = any(d.messages))
    order by m.at, m.id limit ${atMost}`)
  return rows.map(({ id }) => id)
}

/** The narrow id of the last message that anybody was told; 0 if there is none. */
export async function lastMessage(db: Database): Promise<number> {
  return (await rowsOf<{ id: number }>(db, sql`select coalesce(max(id), 0)::int as id from message`))[0]!.id
}

/** Until the transaction ends, nobody else writes down mails to an account. */
export async function lockDigests(tx: Database, account: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7411, hashtext(${account}))`)
}

/** Writes down a mail that is to be sent. False where the account has one of that key, or one that still waits. */
export async function insertDigest(db: Database, digest: { code: string; account: string; key: string; messages: readonly number[]; at: Instant }): Promise<boolean> {
  const { code, account, key, messages, at } = digest
  return (await rowsOf(db, sql`
    insert into digest (code, account_id, key, state, messages, made_at, next_at)
    select ${code}, ${account}, ${key}, 'waiting', ${arrayOf('int', messages)}, ${at}::timestamptz, ${at}::timestamptz where not exists (select from digest where account_id = ${account} and state = 'waiting')
    on conflict do nothing returning id`)).length === 1
}

/** Takes the next mail that is to be sent now, for whoever sends it until an instant: then it is another's to try. Null if there is none. */
export async function claimDigest(db: Database, now: Instant, until: Instant): Promise<DigestRow | null> {
  const [row] = await rowsOf<DigestRow>(db, sql`
    update digest set attempts = attempts + 1, next_at = ${until}
    where id = (select id from digest where state = 'waiting' and next_at <= ${now} order by next_at, id limit 1 for update skip locked)
    returning id, code, account_id as account, messages, attempts, made_at::text as "madeAt"`)
  return row ? { ...row, madeAt: new Date(row.madeAt).toISOString() } : null
}

/** A mail has come to its end. */
export async function endDigest(db: Database, id: number, state: 'sent' | 'dropped' | 'failed', at: Instant): Promise<void> {
  await db.execute(sql`update digest set state = ${state}, ended_at = ${at} where id = ${id} and state = 'waiting'`)
}

/** A mail is tried again at an instant. */
export async function postponeDigest(db: Database, id: number, nextAt: Instant): Promise<void> {
  await db.execute(sql`update digest set next_at = ${nextAt} where id = ${id} and state = 'waiting'`)
}

/** Lets go of mails that came to their end before an instant. Answers how many. */
export async function letDigestsGo(db: Database, before: Instant): Promise<number> {
  return (await rowsOf(db, sql`delete from digest where ended_at < ${before} returning id`)).length
}
