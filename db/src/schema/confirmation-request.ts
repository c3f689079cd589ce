import { date, index, integer, pgTable, serial, text } from 'drizzle-orm/pg-core'
import type { ContradictionSet } from '@lastmile/shared/contradiction'
import type { Role } from '@lastmile/shared/permission'
import { drug } from './drug.js'
import { institution } from './institution.js'
import { instant } from './instant.js'
import { source } from './source.js'

/** That a source was asked to confirm a pair. Whether it has answered is seen in what it has said of the pair since. */
export const confirmationRequest = pgTable('confirmation_request', {
  id: serial('id').primaryKey(),
  /** Of which set the pair was then. */
  set: text('contradiction_set').$type<ContradictionSet>().notNull(),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  institutionId: integer('institution_id').notNull().references(() => institution.id),
  sourceId: integer('source_id').notNull().references(() => source.id),
  /** Who asked, as the audit names him, and his role. */
  askedBy: text('asked_by').notNull(),
  role: text('role').$type<Role>().notNull(),
  askedAt: instant('asked_at').notNull(),
  /** The last day on which an answer is in time. */
  until: date('until', { mode: 'string' }).notNull(),
}, (table) => [index('confirmation_request_pair').on(table.drugId, table.institutionId), index('confirmation_request_source').on(table.sourceId)])
