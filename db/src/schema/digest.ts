import { index, integer, pgTable, serial, text, unique } from 'drizzle-orm/pg-core'
import { account } from './account.js'
import { instant } from './instant.js'

/**
 * A mail to an account of messages that it had not been told of by mail before. `waiting`: to be sent at `nextAt`, and
 * again later where that fails. `sent`: the mail server has taken it. `dropped`: when it was to be sent, nothing of it was
 * open any more. `failed`: given up. It is written before it is sent: one that was cut off is sent once more, with the
 * same name, so that nothing is lost.
 */
export const digest = pgTable('digest', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  accountId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  /** The day, or the instant: of each an account has one. */
  key: text('key').notNull(),
  state: text('state').$type<'waiting' | 'sent' | 'dropped' | 'failed'>().notNull(),
  /** Narrow ids of the messages that it is of. */
  messages: integer('messages').array().notNull(),
  attempts: integer('attempts').notNull().default(0),
  madeAt: instant('made_at').notNull(),
  nextAt: instant('next_at').notNull(),
  endedAt: instant('ended_at'),
}, (table) => [unique('digest_once').on(table.accountId, table.key), index('digest_waiting').on(table.state, table.nextAt)])
