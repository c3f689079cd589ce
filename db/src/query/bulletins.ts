import { sql, type SQL } from 'drizzle-orm'
import { bulletinForms, type Bulletin, type BulletinFigures, type BulletinForm, type BulletinState } from '@lastmile/shared/bulletin'
import type { Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Purview } from '@lastmile/shared/purview'
import { rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { ListRow } from './lists.js'

/** Who asks for bulletins: those that he keeps, and those of which he is named. */
export interface BulletinReader {
  /** What of `bulletin.keep` is his. */
  keeps: Purview
  /** What of `bulletin.comment` is his: he sees his lines from the preview on. */
  named: Purview
  at: Instant
}

/** A kept bulletin with its narrow id and all that it says. */
export interface BulletinRow extends Omit<Bulletin, 'figures' | 'keptBy' | 'openComments'> {
  id: number
  unitId: number | null
  keptBy: string
  keptByName: string
  redHeader: boolean
  figures: BulletinFigures
  openComments: number
  /** Whether the asker keeps it. */
  isKeeper: boolean
}

/** A kept bulletin as it stands in a list: of all that it says its totals alone, which are read without the rest. */
export interface ListedBulletin extends Omit<BulletinRow, 'figures'> {
  figures: Pick<BulletinFigures, 'total'>
}

/** Which bulletins are asked for. */
export interface BulletinFilter {
  state: BulletinState | null
  evidence: Evidence | null
  /** A unit's code; null: any. */
  region: string | null
}

interface Raw<Figures> extends Omit<BulletinRow, 'figures' | 'evidence' | 'knownOn' | 'keptAt' | 'publishAt' | 'previewFrom' | 'publishedAt' | 'withdrawnAt' | 'supersededAt'>, Record<'knownOn' | 'keptAt', string>, Record<'publishAt' | 'previewFrom' | 'publishedAt' | 'withdrawnAt' | 'supersededAt', string | null> {
  evidence: number
  figures: Figures
}

/** Bulletins that the asker may see, a page of them: the latest day first. */
export async function bulletinsOf(db: Database, list: ListRow, reader: BulletinReader, { state, evidence, region }: BulletinFilter, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: ListedBulletin[]; total: number }> {
  const where = sql.join([
    sql`b.list_id = ${list.id}`, seenBy(reader),
    ...(state === null ? [] : [sql`b.state = ${state}`]), ...(evidence === null ? [] : [sql`b.evidence = ${evidenceCodes.code(evidence)}`]), ...(region === null ? [] : [sql`u.code = ${region}`]),
  ], sql` and `)
  const rows = await bulletinsWhere<ListedBulletin['figures']>(db, reader, sql`jsonb_build_object('total', b.figures->'total')`, where, sql`order by b.as_of desc, b.kept_at desc, b.id desc limit ${limit} offset ${offset}`)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from bulletin b left join unit u on u.id = b.unit_id where ${where}`)
  return { rows, total: count!.total }
}

/** A bulletin that the asker may see, all of it or his lines; null if there is none. */
export async function findBulletin(db: Database, list: ListRow, reader: BulletinReader, code: string): Promise<BulletinRow | null> {
  const [row] = await bulletinsWhere<BulletinFigures>(db, reader, sql`b.figures`, sql`b.list_id = ${list.id} and b.code = ${code} and ${seenBy(reader)}`, sql``)
  return row ?? null
}

/** The same, held until the transaction ends: as it is now, and nobody moves it or says anything of it meanwhile. */
export async function lockBulletin(tx: Database, list: ListRow, reader: BulletinReader, code: string): Promise<BulletinRow | null> {
  await tx.execute(sql`select id from bulletin where list_id = ${list.id} and code = ${code} for update`)
  return findBulletin(tx, list, reader, code)
}

/** The forms of a bulletin with their digests, in the order in which they were made. */
export async function formsOf(db: Database, bulletinId: number): Promise<{ form: BulletinForm; sha256: string; bytes: number }[]> {
  return rowsOf(db, sql`select form, sha256, bytes from bulletin_form where bulletin_id = ${bulletinId} order by array_position(${textArray(bulletinForms)}, form)`)
}

/** Bulletins under embargo that everybody may see by an instant, and those of which those named may see their lines and have not been told so. */
export async function bulletinsDue(db: Database, at: Instant): Promise<{ list: string; code: string }[]> {
  return rowsOf(db, sql`
    select l.code as list, b.code from bulletin b join list l on l.id = b.list_id
    where b.state = 'embargoed' and (b.publish_at <= ${at} or (b.preview_from <= ${at} and not ${previewIsTold(sql`b.list_id`, sql`b.code`)})) order by b.publish_at, b.id`)
}

/** Whether those named have been told of the preview of a bulletin's embargo as it is: what was told of one that ended is settled. */
export async function isPreviewTold(db: Database, listId: number, code: string): Promise<boolean> {
  const [row] = await rowsOf<{ told: boolean }>(db, sql`select ${previewIsTold(sql`${listId}::int`, sql`${code}::text`)} as told`)
  return row!.told
}

function previewIsTold(listId: SQL, code: SQL): SQL {
  return sql`exists (select 1 from message m where m.list_id = ${listId} and m.kind = 'bulletin_preview' and m.subject->>'bulletin' = ${code} and m.settled_at is null)`
}

/** What the asker may see: what was ever published; what he keeps; what names him, under embargo, from its preview on. */
function seenBy({ keeps, named, at }: BulletinReader): SQL {
  return sql`(b.published_at is not null or ${keptBy(keeps)} or (b.state = 'embargoed' and b.preview_from <= ${at} and ${naming(named)}))`
}

/** Bulletins (as `b`, of units `u`) that are the asker's to keep: all; a province officer's, of his unit. */
function keptBy(purview: Purview): SQL {
  if (purview.of === 'all') return sql`true`
  return purview.of === 'unit' ? sql`coalesce(u.code = ${purview.unit}, false)` : sql`false`
}

/** Bulletins that name the asker: a company by its drugs, a unit by its line. */
function naming(purview: Purview): SQL {
  const has = (things: string, one: object) => sql`b.figures->${things}::text @> ${JSON.stringify([one])}::jsonb`
  if (purview.of === 'company') return has('drugs', { company: purview.company })
  return purview.of === 'unit' ? sql`b.unit_id is null and ${has('places', { region: purview.unit })}` : sql`false`
}

async function bulletinsWhere<Figures>(db: Database, { keeps }: BulletinReader, figures: SQL, where: SQL, rest: SQL): Promise<(Omit<BulletinRow, 'figures'> & { figures: Figures })[]> {
  const rows = await rowsOf<Raw<Figures>>(db, sql`
    select b.id, b.code, b.number, b.unit_id as "unitId", u.code as region, u.full_name as "regionName", b.evidence, b.as_of::text as "asOf", b.known_on::text as "knownOn", b.issuer, b.red_header as "redHeader", ${figures} as figures,
           b.made_with as "madeWith", b.state, b.kept_by as "keptBy", b.kept_by_name as "keptByName", b.kept_at::text as "keptAt", b.publish_at::text as "publishAt", b.preview_from::text as "previewFrom", b.published_at::text as "publishedAt",
           b.withdrawn_at::text as "withdrawnAt", b.withdrawn_reason as "withdrawnReason", former.code as supersedes, later.code as "supersededBy", b.superseded_at::text as "supersededAt", ${keptBy(keeps)} as "isKeeper",
           (select count(*)::int from (select distinct on (c.line) c.kind from bulletin_comment c where c.bulletin_id = b.id order by c.line, c.id desc) last where last.kind <> 'answer') as "openComments"
    from bulletin b left join unit u on u.id = b.unit_id left join bulletin former on former.id = b.supersedes_id
    left join lateral (select s.code from bulletin s where s.supersedes_id = b.id and b.superseded_at is not null order by s.id desc limit 1) later on true
    where ${where} ${rest}`)
  return rows.map((row) => ({
    ...row, evidence: evidenceCodes.word(row.evidence), knownOn: instantOf(row.knownOn), keptAt: instantOf(row.keptAt), publishAt: maybe(row.publishAt), previewFrom: maybe(row.previewFrom), publishedAt: maybe(row.publishedAt),
    withdrawnAt: maybe(row.withdrawnAt), supersededAt: maybe(row.supersededAt),
  }))
}

const instantOf = (text: string): Instant => new Date(text).toISOString()
const maybe = (text: string | null): Instant | null => (text === null ? null : instantOf(text))
