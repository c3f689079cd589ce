import { sql, type SQL } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import { placesOf, samePlace, type Place } from '../coverage/places.js'
import { takeMasters } from '../coverage/take-masters.js'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { applyEligibility } from './apply-eligibility.js'
import { LoadedLater } from './loaded-later.js'

/** A row of a master, checked: codes exist, coordinates are WGS84. */
export interface MasterRow {
  code: string
  name: string
  kind: Kind
  level: string | null
  /** Code of the reporting unit; null where nobody says. */
  unit: string | null
  /** Code of the region it lies in, as deep as the master says (a county). */
  place: string | null
  /** Code of its city, null where the place does not tell. */
  city: string | null
  address: string | null
  latitude: number | null
  longitude: number | null
  datum: string | null
  telephone: string | null
  dualChannel: boolean
  openedOn: Day | null
  closedOn: Day | null
  qualifications: string[]
}

/** What a master may leave unsaid, having no column for it: institutions that are known keep theirs. */
export type Unsaid = 'unit' | 'level' | 'address' | 'position' | 'telephone' | 'dualChannel' | 'openedOn' | 'closedOn' | 'qualifications'

/** What a load of a master did. */
export interface MasterEffect {
  added: number
  changed: number
  unchanged: number
}

/** Rows compared and written together. */
const rowsAtOnce = 10_000
/** New rows that change nobody's plans. */
const fewRows = 1_000

/**
 * Loads institutions of a region set, and brings up to date what all its lists count of them: costs what changed. A row
 * that says something new opens a version from this instant; the former is kept for answers "known on" an earlier one.
 * Institutions that the file does not name stay as they are, and so does what it leaves unsaid of those that it names.
 * @throws LoadedLater if a row would change what became known after `at`
 */
export async function loadInstitutions(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant, unsaid: ReadonlySet<Unsaid> = new Set()): Promise<MasterEffect> {
  const effect: MasterEffect = { added: 0, changed: 0, unchanged: 0 }
  const saved: number[] = []
  const moved = new Map<number, Place>()
  let measured = fewRows / 2
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce)
    const known = await knownAmong(db, regionSetId, some)
    const changed = await changedAmong(db, regionSetId, some.filter((row) => known.has(row.code)), at, unsaid)
    const fresh = some.filter((row) => !known.has(row.code) || changed.has(known.get(row.code)!))
    effect.added += some.length - known.size
    effect.changed += changed.size
    effect.unchanged += some.length - fresh.length
    if (fresh.length === 0) continue
    const before = await placesOf(db, regionSetId, [...changed], null)
    saved.push(...(await saveRows(db, regionSetId, fresh, at, unsaid)))
    if (saved.length >= 2 * measured) {
      await measureMasters(db)
      measured = saved.length
    }
    const after = await placesOf(db, regionSetId, [...changed], null)
    for (const [institution, place] of before) if (!samePlace(place, after.get(institution)!)) moved.set(institution, place)
  }
  if (saved.length === 0) return effect
  await db.execute(sql`update region_set set masters_version = masters_version + 1 where id = ${regionSetId}`)
  for (const { id } of await rowsOf<{ id: number }>(db, sql`select id from list where region_set_id = ${regionSetId} order by id`)) {
    await takeMasters(db, id, moved, await applyEligibility(db, id, at, saved))
  }
  return effect
}

/** Has the database look at how large the masters have become: until then it plans for what they were, a small table for one that has none yet. */
async function measureMasters(db: Database): Promise<void> {
  await db.execute(sql`analyze region, unit, institution, institution_version`)
}

/** Narrow ids of those rows' institutions that are known already, by code. */
async function knownAmong(db: Database, regionSetId: number, rows: readonly MasterRow[]): Promise<Map<string, number>> {
  const known = await rowsOf<{ id: number; code: string }>(db, sql`select id, code from institution where region_set_id = ${regionSetId} and code = any(${textArray(rows.map((row) => row.code))})`)
  return new Map(known.map(({ id, code }) => [code, id]))
}

/** Of rows whose institutions are known those that say something new. @throws LoadedLater */
async function changedAmong(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant, unsaid: ReadonlySet<Unsaid>): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const changed = await rowsOf<{ id: number; later: boolean }>(db, sql`${newsOf(regionSetId, rows, unsaid)} select id, coalesce(since > ${at}, false) as later from news`)
  const later = changed.filter((one) => one.later)
  if (later.length > 0) throw new LoadedLater(`${later.length} institutions`, at)
  return new Set(changed.map(({ id }) => id))
}

/** Opens a version of each row's institution from an instant on. Answers their ids. */
async function saveRows(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant, unsaid: ReadonlySet<Unsaid>): Promise<number[]> {
  await db.execute(sql`insert into institution (region_set_id, code) select ${regionSetId}::int, c from unnest(${textArray(rows.map((row) => row.code))}) as n(c) on conflict do nothing`)
  const opened = await rowsOf<{ id: number }>(db, sql`
    ${newsOf(regionSetId, rows, unsaid)}, closed as (
      update institution_version v set known_to = ${at} from news n where v.institution_id = n.id and v.known_to is null and v.known_from < ${at} returning 1
    )
    insert into institution_version (institution_id, known_from, name, kind, level, unit_id, place, city_id, address, latitude, longitude, datum, telephone, dual_channel, opened_on, closed_on, qualifications)
    select id, ${at}::timestamptz, name, kind, level, unit_id, place, city_id, address, latitude, longitude, datum, telephone, dual_channel, opened_on, closed_on, qualifications from news
    on conflict (institution_id, known_from) do update set name = excluded.name, kind = excluded.kind, level = excluded.level, unit_id = excluded.unit_id, place = excluded.place,
      city_id = excluded.city_id, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude, datum = excluded.datum, telephone = excluded.telephone,
      dual_channel = excluded.dual_channel, opened_on = excluded.opened_on, closed_on = excluded.closed_on, qualifications = excluded.qualifications
    returning institution_id as id`)
  return opened.map(({ id }) => id)
}

/** Queries that a statement begins with: `news` are the rows that say something that is not known yet, as they are to be kept, with the instant since which the former version is known. */
function newsOf(regionSetId: number, rows: readonly MasterRow[], unsaid: ReadonlySet<Unsaid>): SQL {
  const column = (what: Unsaid, name: string) => sql.raw(unsaid.has(what) ? `case when v.institution_id is null then s.${name} else v.${name} end as ${name}` : `s.${name}`)
  // A unit left unsaid is the province's, unless the institution is known to be another's in that same province (the Corps).
  const unit = unsaid.has('unit') ? sql`case when coalesce(p3.code, p2.code, p1.code) = s.unit_said then v.unit_id else s.unit_id end as unit_id` : sql`s.unit_id`
  return sql`
    with said as (
      select i.id, n.name, n.kind, n.level, u.id as unit_id, n.unit as unit_said, n.place, c.id as city_id, n.address, n.latitude, n.longitude, n.datum, n.telephone,
             n.dual_channel = 1 as dual_channel, n.opened_on, n.closed_on,
             case when n.qualifications = '' then '{}'::text[] else string_to_array(n.qualifications, ';') end as qualifications
      from unnest(
        ${textArray(rows.map((row) => row.code))}, ${textArray(rows.map((row) => row.name))}, ${arrayOf('smallint', rows.map((row) => kindCodes.code(row.kind)))},
        ${textArray(rows.map((row) => row.level))}, ${textArray(rows.map((row) => row.unit))}, ${textArray(rows.map((row) => row.place))}, ${textArray(rows.map((row) => row.city))},
        ${textArray(rows.map((row) => row.address))}, ${arrayOf('float8', rows.map((row) => row.latitude))}, ${arrayOf('float8', rows.map((row) => row.longitude))},
        ${textArray(rows.map((row) => row.datum))}, ${textArray(rows.map((row) => row.telephone))}, ${arrayOf('smallint', rows.map((row) => (row.dualChannel ? 1 : 0)))},
        ${arrayOf('date', rows.map((row) => row.openedOn))}, ${arrayOf('date', rows.map((row) => row.closedOn))}, ${textArray(rows.map((row) => row.qualifications.join(';')))}
      ) as n(code, name, kind, level, unit, place, city, address, latitude, longitude, datum, telephone, dual_channel, opened_on, closed_on, qualifications)
      join institution i on i.region_set_id = ${regionSetId} and i.code = n.code
      left join unit u on u.region_set_id = ${regionSetId} and u.code = n.unit
      left join region c on c.region_set_id = ${regionSetId} and c.code = n.city
    ), merged as (
      select s.id, s.name, s.kind, ${column('level', 'level')}, ${unit}, s.place, s.city_id, ${column('address', 'address')}, ${column('position', 'latitude')}, ${column('position', 'longitude')}, ${column('position', 'datum')},
             ${column('telephone', 'telephone')}, ${column('dualChannel', 'dual_channel')}, ${column('openedOn', 'opened_on')}, ${column('closedOn', 'closed_on')}, ${column('qualifications', 'qualifications')}
      from said s left join institution_version v on v.institution_id = s.id and v.known_to is null
      left join region p1 on p1.region_set_id = ${regionSetId} and p1.code = v.place
      left join region p2 on p2.region_set_id = ${regionSetId} and p2.code = p1.parent
      left join region p3 on p3.region_set_id = ${regionSetId} and p3.code = p2.parent
    ), news as (
      select s.*, v.known_from as since from merged s left join institution_version v on v.institution_id = s.id and v.known_to is null
      where v.institution_id is null
         or (v.name, v.kind, v.level, v.unit_id, v.place, v.city_id, v.address, v.latitude, v.longitude, v.datum, v.telephone, v.dual_channel, v.opened_on, v.closed_on, v.qualifications)
            is distinct from (s.name, s.kind, s.level, s.unit_id, s.place, s.city_id, s.address, s.latitude, s.longitude, s.datum, s.telephone, s.dual_channel, s.opened_on, s.closed_on, s.qualifications)
    )`
}
