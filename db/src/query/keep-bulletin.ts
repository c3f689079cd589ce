import { sql } from 'drizzle-orm'
import { bulletinCode, bulletinNumber, type BulletinComment, type BulletinFigures, type BulletinForm, type BulletinState } from '@lastmile/shared/bulletin'
import { statesBefore, type BulletinVerb } from '@lastmile/shared/bulletin-state'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/** A bulletin that is kept, but for its number, which it has beforehand: it stands in its bytes. */
export interface NewBulletinRow {
  code: string
  number: Text
  year: number
  ordinal: number
  unitId: number | null
  evidence: Evidence
  asOf: Day
  knownOn: Instant
  issuer: Text | null
  redHeader: boolean
  figures: BulletinFigures
  madeWith: string
  keptBy: string
  keptByName: string
  keptAt: Instant
  supersedesId: number | null
}

/** Whoever keeps bulletins of a list waits here for the others, until the transaction ends: each has the number after the one before, and what changed since it. */
export async function lockBulletins(tx: Database, list: ListRow): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7416, ${list.id}::int)`)
}

/** The next number of a year, of the whole or of a unit. */
export async function nextNumber(db: Database, list: ListRow, area: { unitId: number; code: string; name: Text } | null, year: number): Promise<{ code: string; number: Text; year: number; ordinal: number }> {
  const [row] = await rowsOf<{ last: number | null }>(db, sql`select max(ordinal) as last from bulletin where list_id = ${list.id} and year = ${year} and unit_id is not distinct from ${area?.unitId ?? null}::int`)
  const ordinal = (row!.last ?? 0) + 1
  return { code: bulletinCode(area?.code ?? null, year, ordinal), number: bulletinNumber(area?.name ?? null, year, ordinal), year, ordinal }
}

/** The bulletins of an evidence, scope and day that hold: not withdrawn, not superseded. */
export async function bulletinsOfDay(db: Database, list: ListRow, { evidence, asOf, unitId }: { evidence: Evidence; asOf: Day; unitId: number | null }): Promise<{ id: number; code: string; state: BulletinState }[]> {
  return rowsOf(db, sql`
    select id, code, state from bulletin where list_id = ${list.id} and evidence = ${evidenceCodes.code(evidence)} and as_of = ${asOf} and unit_id is not distinct from ${unitId}::int and state in ('frozen', 'embargoed', 'published') order by id`)
}

/** Keeps a bulletin, with the digests of its forms. Inside the transaction of {@link lockBulletins}. */
export async function insertBulletin(tx: Database, list: ListRow, row: NewBulletinRow, forms: readonly { form: BulletinForm; sha256: string; bytes: number }[]): Promise<number> {
  const [made] = await rowsOf<{ id: number }>(tx, sql`
    insert into bulletin (list_id, code, number, year, ordinal, unit_id, evidence, as_of, known_on, issuer, red_header, figures, made_with, state, kept_by, kept_by_name, kept_at, supersedes_id)
    values (${list.id}, ${row.code}, ${JSON.stringify(row.number)}::jsonb, ${row.year}, ${row.ordinal}, ${row.unitId}, ${evidenceCodes.code(row.evidence)}, ${row.asOf}, ${row.knownOn}, ${row.issuer && JSON.stringify(row.issuer)}::jsonb,
            ${row.redHeader}, ${JSON.stringify(row.figures)}::jsonb, ${row.madeWith}, 'frozen', ${row.keptBy}, ${row.keptByName}, ${row.keptAt}, ${row.supersedesId}) returning id`)
  await tx.execute(sql`insert into bulletin_form (bulletin_id, form, sha256, bytes) select ${made!.id}::int, one->>'form', one->>'sha256', (one->>'bytes')::int from jsonb_array_elements(${JSON.stringify(forms)}::jsonb) as one`)
  return made!.id
}

/** Moves a bulletin under embargo. False where it is not frozen any more. */
export async function moveToEmbargoed(tx: Database, id: number, { publishAt, previewFrom }: { publishAt: Instant; previewFrom: Instant }): Promise<boolean> {
  return moved(await rowsOf(tx, sql`update bulletin set state = 'embargoed', publish_at = ${publishAt}, preview_from = ${previewFrom} where id = ${id} and ${inStateBefore('embargo')} returning id`))
}

/** Takes a bulletin back from its embargo, before its time. False where it is not under embargo any more. */
export async function moveToHeld(tx: Database, id: number): Promise<boolean> {
  return moved(await rowsOf(tx, sql`update bulletin set state = 'frozen', publish_at = null, preview_from = null where id = ${id} and ${inStateBefore('hold')} returning id`))
}

/** Publishes a bulletin whose time has come by `at`. False where another was quicker, or it was taken back. */
export async function moveToPublished(tx: Database, id: number, at: Instant): Promise<boolean> {
  return moved(await rowsOf(tx, sql`update bulletin set state = 'published', published_at = ${at} where id = ${id} and ${inStateBefore('publish')} and publish_at <= ${at} returning id`))
}

/** Another takes its place. False where it holds no more. */
export async function moveToReplaced(tx: Database, id: number, at: Instant): Promise<boolean> {
  return moved(await rowsOf(tx, sql`update bulletin set state = 'superseded', superseded_at = ${at} where id = ${id} and ${inStateBefore('supersede')} returning id`))
}

/** Withdraws a bulletin for a reason. False where it holds no more. */
export async function moveToWithdrawn(tx: Database, id: number, { at, reason }: { at: Instant; reason: string }): Promise<boolean> {
  return moved(await rowsOf(tx, sql`update bulletin set state = 'withdrawn', withdrawn_at = ${at}, withdrawn_reason = ${reason} where id = ${id} and ${inStateBefore('withdraw')} returning id`))
}

function inStateBefore(verb: BulletinVerb) {
  return sql`state = any(${textArray(statesBefore(verb))})`
}

const moved = (rows: unknown[]) => rows.length > 0

/** Says something of a line of a bulletin. */
export async function insertComment(tx: Database, bulletinId: number, comment: Pick<BulletinComment, 'line' | 'kind' | 'text' | 'byName' | 'at'> & { by: string }): Promise<void> {
  await tx.execute(sql`insert into bulletin_comment (bulletin_id, line, kind, text, said_by, said_by_name, at) values (${bulletinId}, ${comment.line}, ${comment.kind}, ${comment.text}, ${comment.by}, ${comment.byName}, ${comment.at})`)
}

/** How many comments on a line nobody has answered: those since the last answer. */
export async function openCommentsOf(tx: Database, bulletinId: number, line: string): Promise<number> {
  const [row] = await rowsOf<{ open: number }>(tx, sql`
    select count(*)::int as open from bulletin_comment where bulletin_id = ${bulletinId} and line = ${line} and kind <> 'answer'
      and id > coalesce((select max(id) from bulletin_comment where bulletin_id = ${bulletinId} and line = ${line} and kind = 'answer'), 0)`)
  return row!.open
}

/** What was said of some lines of a bulletin (null: of any), in order. `asker`: as the audit names him. */
export async function commentsOf(db: Database, bulletinId: number, lines: readonly string[] | null, asker: string): Promise<BulletinComment[]> {
  const rows = await rowsOf<BulletinComment>(db, sql`
    select line, kind, text, said_by_name as "byName", at::text as at, said_by = ${asker} as "isOwn" from bulletin_comment where bulletin_id = ${bulletinId} and ${lines === null ? sql`true` : sql`line = any(${textArray(lines)})`} order by id`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
