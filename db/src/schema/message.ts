import { index, integer, jsonb, pgTable, primaryKey, serial, text, unique } from 'drizzle-orm/pg-core'
import type { Mailing, MessageKind, MessageSubject } from '@lastmile/shared/message'
import type { Pace } from '@lastmile/shared/subscription'
import type { Language } from '@lastmile/shared/text'
import { account } from './account.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { source } from './source.js'

/**
 * What happened that somebody should know, written once, in the transaction of the deed, however many it is for: whoever
 * reads is found by his addresses. Kept for a year (`messagesKeptDays`).
 */
export const message = pgTable('message', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  listId: integer('list_id').notNull().references(() => list.id),
  /** The source that it is about: nobody hears of a source that is not within his purview. */
  sourceId: integer('source_id').references(() => source.id),
  kind: text('kind').$type<MessageKind>().notNull(),
  subject: jsonb('subject').$type<MessageSubject>().notNull(),
  /** Addresses, as `addressKey` writes them. */
  addressees: text('addressees').array().notNull(),
  /** Who did it, as the audit names him: he knows, and is not told. */
  doneBy: text('done_by'),
  /** The same of a kind twice is one message. */
  key: text('key').notNull(),
  /** When mail tells of it, where whoever asked to hear of it has said so; null: as the account says. */
  pace: text('pace').$type<Pace>(),
  at: instant('at').notNull(),
  /** When what it asked for was done, by whomever. */
  settledAt: instant('settled_at'),
}, (table) => [unique('message_once').on(table.listId, table.kind, table.key), index('message_addressees').using('gin', table.addressees), index('message_at').on(table.at), index('message_source').on(table.sourceId, table.kind)])

/** That an account has acknowledged a message. */
export const messageMark = pgTable('message_mark', {
  accountId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  messageId: integer('message_id').notNull().references(() => message.id, { onDelete: 'cascade' }),
  acknowledgedAt: instant('acknowledged_at').notNull(),
}, (table) => [primaryKey({ columns: [table.accountId, table.messageId] }), index('message_mark_message').on(table.messageId)])

/** What an account does not want to hear of: `kind:report_approved`, or `source:LIST/SOURCE`. */
export const messageMute = pgTable('message_mute', {
  accountId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  what: text('what').notNull(),
}, (table) => [primaryKey({ columns: [table.accountId, table.what] })])

/** How an account wants its mail, where it has said so. */
export const messageSetting = pgTable('message_setting', {
  accountId: text('account_id').primaryKey().references(() => account.id, { onDelete: 'cascade' }),
  mail: text('mail').$type<Mailing>().notNull(),
  /** Null: both. */
  language: text('language').$type<Language>(),
})
