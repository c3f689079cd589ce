import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { FactDetail, FactOffice, FactSource } from '@lastmile/shared/ladder-fact'
import type { FactOrigin, FactSaying, FactStanding, Rung } from '@lastmile/shared/rung'
import type { Text } from '@lastmile/shared/text'
import { company, drug } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { region, unit } from './region.js'

/** A fact of the ladder: of what it speaks, and whose it is, for ever. What it says stands in its versions. */
export const ladderFact = pgTable('ladder_fact', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  rung: text('rung').$type<Rung>().notNull(),
  /** Null: all drugs of the list. */
  drugId: integer('drug_id').references(() => drug.id),
  /** Null: everywhere. */
  unitId: integer('unit_id').references(() => unit.id),
  cityId: integer('city_id').references(() => region.id),
  origin: text('origin').$type<FactOrigin>().notNull(),
  /** The company that entered it; null where none did. */
  companyId: integer('company_id').references(() => company.id),
}, (table) => [unique().on(table.listId, table.code), index('ladder_fact_drug').on(table.drugId), index('ladder_fact_unit').on(table.unitId)])

/** What was known of a fact from an instant to an instant: what it says, and what became of it. */
export const ladderFactVersion = pgTable('ladder_fact_version', {
  id: serial('id').primaryKey(),
  factId: integer('fact_id').notNull().references(() => ladderFact.id),
  version: integer('version').notNull(),
  says: text('says').$type<FactSaying>().notNull(),
  detail: jsonb('detail').$type<FactDetail>().notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  /** The last day. */
  validTo: date('valid_to', { mode: 'string' }),
  exact: boolean('exact').notNull(),
  source: jsonb('source').$type<FactSource>().notNull(),
  note: jsonb('note').$type<Text>(),
  /** Who said this, as the audit names him, and his office; null of what was published. */
  saidBy: text('said_by').notNull(),
  office: jsonb('office').$type<FactOffice>(),
  standing: text('standing').$type<FactStanding>().notNull(),
  decidedBy: text('decided_by'),
  decidedOffice: jsonb('decided_office').$type<FactOffice>(),
  decidedAt: instant('decided_at'),
  reason: text('reason'),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
}, (table) => [unique().on(table.factId, table.version), uniqueIndex('ladder_fact_version_known').on(table.factId).where(sql`known_to is null`)])
