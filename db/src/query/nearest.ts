import { sql, type SQL } from 'drizzle-orm'
import { dayOfNumber, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { NearestAnswer, NearestRow } from '@lastmile/shared/nearest'
import { boxesAround, distanceKm, earthRadiusKm, farthestKm, type Position } from '@lastmile/shared/position'
import { stateCode } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { countAt, stateCounter, wholeSlot } from '../coverage/counts.js'
import { institutionsNaming } from '../coverage/named.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { evidenceCodes, kindCodes } from '../schema/codes.js'
import { countedStates } from './counted-states.js'
import type { DrugRow } from './drugs.js'
import { inBox } from './in-box.js'
import { lineKey, linesOf, type LineOfReport } from './lines-of.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor, lookupFor, type When } from './question.js'

/** The nearest of what: from where, of which kind, how many, at most how far in kilometres. */
export interface NearestFilter {
  drug: DrugRow
  position: Position
  kind: Kind | null
  count: number
  within: number | null
}

/** An institution, and how far it is from where was asked. */
interface Placed {
  institution: number
  km: number
}

/** One that stocks the drug, with the line of the report that says so. */
interface Found extends Placed, LineOfReport {}

/** What both ways of looking need. `wanted` is one more than asked for, to know whether there are more. */
interface Search extends NearestFilter {
  list: ListRow
  when: When & { evidence: Evidence }
  wanted: number
}

/**
 * Three ways that find the same, by what each costs with 250,000 institutions. Stocked at more than `few`: circles that
 * grow around the place. At fewer, the institutions ever named with the drug are known first: up to `veryFew` of them
 * are simply all looked at, more only make the circles cheaper to look through, and beyond `most` not even that.
 */
const usual = { few: 5_000, veryFew: 1_200, most: 20_000 }

/**
 * The institutions nearest to a position that stock a drug, as known now, by true distance (not by degrees). Answers as
 * many as were asked for unless no more are known within the distance. `day` may be any day up to the list's today.
 * `ways` sets the limits between its ways of looking. @throws Error without the place in it, where the database fails
 */
export async function nearestOf(db: Database, list: ListRow, evidence: Evidence, asOf: Day, filter: NearestFilter, ways: Partial<typeof usual> = {}): Promise<NearestAnswer> {
  const search: Search = { ...filter, list, when: { evidence, asOf, knownOn: null, since: null }, wanted: filter.count + 1 }
  try {
    const [{ stocked, about }, sample] = await Promise.all([stockedOn(db, search), distancesAround(db, search)])
    const { few, veryFew, most } = { ...usual, ...ways }
    const named = stocked > 0 && stocked <= few ? await institutionsNaming(db, [filter.drug.id]) : null
    const among = named && named.length <= most ? sql`v.institution_id = any(${arrayOf('int', named)})` : null
    const found = stocked === 0 ? []
      : named && among && named.length <= veryFew ? await fromDrug(db, search, among)
      : await fromPlace(db, search, among ?? sql`true`, firstRadius(search, sample, stocked, about))
    const { position, kind, count, within } = filter
    return { basis: basisOf(list, search.when), drug: filter.drug.data.code, position, kind, count, within, stocked, rows: await rowsOfFound(db, found.slice(0, count)), more: found.length > count }
  } catch (error) {
    throw withoutPlace(error)
  }
}

/** Institutions of the kind that stock the drug anywhere, by what is maintained; and about how many have a position at all (a guess, 0 where there is none). */
async function stockedOn(db: Database, { list, when, drug, kind }: Search): Promise<{ stocked: number; about: number }> {
  const [row] = await rowsOf<{ about: number | null }>(db, sql`select max(reltuples)::float8 as about from pg_class where relname = 'institution_version_position'`)
  const counted = await countedStates(db, list, when, null, [drug.id])
  const wanted = kinds.filter((one) => kind === null || one === kind).map((one) => stateCounter(kindCodes.code(one), stateCode('in_stock')))
  const stocked = counted.reduce((sum, { counts }) => sum + wanted.reduce((own, counter) => own + countAt(counts, wholeSlot, counter), 0), 0)
  return { stocked, about: Math.max(0, row!.about ?? 0) }
}

/** All institutions ever named with the drug, the nearest looked at first. For drugs so rare that a circle would have to grow over the country. */
async function fromDrug(db: Database, search: Search, among: SQL): Promise<Found[]> {
  const limit = search.within ?? farthestKm
  const found: Found[] = []
  let some = search.wanted * 3
  for (let at = 0; ; at += some, some *= 2) {
    const placed = await placedAmong(db, search, sql`${among} order by ${chordFrom(search.position)}, v.institution_id limit ${some} offset ${at}`)
    found.push(...await stockedAmong(db, search, placed.filter((one) => one.km <= limit)))
    if (found.length >= search.wanted || placed.length < some || placed[placed.length - 1]!.km > limit) return found.sort(nearestFirst).slice(0, search.wanted)
  }
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
    found.push(...await stockedAmong(db, search, await placedBetween(db, search, among, from, to)))
    if (found.length >= search.wanted || to >= limit) return found.sort(nearestFirst).slice(0, search.wanted)
    from = to
    // As far as so many would lie if it went on as it began; never by so little that it takes many rounds.
    to = Math.min(limit, to * Math.min(4, Math.max(1.25, Math.sqrt((1.5 * search.wanted) / Math.max(1, found.length)))))
  }
}

/** How far some institutions around are, stocked or not, in kilometres: a sample to begin from, since the index orders by degrees. */
async function distancesAround(db: Database, { position }: Search): Promise<number[]> {
  const near = await rowsOf<{ lat: number; lng: number }>(db, sql`
    select latitude as lat, longitude as lng from institution_version where known_to is null and latitude is not null
    order by point(longitude, latitude) <-> point(${position.lng}::float8, ${position.lat}::float8) limit 50`)
  return near.map((one) => distanceKm(position, one)).sort((a, b) => a - b)
}

/** Kilometres within which enough may lie, if they are as dense as the sample and as often stocked as everywhere. */
function firstRadius({ wanted }: Search, sample: readonly number[], stocked: number, about: number): number {
  if (sample.length === 0) return farthestKm
  const needed = 1.4 * wanted * Math.max(1, about / stocked)
  return Math.max(1, sample[Math.floor(sample.length * 0.8)]! * Math.sqrt(needed / (sample.length * 0.8)))
}

/** Institutions of the kind (`among` those that a condition names) farther than `from` and not farther than `to` kilometres. */
async function placedBetween(db: Database, search: Search, among: SQL, from: number, to: number): Promise<Placed[]> {
  const boxes = boxesAround(search.position, to).map(inBox)
  // The database leaves out what clearly lies elsewhere in the boxes; which side of a border an institution is on is told here, in one arithmetic.
  const chordOf = (km: number) => Math.sin(Math.min(Math.PI, km / earthRadiusKm) / 2) ** 2
  const least = from <= 0 ? -1 : chordOf(from) * (1 - 1e-9) - 1e-18
  const placed = await placedAmong(db, search, sql`(${sql.join(boxes, sql` or `)}) and ${among} and ${chordFrom(search.position)} between ${least}::float8 and ${chordOf(to) * (1 + 1e-9) + 1e-18}::float8`)
  return placed.filter((one) => one.km > from && (one.km <= to || to >= farthestKm))
}

/** What the haversine formula takes the arc sine of, for a version `v`: it grows with the distance, and needs no root. */
function chordFrom({ lat, lng }: Position): SQL {
  return sql`(sin(radians(v.latitude - ${lat}::float8) / 2) ^ 2 + cos(radians(${lat}::float8)) * cos(radians(v.latitude)) * sin(radians(v.longitude - ${lng}::float8) / 2) ^ 2)`
}

/** Institutions of the kind that have a position now and fit a condition on their version `v`, in the order that the condition may end with. */
async function placedAmong(db: Database, { position, kind }: Search, condition: SQL): Promise<Placed[]> {
  const rows = await rowsOf<{ institution: number; lat: number; lng: number }>(db, sql`
    select v.institution_id as institution, v.latitude as lat, v.longitude as lng from institution_version v
    where v.known_to is null and v.latitude is not null and ${kind === null ? sql`true` : sql`v.kind = ${kindCodes.code(kind)}`} and ${condition}`)
  return rows.map((row) => ({ institution: row.institution, km: distanceKm(position, row) }))
}

async function stockedAmong(db: Database, { list, when, drug }: Search, placed: readonly Placed[]): Promise<Found[]> {
  const known = await lookupFor(db, list, await factsFor(db, list), when).on(evidenceCodes.code(when.evidence), placed.map((one) => one.institution), drug.id)
  return placed.flatMap((one) => {
    const pair = known.get(one.institution)?.pairs[0]
    return pair?.state === stateCode('in_stock') ? [{ ...one, report: pair.report, line: pair.line }] : []
  })
}

/** By distance; what lies on one spot by the order in which it was loaded. */
function nearestFirst(a: Placed, b: Placed): number {
  return a.km - b.km || a.institution - b.institution
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

/** A failed statement names its parameters, and these tell where somebody is: of the failure only what the database said is passed on. */
function withoutPlace(error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : error instanceof Error && !('params' in error) ? error.message : 'a statement failed'
  return new Error(`the nearest institutions could not be looked up: ${cause}`)
}
