import { sql } from 'drizzle-orm'
import type { BulletinFigures, BulletinSince } from '@lastmile/shared/bulletin'
import { breakBetween, type Snapshot } from '@lastmile/shared/break'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Text } from '@lastmile/shared/text'
import type { Scope } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { BulletinAsked } from './bulletin-figures.js'
import { speaksOf } from './breaks.js'
import { changesOf } from './changes.js'
import type { ListRow } from './lists.js'

/** A bulletin before another, as far as what changed since is told from it. */
export interface FormerBulletin {
  code: string
  number: Text
  asOf: Day
  knownOn: Instant
  figures: BulletinFigures
}

type FormerRow = Omit<FormerBulletin, 'knownOn'> & { knownOn: string }
const columns = sql`code, number, as_of::text as "asOf", known_on::text as "knownOn", figures`

/**
 * The last bulletin of the same evidence and scope that speaks of an earlier day, of those that anybody can read now and that
 * hold: what is kept but not published yet is none. Which it was once a bulletin was kept stands in that one's figures.
 */
export async function formerBulletin(db: Database, list: ListRow, { evidence, asOf, area, knownOn }: BulletinAsked): Promise<FormerBulletin | null> {
  // What rests on later knowledge is none before this one.
  const known = knownOn === null ? sql`true` : sql`known_on <= ${knownOn}::timestamptz`
  return oneOf(await rowsOf<FormerRow>(db, sql`
    select ${columns} from bulletin
    where list_id = ${list.id} and evidence = ${evidenceCodes.code(evidence)} and unit_id is not distinct from ${area?.unitId ?? null}::int and as_of < ${asOf} and ${known} and state = 'published'
    order by as_of desc, known_on desc, id desc limit 1`))
}

/** A bulletin by its code, as one before another, whatever became of it since. */
export async function formerNamed(db: Database, list: ListRow, code: string): Promise<FormerBulletin | null> {
  return oneOf(await rowsOf<FormerRow>(db, sql`select ${columns} from bulletin where list_id = ${list.id} and code = ${code}`))
}

function oneOf([row]: FormerRow[]): FormerBulletin | null {
  return row ? { ...row, knownOn: new Date(row.knownOn).toISOString() } : null
}

/** What changed since a former bulletin: what was corrected of its day, what entered and left from that day to this, and which drugs and places did. */
export async function sinceFormer(db: Database, list: ListRow, asked: BulletinAsked, figures: BulletinFigures, former: FormerBulletin): Promise<BulletinSince> {
  const { evidence, asOf, knownOn, area } = asked
  const limits = { drug: null, area }
  const corrections = await changesOf(db, list, evidence, { from: former.asOf, to: former.asOf, knownFrom: former.knownOn, knownTo: knownOn, ...limits })
  const moves = await changesOf(db, list, evidence, { from: former.asOf, to: asOf, knownFrom: null, knownTo: knownOn, ...limits })
  const sum = (counts: { count: number }[]) => counts.reduce((total, { count }) => total + count, 0)
  const [drugs, places] = [entries(former.figures.drugs, figures.drugs, ({ drug }) => drug), entries(former.figures.places, figures.places, ({ region }) => region)]
  const drugOf = ({ drug, name }: BulletinFigures['drugs'][number]) => ({ drug, name })
  const placeOf = ({ region, name }: BulletinFigures['places'][number]) => ({ region, name })
  return {
    code: former.code, number: former.number, asOf: former.asOf, knownOn: former.knownOn,
    corrected: { entered: sum(corrections.institutions.entered), left: sum(corrections.institutions.left) }, entered: moves.institutions.entered, left: moves.institutions.left,
    drugsEntered: drugs.entered.map(drugOf), drugsLeft: drugs.left.map(drugOf), placesEntered: places.entered.map(placeOf), placesLeft: places.left.map(placeOf),
    breaks: await breaksBetween(db, list, asked, former.asOf),
  }
}

/** Which things are in stock now and were not then, and the other way round. */
function entries<Thing extends { institutions: number }>(before: readonly Thing[], after: readonly Thing[], keyOf: (thing: Thing) => string): { entered: Thing[]; left: Thing[] } {
  const stocked = (things: readonly Thing[]) => new Set(things.filter(({ institutions }) => institutions > 0).map(keyOf))
  const [was, is] = [stocked(before), stocked(after)]
  return { entered: after.filter((one) => is.has(keyOf(one)) && !was.has(keyOf(one))), left: before.filter((one) => was.has(keyOf(one)) && !is.has(keyOf(one))) }
}

/** Where a source changed what it reports after a day and up to that of the bulletin, by the reports that were known. */
async function breaksBetween(db: Database, list: ListRow, { evidence, asOf, knownOn, area }: BulletinAsked, from: Day): Promise<BulletinSince['breaks']> {
  const known = knownOn === null ? sql`r.state = 'accepted'` : sql`r.accepted_at <= ${knownOn} and (r.superseded_at is null or r.superseded_at > ${knownOn})`
  const rows = await rowsOf<{ source: Text; scope: Scope; day: Day; before: Snapshot; after: Snapshot }>(db, sql`
    select source, scope, day, before, after from (
      select o.data->'name' as source, r.scope, r.as_of::text as day, r.id, json_build_object('counts', r.parsed, 'content', r.content) as after,
             lag(json_build_object('counts', r.parsed, 'content', r.content)) over (partition by r.source_id, r.scope order by r.as_of, r.accepted_at, r.id) as before
      from report r join source o on o.id = r.source_id where r.list_id = ${list.id} and r.evidence = ${evidenceCodes.code(evidence)} and r.mode = 'snapshot' and ${known}
    ) snapshots where before is not null and day > ${from} and day <= ${asOf} order by day, id`)
  return rows.flatMap(({ source, scope, day, before, after }) => {
    const reason = speaksOf(scope, null, area && [area.code]) ? breakBetween(before, after) : null
    return reason === null ? [] : [{ day, source, reason }]
  })
}
