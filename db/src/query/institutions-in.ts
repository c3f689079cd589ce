import { sql, type SQL } from 'drizzle-orm'
import type { Box } from '@lastmile/shared/box'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import type { InstitutionOrder, Sort } from '@lastmile/shared/sort'
import { institutionsNaming } from '../coverage/named.js'
import type { Moment } from '../coverage/pairs-on.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { Area, NoUnit } from './area.js'
import { inBox } from './in-box.js'
import type { ListRow } from './lists.js'

/** Which institutions of a list's region set. */
export interface InstitutionLimits {
  /** Those of any of these. */
  areas: readonly (Area | NoUnit)[] | null
  kind: Kind | null
  /** Those of this unit, or (null) of none. */
  unit?: number | null | undefined
  /** Those with a position in it. */
  box?: Box | null
  /** Those with a position, or without one. */
  placed?: boolean | null
  /** Exactly this code. */
  code?: string | null
  /** Part of the name or of the code, without regard to case. */
  search?: string | null
  /** Those of which anything holds or ever held in the list, as known now. */
  said?: boolean
}

/** Conditions on an institution `i` and its version `v`, as the masters said at the instant asked for. */
export function institutionConditions(list: ListRow, limits: InstitutionLimits, knownOn: Instant | null): SQL {
  const parts: SQL[] = [sql`i.region_set_id = ${list.regionSetId}`, versionConditions(limits)]
  // Not correlated: institutions stand on every node of a distributed database, and shelves are spread over them.
  if (limits.said) parts.push(sql`i.id in (select s.institution_id from shelf s where s.list_id = ${list.id})`)
  if (limits.code) parts.push(sql`i.code = ${limits.code}`)
  if (limits.search) parts.push(named(limits.search, knownOn, Boolean(limits.areas ?? limits.box)))
  return sql.join(parts, sql` and `)
}

/** Those of them that a version `v` alone can meet. */
export function versionConditions(limits: InstitutionLimits): SQL {
  const parts: SQL[] = []
  if (limits.areas) parts.push(inAreas(limits.areas))
  if (limits.unit !== undefined) parts.push(limits.unit === null ? sql`v.unit_id is null` : sql`v.unit_id = ${limits.unit}`)
  if (limits.box) parts.push(inBox(limits.box))
  if (typeof limits.placed === 'boolean') parts.push(limits.placed ? sql`v.latitude is not null` : sql`v.latitude is null`)
  if (limits.kind) parts.push(sql`v.kind = ${kindCodes.code(limits.kind)}`)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** That the version `v` of an institution lies in any of some areas, or in no unit. */
export function inAreas(areas: readonly (Area | NoUnit)[]): SQL {
  return sql`(${sql.join(areas.map(lies), sql` or `)})`
}

function lies(area: Area | NoUnit): SQL {
  if (area.level === 'none') return sql`v.unit_id is null`
  return area.level === 'unit' ? sql`v.unit_id = ${area.unitId}` : sql`v.city_id = ${area.cityId}`
}

/**
 * Those with a text in their name or code. Unless `few` are looked at, names and codes are looked through each by itself:
 * put together first, a quarter of a million of them cost several times as much. Where letters have no case (Chinese has
 * none), none is folded.
 */
function named(text: string, knownOn: Instant | null, few: boolean): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const like = text.toLowerCase() === text.toUpperCase() ? sql`like` : sql`ilike`
  if (few) return sql`(v.name ${like} ${pattern} or i.code ${like} ${pattern})`
  return sql`i.id in (select v.institution_id from institution_version v where ${versionKnown(knownOn)} and v.name ${like} ${pattern} union all select c.id from institution c where c.code ${like} ${pattern})`
}

/** What institutions are ordered by. Letters by their code points: what a server's locale says of them is another in each home of the data. */
const orders: Record<InstitutionOrder, SQL> = {
  name: sql`v.name collate "C"`, code: sql`i.code collate "C"`, kind: sql`v.kind`, level: sql`v.level collate "C"`, unit: sql`u.slot`, address: sql`v.address collate "C"`,
}

/** The order of institutions `i` with their versions `v` and units `u`: by unit and code, or as asked and then so. */
export function institutionOrder(sort: Sort<InstitutionOrder> | null): SQL {
  const usual = sql`u.slot, i.code collate "C"`
  return sort === null ? usual : sql`${orders[sort.by]} ${sort.falling ? sql`desc` : sql`asc`} nulls last, ${usual}`
}

/** Ids of the institutions within limits, as the masters said at the instant asked for, by unit and code or as asked. `among` limits them to some. */
export async function institutionsIn(db: Database, list: ListRow, limits: InstitutionLimits, knownOn: Instant | null, sort: Sort<InstitutionOrder> | null, among: readonly number[] | null = null): Promise<number[]> {
  const some = among === null ? sql`true` : sql`i.id = any(${arrayOf('int', among)})`
  const rows = await rowsOf<{ id: number }>(db, sql`
    select i.id from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(knownOn)}
    left join unit u on u.id = v.unit_id where ${institutionConditions(list, limits, knownOn)} and ${some} order by ${institutionOrder(sort)}`)
  return rows.map((row) => row.id)
}

/** Up to so many, those that name a drug are looked for one by one. */
const fewNamed = 2_000

/**
 * The same of those of which anything was ever said: of a drug, of any of some, or (null) of any drug of the list. `maintained`: what is
 * kept up to date answers the question.
 */
export async function institutionsSaidOf(db: Database, list: ListRow, limits: InstitutionLimits, { knownOn, since, maintained }: Omit<Moment, 'asOf'>, drug: number | readonly number[] | null, sort: Sort<InstitutionOrder> | null): Promise<number[]> {
  if (drug === null && maintained) return institutionsIn(db, list, { ...limits, said: true }, knownOn, sort)
  const drugs = drug === null ? (await rowsOf<{ id: number }>(db, sql`select id from drug where list_id = ${list.id}`)).map((row) => row.id) : [drug].flat()
  const named = since !== null && since < list.inForce ? await namedBefore(db, list, drugs, since) : await institutionsNaming(db, drugs)
  const narrow = limits.areas || limits.code || limits.unit !== undefined
  if (named.length <= fewNamed || !narrow) return institutionsIn(db, list, limits, knownOn, sort, named)
  const among = new Set(named)
  return (await institutionsIn(db, list, limits, knownOn, sort)).filter((id) => among.has(id))
}

/** Where supplies count that were seen before the list came into force, those too at which nothing else was ever said of a drug: all that a report names which tells of such a day. */
async function namedBefore(db: Database, list: ListRow, drugs: readonly number[], since: Day): Promise<number[]> {
  const [first, last] = [dayNumber(since), dayNumber(list.inForce) - 1]
  const rows = await rowsOf<{ id: number }>(db, sql`
    select distinct l.institution_id as id from report r join report_lines l on l.report_id = r.id
    where r.list_id = ${list.id} and r.evidence = ${evidenceCodes.code('supplied')}
      and r.id in (select d.report_id from report_drug d, unnest(d.days) as day where d.drug_id = any(${arrayOf('int', drugs)}) and day between ${first} and ${last})`)
  return [...new Set([...await institutionsNaming(db, drugs), ...rows.map((row) => row.id)])]
}
