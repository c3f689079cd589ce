import { bigint, date, index, integer, jsonb, pgTable, serial, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import type { CompanyRequestKind, CompanyRequestOutcome, CompanyRequestState } from '@lastmile/shared/company-request'
import type { CompanyRequestEventDetail, CompanyRequestEventKind, DisputedStatement } from '@lastmile/shared/company-request-answer'
import type { Role } from '@lastmile/shared/permission'
import { company, drug } from './drug.js'
import { instant } from './instant.js'
import { institution } from './institution.js'
import { list } from './list.js'
import { unit } from './region.js'

/** What a company asks of an office (企业请求事项). Its number is given once in its list and year. */
export const companyRequest = pgTable('company_request', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  year: integer('year').notNull(),
  number: integer('number').notNull(),
  companyId: integer('company_id').notNull().references(() => company.id),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  kind: text('kind').$type<CompanyRequestKind>().notNull(),
  institutionId: integer('institution_id').references(() => institution.id),
  /** The unit that it is about; null: none in particular. */
  unitId: integer('unit_id').references(() => unit.id),
  /** The unit whose office has it now; null: the national regulator. */
  officeId: integer('office_id').references(() => unit.id),
  text: text('text').notNull(),
  /** What was recorded of the disputed pair when it was opened. */
  disputed: jsonb('disputed').$type<DisputedStatement>(),
  state: text('state').$type<CompanyRequestState>().notNull(),
  /** One more with every step. */
  version: integer('version').notNull().default(1),
  /** From 1; 2 once its company has objected. */
  round: integer('round').notNull().default(1),
  openedOn: date('opened_on', { mode: 'string' }).notNull(),
  dueOn: date('due_on', { mode: 'string' }).notNull(),
  /** The due day of its round before it was put off. */
  firstDueOn: date('first_due_on', { mode: 'string' }).notNull(),
  /** Of the last answer. */
  outcome: text('outcome').$type<CompanyRequestOutcome>(),
  resolveBy: date('resolve_by', { mode: 'string' }),
  endedOn: date('ended_on', { mode: 'string' }),
  /** Which of its company's askings it came of, where whoever sent that named it, and the hash of what was asked. */
  idempotencyKey: text('idempotency_key'),
  asked: text('asked').notNull(),
}, (table) => [
  unique().on(table.listId, table.year, table.number), uniqueIndex('company_request_key').on(table.companyId, table.idempotencyKey),
  index('company_request_state').on(table.listId, table.state), index('company_request_company').on(table.companyId), index('company_request_drug').on(table.drugId),
])

/** A step of a company request. Never changed. */
export const companyRequestEvent = pgTable('company_request_event', {
  id: serial('id').primaryKey(),
  requestId: integer('request_id').notNull().references(() => companyRequest.id),
  kind: text('kind').$type<CompanyRequestEventKind>().notNull(),
  on: date('on_day', { mode: 'string' }).notNull(),
  at: instant('at').notNull(),
  /** Who did it, as the audit names him, and his role. */
  by: text('by_actor').notNull(),
  role: text('role').$type<Role>().notNull(),
  /** The state that it led to, and the unit whose office had it then; null: the national regulator. Whoever had it sees it ever after. */
  state: text('state').$type<CompanyRequestState>().notNull(),
  officeId: integer('office_id').references(() => unit.id),
  detail: jsonb('detail').$type<CompanyRequestEventDetail>().notNull(),
}, (table) => [index('company_request_event_request').on(table.requestId, table.id), index('company_request_event_office').on(table.officeId)])

/** A file beside a step of a company request. Its bytes lie among the kept files, by their content. */
export const companyRequestFile = pgTable('company_request_file', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  listId: integer('list_id').notNull().references(() => list.id),
  /** The step that it belongs to; null: it was sent, and no step has named it yet. */
  eventId: integer('event_id').references(() => companyRequestEvent.id),
  name: text('name').notNull(),
  type: text('type').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  by: text('by_actor').notNull(),
  at: instant('at').notNull(),
}, (table) => [index('company_request_file_event').on(table.eventId)])
