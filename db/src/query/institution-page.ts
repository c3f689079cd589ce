import { sql } from 'drizzle-orm'
import type { Instant } from '@lastmile/shared/day'
import type { InstitutionOrder, Sort } from '@lastmile/shared/sort'
import type { ListFacts } from '../coverage/list-facts.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import { institutionConditions, institutionOrder, institutionsIn, versionConditions, type InstitutionLimits } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { throughParts, type Window } from './through-parts.js'

/** Which institutions of all are answered, and in which order; `sort` null is by unit and code. */
export interface InstitutionPage extends Window {
  sort: Sort<InstitutionOrder> | null
}

/** A page of the institutions within limits, as the masters said at the instant asked for: their ids, and how many there are. */
export async function pageOfInstitutions(db: Database, list: ListRow, facts: ListFacts, limits: InstitutionLimits, knownOn: Instant | null, page: InstitutionPage): Promise<{ ids: number[]; total: number }> {
  const { offset, limit, sort } = page
  // What is searched for is looked for once, and its whole order read: a search finds few.
  if (limits.search) {
    const ids = await institutionsIn(db, list, limits, knownOn, sort)
    return { ids: ids.slice(offset, offset + limit), total: ids.length }
  }
  if ((sort === null || sort.by === 'unit') && !limits.areas && !limits.box) return byUnit(db, list, facts, limits, knownOn, page)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from ${among(list, limits, knownOn)}`)
  return { ids: await idsOf(db, list, limits, knownOn, page), total: count!.total }
}

/** Unit by unit: no more are put in order than one unit has. */
async function byUnit(db: Database, list: ListRow, facts: ListFacts, limits: InstitutionLimits, knownOn: Instant | null, { offset, limit, sort }: InstitutionPage): Promise<{ ids: number[]; total: number }> {
  const counted = new Map((await rowsOf<{ unit: number; total: number }>(db, sql`
    select v.unit_id as unit, count(*)::int as total from institution_version v
    where ${versionKnown(knownOn)} and v.unit_id = any(${arrayOf('int', facts.units.map(({ id }) => id))}) and ${versionConditions(limits)} group by v.unit_id`)).map(({ unit, total }) => [unit, total]))
  const [none] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from ${among(list, { ...limits, unit: null }, knownOn)}`)
  const units = facts.units.map(({ id }) => ({ unit: id as number | null, total: counted.get(id) ?? 0 }))
  if (sort?.falling) units.reverse()
  // What lies in no unit stands last either way.
  units.push({ unit: null, total: none!.total })
  const ids = await throughParts(units, { offset, limit }, ({ unit }, window) => idsOf(db, list, { ...limits, unit }, knownOn, { ...window, sort: null }))
  return { ids, total: units.reduce((sum, { total }) => sum + total, 0) }
}

async function idsOf(db: Database, list: ListRow, limits: InstitutionLimits, knownOn: Instant | null, { offset, limit, sort }: InstitutionPage): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(db, sql`select i.id from ${among(list, limits, knownOn)} order by ${institutionOrder(sort)} limit ${limit} offset ${offset}`)
  return rows.map((row) => row.id)
}

function among(list: ListRow, limits: InstitutionLimits, knownOn: Instant | null) {
  return sql`institution i join institution_version v on v.institution_id = i.id and ${versionKnown(knownOn)} left join unit u on u.id = v.unit_id where ${institutionConditions(list, limits, knownOn)}`
}
