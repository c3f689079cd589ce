import { sql } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
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

/**
 * Loads institutions of a region set. A row that says something new opens a version from this instant; the former is
 * kept for answers "known on" an earlier one. Institutions that the file does not name stay as they are, and so does
 * what it leaves unsaid of those that it names. @throws LoadedLater if a row would change what became known after `at`
 */
export async function saveInstitutions(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant, unsaid: ReadonlySet<Unsaid> = new Set()): Promise<MasterEffect> {
  let effect = { added: 0, changed: 0, unchanged: 0 }
  for (let start = 0; start < rows.length; start += 10_000) {
    const one = await saveSome(db, regionSetId, rows.slice(start, start + 10_000), at, unsaid)
    if (one.added + one.changed > 0) await db.execute(sql`update region_set set masters_version = masters_version + 1 where id = ${regionSetId}`)
    effect = { added: effect.added + one.added, changed: effect.changed + one.changed, unchanged: effect.unchanged + one.unchanged }
  }
  return effect
}

async function saveSome(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant, unsaid: ReadonlySet<Unsaid>): Promise<MasterEffect> {
  const column = (what: Unsaid, name: string) => sql.raw(unsaid.has(what) ? `case when v.institution_id is null then s.${name} else v.${name} end as ${name}` : `s.${name}`)
  // A unit left unsaid is the province's, unless the institution is known to be another's in that same province (the Corps).
  const unit = unsaid.has('unit') ? sql`case when coalesce(p3.code, p2.code, p1.code) = s.unit_said then v.unit_id else s.unit_id end as unit_id` : sql`s.unit_id`
  const before = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from institution where region_set_id = ${regionSetId} and code = any(${textArray(rows.map((row) => row.code))})`)
  await db.execute(sql`insert into institution (region_set_id, code) select ${regionSetId}::int, c from unnest(${textArray(rows.map((row) => row.code))}) as n(c) on conflict do nothing`)
  const result = await rowsOf<{ opened: number; later: number }>(db, sql`
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
    ), closed as (
      update institution_version v set known_to = ${at} from news n where v.institution_id = n.id and v.known_to is null and v.known_from < ${at} returning 1
    ), opened as (
      insert into institution_version (institution_id, known_from, name, kind, level, unit_id, place, city_id, address, latitude, longitude, datum, telephone, dual_channel, opened_on, closed_on, qualifications)
      select id, ${at}::timestamptz, name, kind, level, unit_id, place, city_id, address, latitude, longitude, datum, telephone, dual_channel, opened_on, closed_on, qualifications from news
      on conflict (institution_id, known_from) do update set name = excluded.name, kind = excluded.kind, level = excluded.level, unit_id = excluded.unit_id, place = excluded.place,
        city_id = excluded.city_id, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude, datum = excluded.datum, telephone = excluded.telephone,
        dual_channel = excluded.dual_channel, opened_on = excluded.opened_on, closed_on = excluded.closed_on, qualifications = excluded.qualifications
      returning 1
    ) select (select count(*)::int from opened) as opened, (select count(*)::int from news where since > ${at}) as later`)
  if (result[0]!.later > 0) throw new LoadedLater(`${result[0]!.later} institutions`, at)
  const added = rows.length - before[0]!.n
  return { added, changed: result[0]!.opened - added, unchanged: rows.length - result[0]!.opened }
}
