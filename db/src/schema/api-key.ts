import { index, integer, pgTable, serial, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.js'
import { source } from './source.js'

/** A machine's key to one source. The key itself is shown once, when it is made; what stands here does not open anything. */
export const apiKey = pgTable('api_key', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  sourceId: integer('source_id').notNull().references(() => source.id),
  name: text('name').notNull(),
  /** SHA-256 of the key, in hexadecimal: a key is 256 bits of chance, which nobody guesses. */
  hash: text('hash').notNull().unique(),
  createdAt: instant('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
  lastUsedAt: instant('last_used_at'),
}, (table) => [index('api_key_source').on(table.sourceId)])
