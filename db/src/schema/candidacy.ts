import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Candidacy, FiledCandidacy } from '@lastmile/shared/candidacy'
import type { StageFact } from '@lastmile/shared/drug-stage'
import type { ListingEdition } from '@lastmile/shared/listing-edition'
import { company, drug } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'

/** An edition that stands beside others, as the files of a list name it. What was published of it stands in its versions. */
export const listingEdition = pgTable('listing_edition', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
}, (table) => [unique().on(table.listId, table.code)])

/** What was known of an edition from an instant to an instant. `place`: where it stands among the others. */
export const listingEditionVersion = pgTable('listing_edition_version', {
  id: serial('id').primaryKey(),
  editionId: integer('edition_id').notNull().references(() => listingEdition.id),
  place: integer('place').notNull(),
  data: jsonb('data').$type<ListingEdition>().notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
}, (table) => [uniqueIndex('listing_edition_version_known').on(table.editionId).where(sql`known_to is null`), index('listing_edition_version_edition').on(table.editionId)])

/** A drug in the course of an edition. `substance` names the same drug in all of them. */
export const candidacy = pgTable('candidacy', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  editionId: integer('edition_id').notNull().references(() => listingEdition.id),
  substance: text('substance').notNull(),
  companyId: integer('company_id').references(() => company.id),
  drugId: integer('drug_id').references(() => drug.id),
  /** As the files of the list last said it; null: they name no such one. */
  filed: jsonb('filed').$type<FiledCandidacy>(),
}, (table) => [unique().on(table.listId, table.code), index('candidacy_substance').on(table.listId, table.substance)])

/** What was known of a candidacy from an instant to an instant: what is said of its drug, and its stages, which are few and are looked at together. */
export const candidacyVersion = pgTable('candidacy_version', {
  id: serial('id').primaryKey(),
  candidacyId: integer('candidacy_id').notNull().references(() => candidacy.id),
  version: integer('version').notNull(),
  about: jsonb('about').$type<Pick<Candidacy, 'name' | 'categoryCode' | 'bothLists' | 'launched' | 'rareDisease' | 'cover'>>().notNull(),
  facts: jsonb('facts').$type<StageFact[]>().notNull(),
  /** From which day on it is everybody's to see (`publicFrom`, shared); null: it is its company's and the regulator's. */
  publicFrom: date('public_from', { mode: 'string' }),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
  /** Who said it, as the audit names him. */
  enteredBy: text('entered_by').notNull(),
}, (table) => [unique().on(table.candidacyId, table.version), uniqueIndex('candidacy_version_known').on(table.candidacyId).where(sql`known_to is null`)])
