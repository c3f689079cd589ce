import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { account } from './account.js'
import { company } from './drug.js'
import { instant } from './instant.js'

/** Since when somebody is told what moved of a company's drugs, and when he looked last (`afterVisit` in shared). A company is of one list. */
export const companyVisit = pgTable('company_visit', {
  accountId: text('account_id').notNull().references(() => account.id, { onDelete: 'cascade' }),
  companyId: integer('company_id').notNull().references(() => company.id),
  since: instant('since').notNull(),
  lastAt: instant('last_at').notNull(),
}, (table) => [primaryKey({ columns: [table.accountId, table.companyId] })])
