import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '@lastmile/db/database'

/** What moves while nothing is changed: when somebody was last seen, what was tried in vain, and how far days were brought near. */
const unheeded: Record<string, readonly string[]> = { account: ['failed_sign_ins', 'locked_until', 'last_seen_at'], account_session: ['updated_at', 'expires_at'], api_key: ['last_used_at'], list: ['counted_to'] }

/** Tables that questions write too: what is noted, and counts of days that are brought near. */
const writtenByQuestions = /^(audit_|coverage_)/

/** What every table holds, in a word each: it is the same as long as nothing was changed. */
export async function fingerprint(db: Database): Promise<Record<string, string>> {
  const tables = (await rowsOf<{ name: string }>(db, sql`select c.relname as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`))
    .map(({ name }) => name).filter((name) => !writtenByQuestions.test(name))
  const words = await rowsOf<{ name: string; word: string }>(db, sql.join(tables.map((name) => sql`
    select ${name}::text as name, count(*)::text || ' ' || coalesce(md5(string_agg(said, '' order by said)), '') as word
    from (select md5((to_jsonb(t) - ${sql.raw(`array[${(unheeded[name] ?? []).map((column) => `'${column}'`).join(', ')}]::text[]`)})::text) as said from ${sql.identifier(name)} t) rows`), sql` union all `))
  return Object.fromEntries(words.map(({ name, word }) => [name, word]))
}
