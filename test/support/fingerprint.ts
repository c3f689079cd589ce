import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '@lastmile/db/database'

/** What moves while nothing is changed: when somebody was last seen, what was tried in vain, how far days were brought near, and until when what is known was settled for who asked what moved. */
const unheeded: Record<string, readonly string[]> = { account: ['failed_sign_ins', 'locked_until', 'last_seen_at'], account_session: ['updated_at', 'expires_at'], api_key: ['last_used_at'], list: ['counted_to', 'settled_to'] }

/** Tables that questions write too: what is noted, and counts of days that are brought near. */
const writtenByQuestions = /^(audit_|coverage_)/

/** Whether this worker's embedded database knows the question already. */
let asked: Promise<void> | null = null

/** What every table of an embedded database holds, in a word each: it is the same as long as nothing was changed. */
export async function fingerprint(db: Database): Promise<Record<string, string>> {
  await (asked ??= prepare(db))
  return Object.fromEntries((await rowsOf<{ name: string; word: string }>(db, sql`execute fingerprint`)).map(({ name, word }) => [name, word]))
}

/** Planning to look into all tables takes six times as long as looking: it is done once. */
async function prepare(db: Database): Promise<void> {
  const tables = (await rowsOf<{ name: string }>(db, sql`select c.relname as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`))
    .map(({ name }) => name).filter((name) => !writtenByQuestions.test(name))
  const words = tables.map((name) => `
    select '${name}' as name, count(*)::text || ' ' || coalesce(md5(string_agg(said, '' order by said)), '') as word
    from (select md5((to_jsonb(t) - array[${(unheeded[name] ?? []).map((column) => `'${column}'`).join(', ')}]::text[])::text) as said from "${name}" t) rows`)
  await db.execute(sql.raw(`prepare fingerprint as ${words.join(' union all ')}`))
}
