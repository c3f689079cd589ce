import { sql, type SQL } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { LadderFactAnswer, LadderFactsAnswer } from '@lastmile/shared/ladder-answer'
import type { LadderFact } from '@lastmile/shared/ladder-fact'
import type { Purview } from '@lastmile/shared/purview'
import type { FactOrigin, FactStanding, Rung } from '@lastmile/shared/rung'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'
import { ladderFactsWithin } from './within-purview.js'

/** Which facts are asked for. */
export interface LadderFactFilter {
  rung?: Rung | undefined
  drug?: string | undefined
  unit?: string | undefined
  standing?: FactStanding | undefined
  origin?: FactOrigin | undefined
}

type Raw = Omit<LadderFact, 'decidedAt' | 'knownFrom' | 'knownTo'> & { decidedAt: string | null; knownFrom: string; knownTo: string | null; isTold: boolean }

const versions = sql`from ladder_fact f join ladder_fact_version v on v.fact_id = f.id left join drug d on d.id = f.drug_id left join unit u on u.id = f.unit_id left join region r on r.id = f.city_id left join company y on y.id = f.company_id`

/** Facts that speak of some drugs and units, those of all drugs and of everywhere among them, as they are known now or were on an instant: what everybody may see of them, and all of those that are the viewer's. */
export async function ladderFactsOf(db: Database, list: ListRow, knownOn: Instant | null, viewer: Purview, of: { drugs: readonly number[] | null; units: readonly number[] | null }): Promise<LadderFact[]> {
  const about = (column: SQL, ids: readonly number[] | null) => (ids === null ? sql`true` : sql`(${column} is null or ${column} = any(${arrayOf('int', ids)}))`)
  return factsWhere(db, knownOn, viewer, sql`f.list_id = ${list.id} and ${versionKnown(knownOn)} and ${about(sql`f.drug_id`, of.drugs)} and ${about(sql`f.unit_id`, of.units)}`, sql`order by f.id`)
}

/** A page of the facts that are the asker's, or (of what is everybody's) all that were not refused; the latest said first. */
export async function ladderFactsAnswer(db: Database, list: ListRow, knownOn: Instant | null, viewer: Purview, filter: LadderFactFilter, { offset, limit }: { offset: number; limit: number }): Promise<LadderFactsAnswer> {
  const asked = sql`f.list_id = ${list.id} and ${versionKnown(knownOn)} and ${filterClause(filter)} and ${ladderFactsWithin(viewer)}`
  const facts = await factsWhere(db, knownOn, viewer, asked, sql`order by v.known_from desc, f.id desc limit ${limit} offset ${offset}`)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${versions} where ${asked}`)
  return { basis: basisOf(list, { evidence: null, asOf: list.today, knownOn, since: null }), facts, page: { offset, limit, total: count!.total } }
}

/** A fact as it is known now with what was known of it before, the latest first; null if it is none that the viewer may see. */
export async function ladderFactByCode(db: Database, list: ListRow, viewer: Purview, code: string): Promise<LadderFactAnswer | null> {
  const [fact, ...former] = await factsWhere(db, null, viewer, sql`f.list_id = ${list.id} and f.code = ${code}`, sql`order by v.version desc`)
  return !fact || fact.knownTo !== null ? null : { fact, former }
}

/** Versions `v` of facts `f`. Of what a company entered, the note and why it was refused are for whose it is; so is what was refused. */
async function factsWhere(db: Database, knownOn: Instant | null, viewer: Purview, where: SQL, rest: SQL): Promise<LadderFact[]> {
  const mine = sql`(f.origin <> 'company' or ${ladderFactsWithin(viewer)})`
  const rows = await rowsOf<Raw>(db, sql`
    select f.code, v.version, f.rung, d.code as drug, u.code as unit, r.code as city, r.name as "cityName", v.says, v.detail, v.valid_from::text as "validFrom", v.valid_to::text as "validTo", v.exact, v.source,
           v.note, f.origin, v.office as "enteredBy", v.standing, v.decided_office as "decidedBy", v.decided_at as "decidedAt", v.reason,
           v.known_from as "knownFrom", ${knownOn === null ? sql`v.known_to` : sql`case when v.known_to <= ${knownOn} then v.known_to end`} as "knownTo", ${mine} as "isTold"
    ${versions} where ${where} and (v.standing <> 'refused' or ${ladderFactsWithin(viewer)}) ${rest}`)
  const instant = (text: string | null) => text && new Date(text).toISOString()
  return rows.map(({ isTold, ...row }) => ({
    ...row, note: isTold ? row.note : null, reason: isTold ? row.reason : null, decidedAt: instant(row.decidedAt), knownFrom: instant(row.knownFrom)!, knownTo: instant(row.knownTo),
  }))
}

function filterClause({ rung, drug, unit, standing, origin }: LadderFactFilter): SQL {
  return sql.join([
    sql`true`,
    ...(rung === undefined ? [] : [sql`f.rung = ${rung}`]), ...(drug === undefined ? [] : [sql`d.code = ${drug}`]), ...(unit === undefined ? [] : [sql`u.code = ${unit}`]),
    ...(standing === undefined ? [] : [sql`v.standing = ${standing}`]), ...(origin === undefined ? [] : [sql`f.origin = ${origin}`]),
  ], sql` and `)
}
