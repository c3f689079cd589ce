import { boolean, date, index, integer, pgTable, primaryKey, serial, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { GapClass } from '@lastmile/shared/gap-act'
import type { AlertEvent, AlertKind, Pace } from '@lastmile/shared/subscription'
import { account } from './account.js'
import { company, drug } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { message } from './message.js'
import { unit } from './region.js'

/** Of what an account wants to hear: of a drug, a unit, a company, of two of them together, or (all null) of all that is its own. */
export const subscription = pgTable('subscription', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  accountId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  listId: integer('list_id').notNull().references(() => list.id),
  drugId: integer('drug_id').references(() => drug.id),
  unitId: integer('unit_id').references(() => unit.id),
  companyId: integer('company_id').references(() => company.id),
  evidence: smallint('evidence').notNull(),
  events: text('events').array().$type<AlertEvent[]>().notNull(),
  pace: text('pace').$type<Pace>().notNull(),
  createdAt: instant('created_at').notNull(),
}, (table) => [unique('subscription_once').on(table.accountId, table.listId, table.drugId, table.unitId, table.companyId, table.evidence).nullsNotDistinct(), index('subscription_list').on(table.listId)])

/** Something that is told, or was: what is open and what has ended is what was last seen, so that everything is told once, by whichever server sees it first. */
export const alert = pgTable('alert', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  kind: text('kind').$type<AlertKind>().notNull(),
  evidence: smallint('evidence').notNull(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  /** Null: the whole region set. */
  unitId: integer('unit_id').references(() => unit.id),
  class: text('class').$type<GapClass>().notNull(),
  /** Its first day, and (null while it lasts) the first on which it was so no more. */
  fromDay: date('from_day', { mode: 'string' }).notNull(),
  toDay: date('to_day', { mode: 'string' }),
  /** It has ended, and that is told. */
  isOver: boolean('is_over').notNull(),
  seenAt: instant('seen_at').notNull(),
}, (table) => [unique('alert_once').on(table.listId, table.kind, table.evidence, table.drugId, table.unitId, table.class, table.fromDay).nullsNotDistinct()])

/** Which messages tell of it: they are settled when it ends. */
export const alertMessage = pgTable('alert_message', {
  alertId: integer('alert_id').notNull().references(() => alert.id, { onDelete: 'cascade' }),
  messageId: integer('message_id').notNull().references(() => message.id, { onDelete: 'cascade' }),
}, (table) => [primaryKey({ columns: [table.alertId, table.messageId] }), index('alert_message_message').on(table.messageId)])

/** How far alerts of a list under a kind of evidence were looked for: none is told of what was so before anybody subscribed, and nobody goes back behind another. */
export const alertWatch = pgTable('alert_watch', {
  listId: integer('list_id').notNull().references(() => list.id),
  evidence: smallint('evidence').notNull(),
  /** Of the list, when it was looked at last, and its today then. */
  version: integer('version').notNull(),
  today: date('today', { mode: 'string' }).notNull(),
}, (table) => [primaryKey({ columns: [table.listId, table.evidence] })])
