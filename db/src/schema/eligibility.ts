import { date, integer, jsonb, pgTable, primaryKey, serial } from 'drizzle-orm/pg-core'
import type { EligibilityRule } from '@lastmile/shared/edition'
import type { Text } from '@lastmile/shared/text'
import { bytes } from './bytes.js'
import { drug } from './drug.js'
import { instant } from './instant.js'

/**
 * On which days an institution is eligible for drugs of a list, packed by drug (`packFiled` in `coverage/shelf.ts`), known
 * from an instant to an instant. An institution that no rule names has no row.
 */
export const eligibility = pgTable('eligibility', {
  institutionId: integer('institution_id').notNull(),
  listId: integer('list_id').notNull(),
  knownFrom: instant('known_from').notNull(),
  knownTo: instant('known_to'),
  days: bytes('days').notNull(),
}, (table) => [primaryKey({ columns: [table.institutionId, table.listId, table.knownFrom] })])

/** The rules of the edition's eligibility file, applied again whenever a master is loaded. */
export const eligibilityRule = pgTable('eligibility_rule', {
  id: serial('id').primaryKey(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  fromDay: date('from_day', { mode: 'string' }).notNull(),
  toDay: date('to_day', { mode: 'string' }),
  source: jsonb('source').$type<Text>().notNull(),
  reason: jsonb('reason').$type<Text>().notNull(),
  rules: jsonb('rules').$type<EligibilityRule[]>().notNull(),
  /** Codes of the files that the rules name, read when the edition was loaded. */
  codes: jsonb('codes').$type<{ code: string; from: string | null; to: string | null }[]>().notNull(),
})
