import { date, index, integer, jsonb, pgTable, primaryKey, serial, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { CaseState, CaseSubject } from '@lastmile/shared/case'
import type { CaseEventDetail, CaseEventKind } from '@lastmile/shared/case-answer'
import type { NamedGap } from '@lastmile/shared/notice'
import type { Role } from '@lastmile/shared/permission'
import { drug } from './drug.js'
import { instant } from './instant.js'
import { list } from './list.js'
import { unit } from './region.js'

/** A supervision case (督导案件). Its number is given once in its list and year. */
export const supervisionCase = pgTable('supervision_case', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  year: integer('year').notNull(),
  number: integer('number').notNull(),
  /** The unit whose office keeps it; null: the national regulator. */
  unitId: integer('unit_id').references(() => unit.id),
  /** What its gaps have in common, and its code. */
  subject: text('subject').$type<CaseSubject>().notNull(),
  subjectCode: text('subject_code').notNull(),
  evidence: smallint('evidence').notNull(),
  state: text('state').$type<CaseState>().notNull(),
  /** One more with every step of its office. */
  version: integer('version').notNull().default(1),
  /** From 1; one more each time that it opens again. Letters of a former round ask for nothing. */
  round: integer('round').notNull().default(1),
  /** Steps of the ladder that were taken in this round. */
  steps: jsonb('steps').$type<string[]>().notNull().default([]),
  openedOn: date('opened_on', { mode: 'string' }).notNull(),
  closedOn: date('closed_on', { mode: 'string' }),
  /** The day on which its gaps were looked at last, and the last report that there was then. */
  checkedOn: date('checked_on', { mode: 'string' }),
  checkedReport: integer('checked_report').notNull(),
  /** What everybody may see of the list was at this version then: whoever judged by an earlier one finds it done. */
  checkedVersion: integer('checked_version').notNull().default(0),
  /** When that was: standards that were decided after it are news. Null: before this was kept. */
  checkedAt: instant('checked_at'),
}, (table) => [unique().on(table.listId, table.year, table.number), index('supervision_case_state').on(table.listId, table.state)])

/** A gap that a case is about, as it was when it was opened. */
export const caseGap = pgTable('case_gap', {
  caseId: integer('case_id').notNull().references(() => supervisionCase.id),
  drugId: integer('drug_id').notNull().references(() => drug.id),
  unitId: integer('unit_id').notNull().references(() => unit.id),
  opened: jsonb('opened').$type<Omit<NamedGap, 'drug' | 'unit'>>().notNull(),
  /** The day on which it was found met; null: it is one. */
  metOn: date('met_on', { mode: 'string' }),
}, (table) => [primaryKey({ columns: [table.caseId, table.drugId, table.unitId] }), index('case_gap_pair').on(table.drugId, table.unitId)])

/** A step of a case. Never changed. */
export const caseEvent = pgTable('case_event', {
  id: serial('id').primaryKey(),
  caseId: integer('case_id').notNull().references(() => supervisionCase.id),
  /** Code of the letter that it is about. */
  notice: text('notice'),
  kind: text('kind').$type<CaseEventKind>().notNull(),
  /** The day of it, which may lie before it was entered. */
  on: date('on_day', { mode: 'string' }).notNull(),
  at: instant('at').notNull(),
  /** Who did it, as the audit names him, and his role; null: the statements or the day. */
  by: text('by_actor'),
  role: text('role').$type<Role>(),
  /** The state that it led to. */
  state: text('state').$type<CaseState>().notNull(),
  detail: jsonb('detail').$type<CaseEventDetail>().notNull(),
}, (table) => [index('case_event_case').on(table.caseId, table.id)])

/** What somebody said of a case. `notice`: to the addressee of that letter too. */
export const caseComment = pgTable('case_comment', {
  id: serial('id').primaryKey(),
  caseId: integer('case_id').notNull().references(() => supervisionCase.id),
  notice: text('notice'),
  at: instant('at').notNull(),
  by: text('by_actor').notNull(),
  role: text('role').$type<Role>().notNull(),
  /** Whose word it is. */
  side: text('side').$type<'office' | 'addressee'>().notNull(),
  text: text('text').notNull(),
}, (table) => [index('case_comment_case').on(table.caseId, table.id)])
