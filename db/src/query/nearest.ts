import { sql, type SQL } from 'drizzle-orm'
import type { Opening } from '@lastmile/shared/chain'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { NearestAnswer, NearestRow } from '@lastmile/shared/nearest'
import { boxesAround, distanceKm, earthRadiusKm, farthestKm, type Position } from '@lastmile/shared/position'
import { stateCode } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { countAt, stateCounter, wholeSlot } from '../coverage/counts.js'
import { holdingsOn, type ShelfRow } from '../coverage/holding.js'
import { institutionsNaming } from '../coverage/named.js'
import { institutionOn } from '../coverage/pairs-on.js'
import { openingColumns } from '../coverage/places.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { countedStates } from './counted-states.js'
import type { DrugRow } from './drugs.js'
import { inBox } from './in-box.js'
import { lineKey, linesOf, type LineOfReport } from './lines-of.js'
import { codesOfInstitutions } from './lines-of-report.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, type When } from './question.js'

/** The nearest of what: from where, of which kind, how many, at most how far in kilometres. */
export interface NearestFilter {
  drug: DrugRow
  position: Position
  kind: Kind | null
  count: number
  within: number | null
}

/** An institution that stocks the drug, how far it is from where was asked, and the line of the report that says so. */
interface Found extends LineOfReport {
  km: number
}

/** What both ways of looking need. `wanted` is one more than asked for, to know whether there are more. */
interface Search extends NearestFilter {
  list: ListRow
  when: When & { evidence: Evidence }
  wanted: number
}

/**
 * Ways that find the same, by what each costs with 250,000 institutions. Stocked at more than `few`: circles that grow
 * around the place. At fewer, the institutions ever named with the drug are known first: up to `veryFew` of them are
 * simply all looked at, more only make the circles cheaper to look through, and beyond `most` not even that. Where nobody
 * lies within `farKm`, from abroad or from the sea, a circle that reaches anybody may reach everybody: then all are put in
 * order first.
 */
const usual = { few: 5_000, veryFew: 1_200, most: 20_000, farKm: 300 }

/**
 * The institutions nearest to a position that stock a drug, as known now, by true distance (not by degrees). Answers as
 * many as were asked for unless no more are known within the distance. `day` may be any day up to the list's today.
 * `ways` sets the limits between its ways of looking.
 */
export async function nearestOf(db: Database, list: ListRow, evidence: Evidence, asOf: Day, filter: NearestFilter, ways: Partial<typeof usual> = {}): Promise<NearestAnswer> {
  const search: Search = { ...filter, list, when: { evidence, asOf, knownOn: null, since: null }, wanted: filter.count + 1 }
  const [stocked, around] = await Promise.all([stockedOn(db, search), samplePlaces(db, search)])
  const { few, veryFew, most, farKm } = { ...usual, ...ways }
  const named = stocked > 0 && stocked <= few ? await institutionsNaming(db, [filter.drug.id]) : null
  const found = stocked === 0 ? []
    : named && named.length <= veryFew ? await inOrder(db, search, { among: sql`v.institution_id = any(${arrayOf('int', named)})`, all: named.length, first: search.wanted * 3 })
    : (around.km[0] ?? 0) > farKm ? await inOrder(db, search, { among: sql`true`, all: await placedInAll(db), first: Math.ceil(1.4 * search.wanted * Math.max(1, around.about / stocked)) })
    : await fromPlace(db, search, named && named.length <= most ? isAmong(named) : sql`true`, firstRadius(search, around, stocked))
  const { position, kind, count, within } = filter
  return { basis: basisOf(list, search.when), drug: filter.drug.data.code, position, kind, count, within, stocked, rows: await rowsOfFound(db, found.slice(0, count)), more: found.length > count }
}

/** Institutions of the kind that stock the drug anywhere, by what is maintained. */
async function stockedOn(db: Database, { list, when, drug, kind }: Search): Promise<number> {
  const counted = await countedStates(db, list, when, null, [drug.id])
  const wanted = kinds.filter((one) => kind === null || one === kind).map((one) => stateCounter(kindCodes.code(one), stateCode('in_stock')))
  return counted.reduce((sum, { counts }) => sum + wanted.reduce((own, counter) => own + countAt(counts, wholeSlot, counter), 0), 0)
}

/** `all` the institutions of a condition on their version `v`, the nearest looked at first: so many, then twice as many, until enough are found or nobody is left. */
async function inOrder(db: Database, search: Search, { among, all, first }: { among: SQL; all: number; first: number }): Promise<Found[]> {
  const limit = search.within ?? farthestKm
  const found: Found[] = []
  for (let at = 0, some = first; at < all; at += some, some *= 2) {
    const { farthest, stocked } = await lookedAt(db, search, sql`${among} order by ${chordFrom(search.position)}, v.institution_id limit ${some} offset ${at}`, (km) => km <= limit)
    for (const one of stocked) found.push(one)
    // What lies as far as the last one that is wanted may be among those not looked at yet: which of them is told goes by code.
    if (farthest > Math.min(limit, lastWanted(found, search))) break
  }
  return nearestFirst(db, found, search)
}

/** How many institutions have a position now. */
async function placedInAll(db: Database): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from institution_version where known_to is null and latitude is not null`)
  return row!.n
}

/** Picks of versions `v` those of institutions that are named, in the order of ids: a bit for each id, so that neither planning nor looking costs more the more there are. */
function isAmong(named: readonly number[]): SQL {
  const bits = new Uint8Array((named.at(-1)! >> 3) + 1)
  for (const id of named) bits[id >> 3]! |= 1 << (id & 7)
  return sql`case when v.institution_id < ${8 * bits.length} then get_bit(${Buffer.from(bits)}::bytea, v.institution_id) = 1 else false end`
}

/**
 * Everything within a circle, then within the ring around it, and so on until enough are found or nothing is left. What
 * lies beyond the circle is farther than all that was found, so no nearer one is missed.
 */
async function fromPlace(db: Database, search: Search, among: SQL, radius: number): Promise<Found[]> {
  const limit = Math.min(search.within ?? farthestKm, farthestKm)
  const found: Found[] = []
  let from = -1
  let to = Math.min(limit, radius)
  for (;;) {
    for (const one of await stockedBetween(db, search, among, from, to)) found.push(one)
    if (found.length >= search.wanted || to >= limit) return nearestFirst(db, found, search)
    from = to
    // As far as so many would lie if it went on as it began; never by so little that it takes many rounds.
    to = Math.min(limit, to * Math.min(4, Math.max(1.25, Math.sqrt((1.5 * search.wanted) / Math.max(1, found.length)))))
  }
}

/** Distances in kilometres of some institutions around, stocked or not, and about how many have a position at all (a guess; 0 where there is none). */
interface Sample {
  km: number[]
  about: number
}

/** What lies around, to begin from: not the nearest, since the index orders by degrees. */
async function samplePlaces(db: Database, { position }: Search): Promise<Sample> {
  const near = await rowsOf<{ lat: number; lng: number; about: number | null }>(db, sql`
    select latitude as lat, longitude as lng, (select max(reltuples)::float8 from pg_class where relname = 'institution_version_position') as about
    from institution_version where known_to is null and latitude is not null
    order by point(longitude, latitude) <-> point(${position.lng}::float8, ${position.lat}::float8) limit 50`)
  return { km: near.map((one) => distanceKm(position, one)).sort((a, b) => a - b), about: Math.max(0, near[0]?.about ?? 0) }
}

/** Kilometres within which enough may lie, if they are as dense as the sample and as often stocked as everywhere. */
function firstRadius({ wanted }: Search, { km, about }: Sample, stocked: number): number {
  if (km.length === 0) return farthestKm
  const needed = 1.4 * wanted * Math.max(1, about / stocked)
  return Math.max(1, km[Math.floor(km.length * 0.8)]! * Math.sqrt(needed / (km.length * 0.8)))
}

/** Institutions of the kind (`among` those that a condition names) that stock the drug, farther than `from` and not farther than `to` kilometres. */
async function stockedBetween(db: Database, search: Search, among: SQL, from: number, to: number): Promise<Found[]> {
  const boxes = boxesAround(search.position, to).map(inBox)
  // The database leaves out what clearly lies elsewhere in the boxes; which side of a border an institution is on is told here, in one arithmetic.
  const chordOf = (km: number) => Math.sin(Math.min(Math.PI, km / earthRadiusKm) / 2) ** 2
  const least = from <= 0 ? -1 : chordOf(from) * (1 - 1e-9) - 1e-18
  const condition = sql`(${sql.join(boxes, sql` or `)}) and ${among} and ${chordFrom(search.position)} between ${least}::float8 and ${chordOf(to) * (1 + 1e-9) + 1e-18}::float8`
  return (await lookedAt(db, search, condition, (km) => km > from && (km <= to || to >= farthestKm))).stocked
}

/** What the haversine formula takes the arc sine of, for a version `v`: it grows with the distance, and needs no root. */
function chordFrom({ lat, lng }: Position): SQL {
  return sql`(sin(radians(v.latitude - ${lat}::float8) / 2) ^ 2 + cos(radians(${lat}::float8)) * cos(radians(v.latitude)) * sin(radians(v.longitude - ${lng}::float8) / 2) ^ 2)`
}

/**
 * Looks at the institutions of the kind that have a position now and fit a condition on their version `v`, which may end
 * with an order and a limit: the distance of the farthest of them, and those at a distance asked for that stock the drug.
 * Institutions without a shelf, of which nothing was ever said, are passed by.
 */
async function lookedAt(db: Database, { list, when, position, kind, drug }: Search, condition: SQL, isAsked: (km: number) => boolean): Promise<{ farthest: number; stocked: Found[] }> {
  const rows = await rowsOf<ShelfRow & Opening & { lat: number; lng: number }>(db, sql`
    select p.*, s.pairs, s.eligible from (
      select v.institution_id as institution, v.latitude as lat, v.longitude as lng, ${openingColumns} from institution_version v
      where v.known_to is null and v.latitude is not null and ${kind === null ? sql`true` : sql`v.kind = ${kindCodes.code(kind)}`} and ${condition}
    ) p join shelf s on s.institution_id = p.institution and s.list_id = ${list.id}`)
  const placed = rows.map((row) => ({ row, km: distanceKm(position, row) }))
  const asked = placed.filter((one) => isAsked(one.km))
  const [facts, day] = [await factsFor(db, list), dayNumber(when.asOf)]
  const holdings = await holdingsOn(db, list.id, asked.map((one) => one.row), day, drug.id)
  return {
    farthest: placed.reduce((most, { km }) => Math.max(most, km), 0),
    stocked: asked.flatMap(({ row, km }) => {
      const [pair] = institutionOn(facts, evidenceCodes.code(when.evidence), holdings.get(row.institution)!, row, day, drug.id).pairs
      return pair?.state === stateCode('in_stock') ? [{ institution: row.institution, km, report: pair.report, line: pair.line }] : []
    }),
  }
}

/** How far the last one lies that is wanted, of those found so far; no limit where there are fewer. Puts them by distance. */
function lastWanted(found: Found[], { wanted }: Search): number {
  return found.sort((a, b) => a.km - b.km)[wanted - 1]?.km ?? Infinity
}

/** As many as are wanted by distance, what lies as far by code. */
async function nearestFirst(db: Database, found: Found[], search: Search): Promise<Found[]> {
  const farthest = lastWanted(found, search)
  const near = found.filter(({ km }) => km <= farthest)
  if (near.every(({ km }, at) => km !== near[at - 1]?.km)) return near
  const codes = await codesOfInstitutions(db, near.map((one) => one.institution))
  return near.sort((a, b) => a.km - b.km || (codes.get(a.institution)! < codes.get(b.institution)! ? -1 : 1)).slice(0, search.wanted)
}

async function rowsOfFound(db: Database, found: readonly Found[]): Promise<NearestRow[]> {
  const ids = found.map((one) => one.institution)
  const reading = rowsOf<Omit<NearestRow, 'kind' | 'position' | 'km' | 'state' | 'day' | 'cityName'> & { id: number; kind: number; cityName: Text | null; lat: number; lng: number; datum: string | null }>(db, sql`
    select i.id, i.code, v.name, v.kind, u.code as unit, c.code as city, c.name as "cityName", v.address, v.telephone, v.dual_channel as "dualChannel", v.latitude as lat, v.longitude as lng, v.datum
    from institution i join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.id = any(${arrayOf('int', ids)})`)
  const [rows, lines] = await Promise.all([reading, linesOf(db, found)])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.map((one) => {
    const { institution, km } = one
    const { id: _, lat, lng, datum, kind, ...row } = byId.get(institution)!
    return { ...row, kind: kindCodes.word(kind), position: { lat, lng, datum: datum ?? 'WGS84' }, km: Math.round(km * 10) / 10, state: 'in_stock', day: dayOfNumber(lines.get(lineKey(one))!.day) }
  })
}
