import { sql, type SQL } from 'drizzle-orm'
import type { Box } from '@lastmile/shared/box'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Institution, InstitutionAnswer, InstitutionsAnswer } from '@lastmile/shared/institution'
import type { Kind } from '@lastmile/shared/kind'
import type { State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import { kindCodes, lensCodes, stateCodes, standingCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { inBox } from './in-box.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import { institutionsOn, pairsOn, versionKnown } from './rows-on.js'

/** Which institutions are asked for. `states` speaks of the drug, or, without one, of the institution over all drugs. */
export interface InstitutionFilter {
  search: string | null
  /** Those of any of these. */
  areas: readonly Area[] | null
  /** Those with a position in it. */
  box: Box | null
  /** Those with a position, or without one. */
  placed: boolean | null
  kind: Kind | null
  drug: number | null
  states: State[] | null
  eligible: boolean | null
}

interface Raw extends Omit<Institution, 'kind' | 'position'> {
  kind: number
  latitude: number | null
  longitude: number | null
  datum: string | null
  state: number | null
  eligible: boolean | null
}

const columns = sql`i.code, v.name, v.kind, v.level, u.code as unit, v.place, c.code as city, c.name as "cityName", v.address, v.latitude, v.longitude, v.datum,
  v.telephone, v.dual_channel as "dualChannel", v.opened_on::text as "openedOn", v.closed_on::text as "closedOn", v.qualifications`

/** Institutions of a list's region set, as the masters said at the instant asked for, searched and filtered, by unit and code. */
export async function institutionsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, filter: InstitutionFilter, page: { offset: number; limit: number }): Promise<InstitutionsAnswer> {
  const spans = filter.drug !== null
    ? sql`left join ${await pairsOn(db, list, when, when.evidence)} p on p.institution_id = i.id and p.drug_id = ${filter.drug}`
    : sql`left join ${await institutionsOn(db, list, when, when.evidence)} p on p.institution_id = i.id`
  const from = sql`institution i
    join institution_version v on v.institution_id = i.id and ${versionKnown(when.knownOn)}
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id ${spans}`
  // Not told is not "no": there is no answer where no eligibility is loaded, nor of a past knowledge, for which no spans are maintained.
  const eligible = filter.drug === null || when.knownOn !== null ? sql`null::boolean` : sql`case when (select eligibility_loaded from drug where id = ${filter.drug}) then
    exists (select 1 from pair_span e where e.institution_id = i.id and e.drug_id = ${filter.drug} and e.lens = ${lensCodes.code('eligible')} and e.from_day <= ${when.asOf} and e.to_day > ${when.asOf}) end`
  const where = sql`i.region_set_id = ${list.regionSetId} and ${conditions(filter, eligible)}`
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total from ${from} where ${where}`)
  const rows = await rowsOf<Raw>(db, sql`select ${columns}, p.state, ${eligible} as eligible from ${from} where ${where} order by u.slot, i.code limit ${page.limit} offset ${page.offset}`)
  return {
    rows: rows.map((row) => ({ ...institutionOf(row), state: row.state === null ? null : stateCodes.word(row.state), eligible: row.eligible })),
    page: { ...page, total: count!.total },
  }
}

/** True if a list's region set has an institution with a code. */
export async function hasInstitution(db: Database, list: ListRow, code: string): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 from institution where region_set_id = ${list.regionSetId} and code = ${code}`)).length > 0
}

/** One institution and what each kind of evidence says of each listed drug there, or null. */
export async function institutionByCode(db: Database, list: ListRow, code: string, asOf: Day): Promise<InstitutionAnswer | null> {
  const [row] = await rowsOf<Raw & { id: number }>(db, sql`
    select i.id, ${columns}, null::int as state, null::boolean as eligible from institution i
    join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.region_set_id = ${list.regionSetId} and i.code = ${code}`)
  if (!row) return null
  const drugs = await rowsOf<{ drug: string; loaded: boolean; lens: number | null; state: number | null }>(db, sql`
    select d.code as drug, d.eligibility_loaded as loaded, s.lens, s.state from drug d
    left join pair_span s on s.drug_id = d.id and s.institution_id = ${row.id} and s.from_day <= ${asOf} and s.to_day > ${asOf}
    where d.list_id = ${list.id} order by d.no`)
  const byDrug = groupBy(drugs)
  return {
    institution: institutionOf(row), asOf,
    drugs: [...byDrug].map(([drug, lenses]) => {
      const stateOf = (lens: 'declared' | 'confirmed' | 'supplied' | 'standing' | 'eligible') => lenses.find((one) => one.lens === lensCodes.code(lens))?.state ?? null
      const word = (state: number | null) => (state === null ? null : stateCodes.word(state))
      const standing = stateOf('standing')
      return {
        drug, declared: word(stateOf('declared')), confirmed: word(stateOf('confirmed')), supplied: stateOf('supplied') !== null,
        standing: standing === null ? null : standingCodes.word(standing), eligible: lenses[0]!.loaded ? stateOf('eligible') !== null : null,
      }
    }),
  }
}

function groupBy<Row extends { drug: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.drug, [...(groups.get(row.drug) ?? []), row])
  return groups
}

function institutionOf(row: Raw): Institution {
  const { latitude, longitude, datum, kind, code, name, level, unit, place, city, address, telephone, dualChannel, openedOn, closedOn, qualifications } = row
  return {
    code, name, kind: kindCodes.word(kind), level, unit, place, city, cityName: row.cityName as Text | null, address,
    position: latitude === null || longitude === null ? null : { lat: latitude, lng: longitude, datum: datum ?? 'WGS84' },
    telephone, dualChannel, openedOn, closedOn, qualifications,
  }
}

function conditions(filter: InstitutionFilter, eligible: SQL): SQL {
  const parts: SQL[] = [sql`true`]
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
    parts.push(sql`(v.name ilike ${pattern} or i.code ilike ${pattern})`)
  }
  if (filter.areas) parts.push(sql`(${sql.join(filter.areas.map((area) => (area.level === 'unit' ? sql`v.unit_id = ${area.unitId}` : sql`v.city_id = ${area.cityId}`)), sql` or `)})`)
  if (filter.box) parts.push(inBox(filter.box))
  if (filter.placed !== null) parts.push(filter.placed ? sql`v.latitude is not null` : sql`v.latitude is null`)
  if (filter.kind) parts.push(sql`v.kind = ${kindCodes.code(filter.kind)}`)
  if (filter.eligible !== null) parts.push(filter.eligible ? sql`${eligible}` : sql`not (${eligible})`)
  if (filter.states) {
    const listed = sql`p.state in (${sql.join(filter.states.filter((state) => state !== 'not_reported').map((state) => sql`${stateCodes.code(state)}`).concat(sql`-1`), sql`, `)})`
    // "Not reported" is also every institution of which nobody ever said anything.
    parts.push(filter.states.includes('not_reported') ? sql`(${listed} or p.state is null or p.state = ${stateCodes.code('not_reported')})` : listed)
  }
  return sql.join(parts, sql` and `)
}
