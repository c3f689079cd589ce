import { integer, jsonb, pgTable, serial, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { Profile, Source } from '@lastmile/shared/source'
import { list } from './list.js'

/** One reporter of a list, with the profile that says how its files read. */
export const source = pgTable('source', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  evidence: smallint('evidence').notNull(),
  data: jsonb('data').$type<Source>().notNull(),
  profile: jsonb('profile').$type<Profile>().notNull(),
}, (table) => [unique().on(table.listId, table.code)])
