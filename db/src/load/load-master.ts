import { sql } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import { arrayOf, rowsOf, textArray, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'

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

/** What a load of a master did. */
export interface MasterEffect {
  added: number
  changed: number
  unchanged: number
}

/**
 * Loads institutions of a region set. A row that says something new opens a version from this instant; the former is
 * kept for answers "known on" an earlier one. Institutions that the file does not name stay as they are.
 */
export async function saveInstitutions(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant): Promise<MasterEffect> {
  let effect = { added: 0, changed: 0, unchanged: 0 }
  for (let start = 0; start < rows.length; start += 10_000) {
    const one = await saveSome(db, regionSetId, rows.slice(start, start + 10_000), at)
    if (one.added + one.changed > 0) await db.execute(sql`update region_set set masters_version = masters_version + 1 where id = ${regionSetId}`)
    effect = { added: effect.added + one.added, changed: effect.changed + one.changed, unchanged: effect.unchanged + one.unchanged }
  }
  return effect
}

async function saveSome(db: Database, regionSetId: number, rows: readonly MasterRow[], at: Instant): Promise<MasterEffect> {
  const before = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from institution where region_set_id = ${regionSetId} and code = any(${textArray(rows.map((row) => row.code))})`)
  await db.execute(sql`insert into institution (region_set_id, code) select ${regionSetId}::int, c from unnest(${textArray(rows.map((row) => row.code))}) as n(c) on conflict do nothing`)
  const result = await rowsOf<{ opened: number; closed: number }>(db, sql`
    with said as (
      select i.id, n.name, n.kind, n.level, u.id as unit_id, n.place, c.id as city_id, n.address, n.latitude, n.longitude, n.datum, n.telephone,
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
    ), news as (
      select s.* from said s left join institution_version v on v.institution_id = s.id and v.known_to is null
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
    ) select (select count(*)::int from opened) as opened, (select count(*)::int from closed) as closed`)
  const added = rows.length - before[0]!.n
  return { added, changed: result[0]!.opened - added, unchanged: rows.length - result[0]!.opened }
}
