import { boolean, date, index, integer, jsonb, pgTable, primaryKey, serial, smallint, text, unique, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { BulletinComment, BulletinFigures, BulletinForm, BulletinState } from '@lastmile/shared/bulletin'
import type { Text } from '@lastmile/shared/text'
import { instant } from './instant.js'
import { list } from './list.js'
import { unit } from './region.js'

/** A bulletin that was kept. Its figures stand here too, so that a line is found without a file; its bytes are kept files, by their digests. */
export const bulletin = pgTable('bulletin', {
  id: serial('id').primaryKey(),
  listId: integer('list_id').notNull().references(() => list.id),
  code: text('code').notNull(),
  number: jsonb('number').$type<Text>().notNull(),
  /** What it is counted by: the year, and how many there were. */
  year: smallint('year').notNull(),
  ordinal: integer('ordinal').notNull(),
  /** Null: of the whole. */
  unitId: integer('unit_id').references(() => unit.id),
  evidence: smallint('evidence').notNull(),
  asOf: date('as_of', { mode: 'string' }).notNull(),
  knownOn: instant('known_on').notNull(),
  issuer: jsonb('issuer').$type<Text>(),
  redHeader: boolean('red_header').notNull(),
  figures: jsonb('figures').$type<BulletinFigures>().notNull(),
  madeWith: text('made_with').notNull(),
  state: text('state').$type<BulletinState>().notNull(),
  keptBy: text('kept_by').notNull(),
  keptByName: text('kept_by_name').notNull(),
  keptAt: instant('kept_at').notNull(),
  publishAt: instant('publish_at'),
  previewFrom: instant('preview_from'),
  publishedAt: instant('published_at'),
  withdrawnAt: instant('withdrawn_at'),
  withdrawnReason: text('withdrawn_reason'),
  /** The one whose place it takes: from when it is kept where that one is not public yet, else from when it is published. */
  supersedesId: integer('supersedes_id').references((): AnyPgColumn => bulletin.id),
  supersededAt: instant('superseded_at'),
}, (table) => [unique().on(table.listId, table.code), index('bulletin_due').on(table.state, table.publishAt)])

/** One of the forms of a bulletin, by the digest under which its bytes are kept. */
export const bulletinForm = pgTable('bulletin_form', {
  bulletinId: integer('bulletin_id').notNull().references(() => bulletin.id),
  form: text('form').$type<BulletinForm>().notNull(),
  sha256: text('sha256').notNull(),
  bytes: integer('bytes').notNull(),
}, (table) => [primaryKey({ columns: [table.bulletinId, table.form] })])

/** What somebody said of a line of a bulletin. `line`: `drug:CODE` or `place:CODE`, and by it whose it is. */
export const bulletinComment = pgTable('bulletin_comment', {
  id: serial('id').primaryKey(),
  bulletinId: integer('bulletin_id').notNull().references(() => bulletin.id),
  line: text('line').notNull(),
  kind: text('kind').$type<BulletinComment['kind']>().notNull(),
  text: text('text').notNull(),
  /** Who, as the audit names him. */
  saidBy: text('said_by').notNull(),
  saidByName: text('said_by_name').notNull(),
  at: instant('at').notNull(),
}, (table) => [index('bulletin_comment_line').on(table.bulletinId, table.line)])
