import { and, eq, isNull, sql } from 'drizzle-orm'
import type { ApiKey } from '@lastmile/shared/account'
import type { Instant } from '@lastmile/shared/day'
import { rowsOf, type Database } from '../database.js'
import { apiKey } from '../schema/api-key.js'

interface Raw { code: string; name: string; list: string; source: string; createdAt: string; createdBy: string; expiresAt: string; revokedAt: string | null; lastUsedAt: string | null }

const columns = sql`k.code, k.name, l.code as list, o.code as source, k.created_at::text as "createdAt", coalesce(a.name, k.created_by) as "createdBy", k.expires_at::text as "expiresAt",
  k.revoked_at::text as "revokedAt", k.last_used_at::text as "lastUsedAt"`
const tables = sql`api_key k join source o on o.id = k.source_id join list l on l.id = o.list_id left join account a on a.id = k.created_by`

/** Every key, the latest first. */
export async function apiKeysOf(db: Database): Promise<ApiKey[]> {
  return (await rowsOf<Raw>(db, sql`select ${columns} from ${tables} order by k.created_at desc, k.id desc`)).map(shown)
}

/** One key by its code, or null. */
export async function findApiKey(db: Database, code: string): Promise<ApiKey | null> {
  const [row] = await rowsOf<Raw>(db, sql`select ${columns} from ${tables} where k.code = ${code}`)
  return row ? shown(row) : null
}

/** The key whose fingerprint this is, whether it still holds or not, or null. */
export async function findApiKeyByHash(db: Database, hash: string): Promise<ApiKey | null> {
  const [row] = await rowsOf<Raw>(db, sql`select ${columns} from ${tables} where k.hash = ${hash}`)
  return row ? shown(row) : null
}

/** Keeps a new key's fingerprint. */
export async function insertApiKey(db: Database, values: Pick<typeof apiKey.$inferInsert, 'code' | 'sourceId' | 'name' | 'hash' | 'createdAt' | 'createdBy' | 'expiresAt'>): Promise<void> {
  await db.insert(apiKey).values(values)
}

/** Revokes a key, if nobody has yet. False where somebody was quicker. */
export async function revokeApiKey(db: Database, code: string, at: Instant): Promise<boolean> {
  return (await db.update(apiKey).set({ revokedAt: at }).where(and(eq(apiKey.code, code), isNull(apiKey.revokedAt))).returning({ id: apiKey.id })).length === 1
}

/** Notes that a key was used. */
export async function noteApiKeyUse(db: Database, code: string, at: Instant): Promise<void> {
  await db.update(apiKey).set({ lastUsedAt: at }).where(eq(apiKey.code, code))
}

function shown({ createdAt, expiresAt, revokedAt, lastUsedAt, ...row }: Raw): ApiKey {
  const instant = (text: string) => new Date(text).toISOString()
  return { ...row, createdAt: instant(createdAt), expiresAt: instant(expiresAt), revokedAt: revokedAt && instant(revokedAt), lastUsedAt: lastUsedAt && instant(lastUsedAt) }
}
