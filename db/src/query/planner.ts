import { sql, type SQL } from 'drizzle-orm'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { PlannerInstitution, PlannerPlaces } from '@lastmile/shared/planner'
import { noState, stateCode, type State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { evidenceCodes, kindCodes, stateCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { institutionsSaidOf, versionConditions } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { factsFor, lookupFor, momentOf, type When } from './question.js'

/** For which drug, where, and of whom is chosen. */
export interface PlannerFilter {
  drug: number
  area: Area | null
  /** Code of the unit whose institutions alone are candidates: a city may hold those of two. Null: of any. */
  unit: string | null
  /** Null: the finest that are loaded. */
  places: PlannerPlaces | null
  kinds: readonly Kind[] | null
  levels: readonly string[] | null
}

/** A place from which people come. */
export interface DemandPlace {
  code: string
  name: Text
  unit: string
  lat: number
  lng: number
  population: number | null
}

/** An institution by its id, with where it stands. */
export interface Standing {
  id: number
  lat: number
  lng: number
  isAtMiddle: boolean
}

/** What a plan is made of: where people come from, who has the drug, and who might. */
export interface PlannerWorld {
  by: PlannerPlaces
  places: DemandPlace[]
  unplacedPlaces: number
  populationSource: Text | null
  stocked: Standing[]
  unplacedStocked: number
  byEligibility: boolean
  /** Those nearest to having it first ({@link nearestToHaving}), and then in the order of units and codes. */
  candidates: (Standing & SaidOf)[]
  /** Those that nobody finds on the map, in the same order. */
  unplacedCandidates: ({ id: number } & SaidOf)[]
}

/** What is said of who may be chosen; null: nothing. */
interface SaidOf {
  state: State | null
}

/** Institutions looked up together. */
const atOnce = 2_000

/** Of what reaches the same, who is nearest to having it goes first: what is on order, then who ran out, then who says nothing, then who said no. */
const nearestToHaving: readonly (State | null)[] = ['on_order', 'out_of_stock', 'stale', 'not_known', 'not_reported', null, 'not_carried', 'discontinued']

/** What a plan is made of, as known now. */
export async function plannerWorld(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: PlannerFilter): Promise<PlannerWorld> {
  const facts = await factsFor(db, list)
  const lookup = lookupFor(db, list, facts, when)
  const lens = evidenceCodes.code(when.evidence)
  const { eligibilityLoaded: byEligibility, eligibleWhenReported } = facts.drugs.get(filter.drug)!
  const said = await institutionsSaidOf(db, list, { areas: null, kind: null }, momentOf(list, when), filter.drug, null)
  const states = new Map<number, number>()
  const eligible = new Set<number>()
  for (let at = 0; at < said.length; at += atOnce) {
    for (const [id, own] of await lookup.on(lens, said.slice(at, at + atOnce), filter.drug)) {
      if (own.state !== noState) states.set(id, own.state)
      if (own.eligible === true) eligible.add(id)
    }
  }
  const all = await openIn(db, list, when.asOf, filter)
  if (byEligibility && !eligibleWhenReported) {
    const filed = new Set((await rowsOf<{ id: number }>(db, sql`select institution_id as id from eligibility where list_id = ${list.id} and known_to is null`)).map(({ id }) => id))
    const others = all.filter(({ id }) => filed.has(id) && !eligible.has(id)).map(({ id }) => id)
    for (let at = 0; at < others.length; at += atOnce) for (const [id, own] of await lookup.on(lens, others.slice(at, at + atOnce), filter.drug)) if (own.eligible === true) eligible.add(id)
  }
  const inStock = stateCode('in_stock')
  const has = (id: number) => states.get(id) === inStock
  const stocking = said.filter(has)
  const stocked = await standing(db, sql`v.institution_id = any(${arrayOf('int', stocking)})`)
  const open = all.filter(({ id }) => !has(id) && (!byEligibility || eligible.has(id)))
  const rank = (state: State | null) => nearestToHaving.indexOf(state)
  const candidates = open.map((one) => ({ ...one, state: states.has(one.id) ? stateCodes.word(states.get(one.id)!) : null })).sort((a, b) => rank(a.state) - rank(b.state))
  return {
    ...(await placesIn(db, list, filter)), stocked: stocked.filter(isPlaced), unplacedStocked: stocking.length - stocked.filter(isPlaced).length, byEligibility,
    candidates: candidates.filter(isPlaced), unplacedCandidates: candidates.filter((one) => !isPlaced(one)),
  }
}

type Unsure = Omit<Standing, 'lat' | 'lng'> & { lat: number | null; lng: number | null }

function isPlaced<One extends Unsure>(one: One): one is One & Standing {
  return one.lat !== null && one.lng !== null
}

/** Institutions that may be chosen by what masters say of them: in the area, of the kinds and levels, open on the day; by unit and code. */
async function openIn(db: Database, list: ListRow, asOf: Day, { area, unit, kinds: of, levels }: PlannerFilter): Promise<Unsure[]> {
  const conditions: SQL[] = [
    sql`i.region_set_id = ${list.regionSetId}`, versionConditions({ areas: area && [area], kind: null }),
    sql`(v.opened_on is null or v.opened_on <= ${asOf}) and (v.closed_on is null or v.closed_on > ${asOf})`,
  ]
  if (unit !== null) conditions.push(sql`u.code = ${unit}`)
  if (of !== null) conditions.push(sql`v.kind = any(${arrayOf('int', kinds.filter((kind) => of.includes(kind)).map((kind) => kindCodes.code(kind)))})`)
  if (levels !== null) conditions.push(sql`v.level = any(${textArray([...levels])})`)
  return standing(db, sql.join(conditions, sql` and `))
}

/** Where some institutions stand, as known now; where nobody says, at the middle of their city. */
function standing(db: Database, condition: SQL): Promise<Unsure[]> {
  return rowsOf<Unsure>(db, sql`
    select i.id, coalesce(v.latitude, c.latitude) as lat, coalesce(v.longitude, c.longitude) as lng, v.latitude is null as "isAtMiddle"
    from institution i join institution_version v on v.institution_id = i.id and v.known_to is null left join region c on c.id = v.city_id left join unit u on u.id = v.unit_id
    where ${condition} order by u.slot nulls last, i.code collate "C"`)
}

interface RegionRow extends Omit<DemandPlace, 'lat' | 'lng'> {
  city: string
  isCity: boolean
  lat: number | null
  lng: number | null
}

/** The places of an area (of the Corps: where its institutions lie, whoever reported of them or not): counties, and cities of which no county has a middle; or cities. */
async function placesIn(db: Database, list: ListRow, { area, places }: PlannerFilter): Promise<Pick<PlannerWorld, 'by' | 'places' | 'unplacedPlaces' | 'populationSource'>> {
  const within = area === null ? sql`true` : area.level === 'city' ? sql`c.code = ${area.code}` : sql`((${area.polygon} and c.parent = ${area.code}) or c.id in (select v.city_id from institution_version v where v.unit_id = ${area.unitId} and v.known_to is null))`
  const rows = await rowsOf<RegionRow>(db, sql`
    select r.code, r.name, coalesce(c.parent, c.code) as unit, c.code as city, r.level = 'city' as "isCity", r.latitude as lat, r.longitude as lng, r.population
    from region c join region r on r.region_set_id = c.region_set_id and (r.id = c.id or (r.level = 'county' and r.parent = c.code))
    where c.region_set_id = ${list.regionSetId} and c.level = 'city' and ${within} order by r.code collate "C"`)
  const [source] = await rowsOf<{ populationSource: Text | null }>(db, sql`select population_source as "populationSource" from region_set where id = ${list.regionSetId}`)
  const cut = new Set(rows.filter((row) => !row.isCity && row.lat !== null && row.lng !== null).map(({ city }) => city))
  const by = places ?? (cut.size > 0 ? 'county' : 'city')
  const cities = rows.filter((row) => row.isCity && (by === 'city' || !cut.has(row.city)))
  const wanted = by === 'city' ? cities : [...cities, ...rows.filter((row) => !row.isCity && cut.has(row.city))].sort((a, b) => (a.code < b.code ? -1 : 1))
  const placed = wanted.flatMap(({ code, name, unit, lat, lng, population }) => (lat === null || lng === null ? [] : [{ code, name, unit, lat, lng, population }]))
  return { by, places: placed, unplacedPlaces: wanted.length - placed.length, populationSource: source!.populationSource }
}

/** Institutions by id, as a plan names them. */
export async function plannerInstitutions(db: Database, ids: readonly number[]): Promise<Map<number, PlannerInstitution>> {
  const rows = await rowsOf<Omit<PlannerInstitution, 'kind' | 'cityName'> & { id: number; kind: number; cityName: Text | null }>(db, sql`
    select i.id, i.code, v.name, v.kind, v.level, u.code as unit, c.code as city, c.name as "cityName", coalesce(v.latitude, c.latitude) as lat, coalesce(v.longitude, c.longitude) as lng, v.latitude is null as "isAtMiddle"
    from institution i join institution_version v on v.institution_id = i.id and v.known_to is null left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', ids)})`)
  return new Map(rows.map(({ id, kind, ...row }) => [id, { ...row, kind: kindCodes.word(kind) }]))
}
