import { boolean, integer, jsonb, pgTable, serial, text, unique } from 'drizzle-orm/pg-core'
import type { Company, Drug } from '@lastmile/shared/drug'
import { list } from './list.js'

/** A company of a list. */
export const company = pgTable('company', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  data: jsonb('data').$type<Company>().notNull(),
}, (table) => [unique().on(table.listId, table.code)])

/** A listed drug. What rules need stands in columns; the rest of its edition row in `data`. */
export const drug = pgTable('drug', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  companyId: integer('company_id').notNull().references(() => company.id),
  code: text('code').notNull(),
  no: integer('no').notNull(),
  freshnessDays: integer('freshness_days').notNull(),
  /** Eligibility rule "reported": an institution is eligible from the first day a source named it for this drug. */
  eligibleWhenReported: boolean('eligible_when_reported').notNull().default(false),
  /** False where the edition says nothing of who is eligible: then there is no share. */
  eligibilityLoaded: boolean('eligibility_loaded').notNull().default(false),
  data: jsonb('data').$type<Drug>().notNull(),
}, (table) => [unique().on(table.listId, table.code)])
