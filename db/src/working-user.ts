import { sql } from 'drizzle-orm'
import { CannotOpen } from './cannot-open.js'
import { rowsOf, type Database } from './database.js'
import { isUpToDate } from './migrate.js'
import { quoted } from './session.js'

/** Tables that only ever grow for who works: what was done stays written, by whatever statement. */
const appendOnly = ['audit_entry'] as const

/** The user who works is held by nothing, or works somewhere else than the owner. The message is a sentence that says what to do. */
export class UserNotHeld extends CannotOpen {
  override readonly name = 'UserNotHeld'
}

/**
 * Gives a user what a server needs of the tables and no more, as their owner: to read, add, change and delete rows, and
 * of {@link appendOnly} to read and add alone, and to let go what is older than it must be kept; not to make, empty or change tables. What it had besides is taken away.
 * @throws UserNotHeld before anything is given, if row-level security would not hold that user
 */
export async function letWork(owner: Database, user: string): Promise<void> {
  await refuseUnlessHeld(owner, user)
  const name = sql.raw(quoted(user))
  await owner.transaction(async (tx) => {
    await tx.execute(sql`grant usage on schema public, drizzle to ${name}`)
    await tx.execute(sql`revoke all on all tables in schema public, drizzle from ${name}`)
    await tx.execute(sql`grant select, insert, update, delete on all tables in schema public to ${name}`)
    for (const table of appendOnly) await tx.execute(sql`revoke update, delete on ${sql.raw(quoted(table))} from ${name}`)
    await tx.execute(sql`revoke delete on audit_head from ${name}`)
    await tx.execute(sql`grant execute on function audit_let_go(text) to ${name}`)
    await tx.execute(sql`grant usage, select on all sequences in schema public to ${name}`)
    await tx.execute(sql`grant select on all tables in schema drizzle to ${name}`)
  })
}

/** The owner himself must not come in here either: what is taken away would be his own. */
async function refuseUnlessHeld(owner: Database, user: string): Promise<void> {
  const [row] = await rowsOf<{ isFree: boolean }>(owner, sql`
    select r.rolsuper or r.rolbypassrls or pg_has_role(r.oid, c.relowner, 'usage') as "isFree" from pg_roles r, pg_class c where r.rolname = ${user} and c.oid = 'public.price'::regclass`)
  if (!row) throw new UserNotHeld(notOne)
  if (row.isFree) {
    throw new UserNotHeld('The user of DATABASE_URL owns the tables, is a superuser, or passes by row-level security, so that nothing would hold it: beside DATABASE_OWNER_URL, name one that is none of these.')
  }
}

/** @throws UserNotHeld if whoever works here does not find what the owner has made */
export async function refuseOtherPlace(db: Database): Promise<void> {
  const isThere = await isUpToDate(db).catch((error: unknown) => {
    if (codeOf(error) === notAllowed) return false
    throw error
  })
  if (!isThere) throw new UserNotHeld(notOne)
}

const notOne = 'DATABASE_URL and DATABASE_OWNER_URL do not lead to one database: name the same one in both, and in each another user.'

/** PostgreSQL's word for what a user may not do. */
const notAllowed = '42501'

function codeOf(error: unknown): unknown {
  return ((error as { cause?: unknown }).cause as { code?: unknown } | undefined)?.code
}
