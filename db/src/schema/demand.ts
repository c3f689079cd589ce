import { date, index, integer, pgTable, serial, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { DemandPatients, DemandUrgency } from '@lastmile/shared/demand'
import { drug } from './drug.js'
import { instant } from './instant.js'
import { institution } from './institution.js'
import { list } from './list.js'
import { region, unit } from './region.js'

/** That a drug is wanted somewhere (用药需求). Nothing of a person: neither who asked without an account, nor for whom, nor from which address. */
export const demand = pgTable('demand', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  /** By which who registered it finds it again. */
  code: text('code').notNull().unique(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  unitId: integer('unit_id').notNull().references(() => unit.id),
  /** Null where the institution that asks lies in none. */
  cityId: integer('city_id').references(() => region.id),
  /** The institution that asks; null: a patient's doctor. */
  institutionId: integer('institution_id').references(() => institution.id),
  patients: text('patients').$type<DemandPatients>().notNull(),
  urgency: text('urgency').$type<DemandUrgency>().notNull(),
  on: date('on_day', { mode: 'string' }).notNull(),
  expiresOn: date('expires_on', { mode: 'string' }).notNull(),
  withdrawnOn: date('withdrawn_on', { mode: 'string' }),
  at: instant('at').notNull(),
  /** The key that whoever sent it named, as a digest, and a digest of what was asked. */
  key: text('key'),
  asked: text('asked').notNull(),
}, (table) => [uniqueIndex('demand_key').on(table.listId, table.key), index('demand_list').on(table.listId, table.expiresOn), index('demand_drug').on(table.drugId), index('demand_institution').on(table.institutionId)])
