import { sql } from 'drizzle-orm'
import { date, index, integer, numeric, pgTable, primaryKey, serial, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { drug } from './drug.js'
import { instant } from './instant.js'

/**
 * A retail price that rode on a line of a report. In a table of its own: it belongs to the institution, its province and
 * the regulator, and no other query reads it.
 */
export const price = pgTable('price', {
  institutionId: integer('institution_id').notNull(),
  drugId: integer('drug_id').notNull(),
  reportId: integer('report_id').notNull(),
  line: integer('line').notNull(),
  amount: numeric('amount', { precision: 10, scale: 2 }).notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.drugId, table.reportId, table.line] }), index('price_drug').on(table.drugId)])

/**
 * The price at which a listed drug is settled, from a day on, known from an instant to an instant. The regulator enters
 * it; it belongs to him and the company that owns the drug.
 */
export const settlementPrice = pgTable('settlement_price', {
  id: serial('id').primaryKey(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  amount: numeric('amount', { precision: 12, scale: 2 }).notNull(),
  /** What one price is for: a box of so many, a vial. */
  pack: text('pack').notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
  enteredBy: text('entered_by').notNull(),
}, (table) => [uniqueIndex('settlement_price_known').on(table.drugId, table.validFrom).where(sql`known_to is null`)])
