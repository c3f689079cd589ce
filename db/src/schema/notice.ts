import { bigint, date, index, integer, jsonb, pgTable, serial, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Letters, NamedGap, NoticeChannel, NoticeState } from '@lastmile/shared/notice'
import type { Reason } from '@lastmile/shared/status'
import { supervisionCase } from './case.js'
import { company } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { unit } from './region.js'

/** A letter of a supervision case (督导函). From its sending on, what it says stands still. */
export const notice = pgTable('notice', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  caseId: integer('case_id').notNull().references(() => supervisionCase.id),
  listId: integer('list_id').notNull().references(() => list.id),
  /** Whom it is for: one of the two. */
  companyId: integer('company_id').references(() => company.id),
  unitId: integer('unit_id').references(() => unit.id),
  state: text('state').$type<NoticeState>().notNull(),
  round: integer('round').notNull(),
  /** Its number, among those of its office (a unit's code, or `national`) and year. Null: it is a draft. */
  office: text('office').notNull(),
  year: integer('year'),
  number: integer('number'),
  draftedOn: date('drafted_on', { mode: 'string' }).notNull(),
  /** The day on which its answer is due; of a draft null: so many working days from its sending. */
  dueOn: date('due_on', { mode: 'string' }),
  note: text('note'),
  /** Of a draft null: they are looked at when it is sent. */
  gaps: jsonb('gaps').$type<NamedGap[]>(),
  letters: jsonb('letters').$type<Letters>(),
  sentOn: date('sent_on', { mode: 'string' }),
  sentChannel: text('sent_channel').$type<NoticeChannel>(),
  acknowledgedOn: date('acknowledged_on', { mode: 'string' }),
  acknowledgedChannel: text('acknowledged_channel').$type<NoticeChannel>(),
  acknowledgedBy: text('acknowledged_by').$type<'office' | 'addressee'>(),
  withdrawnOn: date('withdrawn_on', { mode: 'string' }),
  withdrawnReason: text('withdrawn_reason'),
}, (table) => [
  index('notice_case').on(table.caseId), index('notice_company').on(table.companyId), index('notice_unit').on(table.unitId),
  uniqueIndex('notice_number').on(table.listId, table.office, table.year, table.number),
])

/** What its addressee answered, or the office entered for him. One a letter. */
export const noticeAnswer = pgTable('notice_answer', {
  noticeId: integer('notice_id').primaryKey().references(() => notice.id),
  reasons: jsonb('reasons').$type<Reason[]>().notNull(),
  plan: text('plan').notNull(),
  /** The day by which what is planned is done. */
  doneBy: date('done_by', { mode: 'string' }).notNull(),
  on: date('on_day', { mode: 'string' }).notNull(),
  channel: text('channel').$type<NoticeChannel>().notNull(),
  side: text('side').$type<'office' | 'addressee'>().notNull(),
})

/** A file beside a step of a letter. Its bytes lie among the kept files, by their content. */
export const attachment = pgTable('attachment', {
  id: serial('id').primaryKey(),
  code: text('code').notNull().unique(),
  caseId: integer('case_id').notNull().references(() => supervisionCase.id),
  noticeId: integer('notice_id').notNull().references(() => notice.id),
  /** The step that it belongs to; null: it was sent, and no step has named it yet. */
  step: text('step').$type<'send' | 'acknowledge' | 'answer'>(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  by: text('by_actor').notNull(),
  at: instant('at').notNull(),
}, (table) => [index('attachment_notice').on(table.noticeId)])
