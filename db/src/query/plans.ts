import { sql, type SQL } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Plan, PlanAnswer, PlansAnswer } from '@lastmile/shared/plan'
import type { Purview } from '@lastmile/shared/purview'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { Area } from './area.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'
import { plansWithin } from './within-purview.js'

/** Which plans are asked for. */
export interface PlanFilter {
  /** Narrow id of a drug that they name. */
  drug: number | null
  /** Where they are sold. */
  area: Area | null
  insurer: string | null
  /** The day that their days hold; null: any. */
  day: Day | null
}

interface Raw extends Omit<Plan, 'knownFrom' | 'knownTo'> {
  knownFrom: string
  knownTo: string | null
}

/** Plans as they are known now or were on an instant, a page of them: those of the whole country first, then by unit, city and code. */
export async function plansOf(db: Database, list: ListRow, when: { asOf: Day; knownOn: Instant | null }, filter: PlanFilter, { offset, limit }: { offset: number; limit: number }): Promise<PlansAnswer> {
  const asked = sql`p.list_id = ${list.id} and ${versionKnown(when.knownOn)} and ${filterClause(filter)}`
  const plans = await plansWhere(db, when.knownOn, asked, sql`order by u.slot nulls first, r.code collate "C" nulls first, p.code collate "C" limit ${limit} offset ${offset}`)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${versions} where ${asked}`)
  return { basis: basisOf(list, { ...when, evidence: null, since: null }), plans, page: { offset, limit, total: count!.total } }
}

/** A plan as it is known now or was on an instant, with what was known of it before; null if nothing is. */
export async function planByCode(db: Database, list: ListRow, code: string, knownOn: Instant | null): Promise<PlanAnswer | null> {
  const said = await plansWhere(db, knownOn, sql`p.list_id = ${list.id} and p.code = ${code} and ${knownOn === null ? sql`true` : sql`v.known_from <= ${knownOn}`}`, sql`order by v.version desc`)
  const [plan, ...former] = said
  return !plan || plan.knownTo !== null ? null : { basis: basisOf(list, { evidence: null, asOf: list.today, knownOn, since: null }), plan, former }
}

/** A plan of the asker's as it is known now; null if it is another's, has ended, or never was. */
export async function findPlan(db: Database, list: ListRow, purview: Purview, code: string): Promise<Plan | null> {
  const [plan] = await plansWhere(db, null, sql`p.list_id = ${list.id} and p.code = ${code} and ${versionKnown(null)} and ${plansWithin(purview)}`, sql``)
  return plan ?? null
}

const versions = sql`from plan p join plan_version v on v.plan_id = p.id left join unit u on u.id = v.unit_id left join region r on r.id = v.city_id`

/** Versions `v` of plans `p`. What was not known yet on the instant of the question, when one came to its end among it, is left out. */
async function plansWhere(db: Database, knownOn: Instant | null, where: SQL, rest: SQL): Promise<Plan[]> {
  const rows = await rowsOf<Raw>(db, sql`
    select p.code, p.insurer, v.version, v.name, u.code as unit, r.code as city, r.name as "cityName", v.valid_from::text as "validFrom", v.valid_to::text as "validTo", v.source,
           (select coalesce(jsonb_agg(jsonb_build_object('drug', d.code, 'pays', n.pays) order by d.no), '[]') from plan_drug n join drug d on d.id = n.drug_id where n.plan_version_id = v.id) as drugs,
           v.known_from as "knownFrom", ${knownOn === null ? sql`v.known_to` : sql`case when v.known_to <= ${knownOn} then v.known_to end`} as "knownTo"
    ${versions} where ${where} ${rest}`)
  return rows.map((row) => ({ ...row, knownFrom: new Date(row.knownFrom).toISOString(), knownTo: row.knownTo && new Date(row.knownTo).toISOString() }))
}

function filterClause({ drug, area, insurer, day }: PlanFilter): SQL {
  return sql.join([
    sql`true`,
    ...(drug === null ? [] : [sql`exists (select 1 from plan_drug n where n.plan_version_id = v.id and n.drug_id = ${drug})`]),
    ...(area === null ? [] : [soldIn(area)]),
    ...(insurer === null ? [] : [sql`p.insurer = ${insurer}`]),
    ...(day === null ? [] : [sql`v.valid_from <= ${day} and (v.valid_to is null or v.valid_to >= ${day})`]),
  ], sql` and `)
}

/** Plans sold in a unit: in the whole country, all of it, or a city of it; in a city: in the whole country, all of its unit (or of one that has institutions there, as the Corps has in cities of Xinjiang), or the city. */
function soldIn(area: Area): SQL {
  if (area.level === 'unit') return sql`(v.unit_id is null or v.unit_id = ${area.unitId})`
  return sql`(v.unit_id is null or v.city_id = ${area.cityId} or v.city_id is null and (u.code = ${area.parent} or v.unit_id in (select unit_id from city_slot where city_id = ${area.cityId})))`
}
