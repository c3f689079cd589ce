import { randomUUID } from 'node:crypto'
import { and, eq, gt, lt, ne, sql, type SQL } from 'drizzle-orm'
import type { Account, NewAccount, SeenAs } from '@lastmile/shared/account'
import { staffRoles, type AccountRole } from '@lastmile/shared/permission'
import { rowsOf, type Database } from '../database.js'
import { changeChannel } from '../listen.js'
import { account, accountCredential, accountSecondFactor, accountSession, accountVerification } from '../schema/account.js'

/** An account with what its sign-in needs to know. */
export interface AccountRow extends Account {
  lockedUntil: string | null
  disabledAt: string | null
  hasPassword: boolean
}

/** A session, its account, and as whom it looks. */
export interface SessionRow {
  id: string
  token: string
  createdAt: string
  signedInBy: 'password' | 'single_sign_on' | 'demonstration' | null
  seenAs: SeenAs | null
  account: AccountRow
}

interface Raw {
  id: string; name: string; email: string; role: AccountRole; list: string | null; unit: string | null; city: string | null; company: string | null; insurer: string | null; institution: string | null
  agent: string | null; disabledAt: string | null; lockedUntil: string | null; secondFactor: boolean; hasPassword: boolean; hasIdentity: boolean; demonstration: boolean; createdAt: string; lastSeenAt: string | null; version: number
}

const columns = sql`a.id, a.name, a.email, a.role, a.list, a.unit, a.city, a.company, a.insurer, a.institution, a.agent, a.disabled_at::text as "disabledAt",
  case when a.locked_until > now() then a.locked_until::text end as "lockedUntil", coalesce(a.two_factor_enabled, false) as "secondFactor",
  exists (select from account_credential c where c.account_id = a.id and c.password is not null) as "hasPassword", exists (select from account_credential c where c.account_id = a.id) as "hasIdentity",
  a.demonstration, a.created_at::text as "createdAt", a.last_seen_at::text as "lastSeenAt", a.version`

/** Every account, by role, name and address. */
export async function accountsOf(db: Database): Promise<AccountRow[]> {
  return (await rowsOf<Raw>(db, sql`select ${columns} from account a order by a.role collate "C", a.name collate "C", a.email collate "C"`)).map(accountRow)
}

/** The account with an id or an address of e-mail, or null. */
export async function findAccount(db: Database, by: { id: string } | { email: string }): Promise<AccountRow | null> {
  const [row] = await rowsOf<Raw>(db, sql`select ${columns} from account a where ${'id' in by ? sql`a.id = ${by.id}` : sql`a.email = ${by.email.toLowerCase()}`}`)
  return row ? accountRow(row) : null
}

/** An account that nobody else changes until the transaction ends, as it is now; null if there is none. Accounts that manage others are all held: of two who shut each other out, one does. */
export async function heldAccount(tx: Database, id: string): Promise<AccountRow | null> {
  await tx.execute(sql`select id from account where id = ${id} or role = 'security_administrator' order by id for update`)
  return findAccount(tx, { id })
}

/** The accounts of the demonstration that anybody may use. */
export async function demonstrationAccounts(db: Database): Promise<AccountRow[]> {
  return (await rowsOf<Raw>(db, sql`select ${columns} from account a where a.demonstration and a.disabled_at is null order by a.created_at, a.id`)).map(accountRow)
}

/** Whether there is any account. */
export async function hasAccounts(db: Database): Promise<boolean> {
  return (await db.select({ id: account.id }).from(account).limit(1)).length > 0
}

/** An account that can act: it is not disabled, and its owner has come (or anybody may use it). */
const canAct = sql`(a.disabled_at is null and (a.demonstration or exists (select from account_credential c where c.account_id = a.id)))`

/** Whether somebody else can manage accounts as far as one does: he can act, and is concerned with no list, or with the same. Asked of a {@link heldAccount}. */
export async function isManagedWithout(tx: Database, { id, list }: Pick<AccountRow, 'id' | 'list'>): Promise<boolean> {
  return (await rowsOf(tx, sql`select a.id from account a where a.role = 'security_administrator' and a.id <> ${id} and (a.list is null or a.list = ${list}) and ${canAct} limit 1`)).length > 0
}

/** How many officers of a unit's office there are beside one who can act and are concerned with a list: others cannot approve what is of it. */
export async function otherOfficers(db: Database, list: string, unit: string, but: string | null): Promise<number> {
  const rows = await rowsOf(db, sql`select a.id from account a where a.role = 'province_officer' and a.unit = ${unit} and (a.list is null or a.list = ${list}) and a.id is distinct from ${but}::text and ${canAct}`)
  return rows.length
}

/** Makes an account without a password. False where the address is taken. */
export async function insertAccount(db: Database, id: string, values: NewAccount & { demonstration?: boolean; createdAt: string }): Promise<boolean> {
  const { createdAt, ...own } = values
  const at = new Date(createdAt)
  const made = await db.insert(account).values({ ...own, id, emailVerified: true, createdAt: at, updatedAt: at }).onConflictDoNothing({ target: account.email }).returning({ id: account.id })
  return made.length === 1
}

/** Gives an account that has none a password, by its hash. */
export async function insertPassword(db: Database, id: string, hash: string): Promise<void> {
  const now = new Date()
  await db.insert(accountCredential).values({ id: randomUUID(), userId: id, accountId: id, providerId: 'credential', password: hash, createdAt: now, updatedAt: now })
}

/** Changes what an account is. */
export async function updateAccount(db: Database, id: string, values: Partial<Omit<NewAccount, 'email'>> & { disabledAt?: Date | null }): Promise<void> {
  await db.update(account).set({ ...values, version: sql`${account.version} + 1`, updatedAt: new Date() }).where(eq(account.id, id))
}

/** An account's owner was here: now. Sessions of his that have ended by themselves are let go. */
export async function noteSeen(db: Database, id: string): Promise<void> {
  const now = new Date()
  await db.update(account).set({ lastSeenAt: now }).where(eq(account.id, id))
  await db.delete(accountSession).where(and(eq(accountSession.userId, id), lt(accountSession.expiresAt, now)))
}

/**
 * Counts a sign-in before its password is looked at, so that those that come all at once are counted too; the last of
 * `atMost` locks the account until an instant, unless it goes well. `refused`: it is locked already.
 */
export async function countSignIn(db: Database, id: string, atMost: number, lockedUntil: Date): Promise<'counted' | 'last' | 'refused'> {
  const [row] = await rowsOf<{ isLast: boolean }>(db, sql`
    update account set failed_sign_ins = case when failed_sign_ins + 1 >= ${atMost} then 0 else failed_sign_ins + 1 end,
      locked_until = case when failed_sign_ins + 1 >= ${atMost} then ${lockedUntil.toISOString()}::timestamptz end
    where id = ${id} and (locked_until is null or locked_until <= now()) returning locked_until is not null as "isLast"`)
  return row ? (row.isLast ? 'last' : 'counted') : 'refused'
}

/** A sign-in went well: earlier failures count no more. */
export async function forgetFailedSignIns(db: Database, id: string): Promise<void> {
  await db.update(account).set({ failedSignIns: 0, lockedUntil: null }).where(eq(account.id, id))
}

/** A session by its id, with its account, or null. */
export async function findSession(db: Database, id: string): Promise<SessionRow | null> {
  const [row] = await rowsOf<Raw & { sessionId: string; token: string; begunAt: string; signedInBy: SessionRow['signedInBy']; seenAs: SeenAs | null }>(db, sql`
    select ${columns}, n.id as "sessionId", n.token, n.created_at::text as "begunAt", n.signed_in_by as "signedInBy", n.seen_as as "seenAs" from account_session n join account a on a.id = n.account_id where n.id = ${id}`)
  return row ? { id: row.sessionId, token: row.token, createdAt: instantOf(row.begunAt), signedInBy: row.signedInBy, seenAs: row.seenAs, account: accountRow(row) } : null
}

/** Where an account is signed in, the latest first. */
export async function sessionsOf(db: Database, id: string): Promise<{ id: string; createdAt: string; lastSeenAt: string; expiresAt: string; agent: string }[]> {
  const rows = await db.select().from(accountSession).where(and(eq(accountSession.userId, id), gt(accountSession.expiresAt, new Date()))).orderBy(sql`created_at desc`)
  return rows.map((row) => ({ id: row.id, createdAt: row.createdAt.toISOString(), lastSeenAt: row.updatedAt.toISOString(), expiresAt: row.expiresAt.toISOString(), agent: row.userAgent ?? '' }))
}

/** Ends sessions of an account: all, or all but one, or one. Answers how many. */
export async function endSessions(db: Database, id: string, which: { but?: string; only?: string } = {}): Promise<number> {
  const parts: (SQL | undefined)[] = [eq(accountSession.userId, id), which.but === undefined ? undefined : ne(accountSession.id, which.but), which.only === undefined ? undefined : eq(accountSession.id, which.only)]
  return (await db.delete(accountSession).where(and(...parts)).returning({ id: accountSession.id })).length
}

/** As whom a session looks from now on; null: as itself. */
export async function setSeenAs(db: Database, sessionId: string, seenAs: SeenAs | null): Promise<void> {
  await db.update(accountSession).set({ seenAs }).where(eq(accountSession.id, sessionId))
}

/** Takes away how an account proves who it is: its password, or its second factor. */
export async function takeAway(db: Database, id: string, what: 'password' | 'second_factor'): Promise<void> {
  if (what === 'password') await db.delete(accountCredential).where(and(eq(accountCredential.userId, id), eq(accountCredential.providerId, 'credential')))
  else {
    await db.delete(accountSecondFactor).where(eq(accountSecondFactor.userId, id))
    await db.update(account).set({ twoFactorEnabled: false }).where(eq(account.id, id))
  }
}

/** Waits for a code until an instant; an earlier one for the same purpose holds no more. `identifier` names the code by its fingerprint. */
export async function awaitCode(db: Database, code: { id: string; identifier: string; value: string; expiresAt: Date }): Promise<void> {
  await db.delete(accountVerification).where(eq(accountVerification.value, code.value))
  const now = new Date()
  await db.insert(accountVerification).values({ ...code, createdAt: now, updatedAt: now })
}

/**
 * Notes that a code of an account's authenticator application has opened a session. False where it had before, within the
 * minutes in which the application could show it: then nobody is let in by it. Of two who come at once, one is the first.
 */
export async function useCodeOfApplication(db: Database, use: { id: string; account: string; code: string }): Promise<boolean> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await tx.execute(sql`select id from account where id = ${use.account} for update`)
    const identifier = `used:${use.account}:${use.code}`
    if ((await findCode(tx, identifier)) !== null) return false
    await awaitCode(tx, { id: use.id, identifier, value: identifier, expiresAt: new Date(Date.now() + 5 * 60_000) })
    return true
  })
}

/** Ends the session of a token. */
export async function endSession(db: Database, token: string): Promise<void> {
  await db.delete(accountSession).where(eq(accountSession.token, token))
}

/** What a code stands for, or null where it is not waited for. */
export async function findCode(db: Database, identifier: string): Promise<string | null> {
  const [row] = await db.select({ value: accountVerification.value }).from(accountVerification).where(and(eq(accountVerification.identifier, identifier), gt(accountVerification.expiresAt, new Date())))
  return row?.value ?? null
}

/** Uses a code up. Of two who come at once with the same, one gets what it stands for, the other null. */
export async function useUpCode(db: Database, identifier: string): Promise<string | null> {
  const [row] = await db.delete(accountVerification).where(and(eq(accountVerification.identifier, identifier), gt(accountVerification.expiresAt, new Date()))).returning({ value: accountVerification.value })
  return row?.value ?? null
}

/** Tells other servers that an account, its sessions, or a key (by its code) has changed: they forget what they know (`listen.ts`). */
export async function tellOfAccount(db: Database, account: string): Promise<void> {
  await db.execute(sql`select pg_notify(${changeChannel}, json_build_object('account', ${account}::text)::text)`)
}

/** Field by field: what else stands in a row (a session's token) is nobody's to see. */
function accountRow(row: Raw): AccountRow {
  const { id, name, email, role, list, unit, city, company, insurer, institution, agent, demonstration, hasPassword, disabledAt, lockedUntil, version } = row
  return {
    id, version, name, email, role, list, unit, city, company, insurer, institution, agent, demonstration, hasPassword, disabledAt, lockedUntil,
    createdAt: instantOf(row.createdAt), lastSeenAt: row.lastSeenAt === null ? null : instantOf(row.lastSeenAt),
    secondFactor: row.secondFactor ? 'on' : staffRoles.includes(role) && !demonstration ? 'missing' : 'not_needed',
    state: disabledAt !== null ? 'disabled' : lockedUntil !== null ? 'locked' : row.hasIdentity || demonstration ? 'active' : 'invited',
  }
}

/** What others see of an account. */
export function shownAccount({ lockedUntil: _, disabledAt: __, hasPassword: ___, ...account }: AccountRow): Account {
  return account
}

function instantOf(text: string): string {
  return new Date(text).toISOString()
}
