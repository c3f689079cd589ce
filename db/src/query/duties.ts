import { sql, type SQL } from 'drizzle-orm'
import { dayNumber, type Instant } from '@lastmile/shared/day'
import { firstMeetingDay, openDutyStates, outcomes, type DrugDecided, type DutiesAnswer, type Duty, type DutyAnswer, type DutyCounts, type DutyEntry, type DutyRow, type DutyRowAnswer, type DutyRowsAnswer, type DutySet, type DutyState, type Outcome } from '@lastmile/shared/duty'
import { everything, type Purview } from '@lastmile/shared/purview'
import type { Reason } from '@lastmile/shared/status'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, textArray, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { versionKnown } from '../version-known.js'
import type { Area } from './area.js'
import { publishedOn } from './candidacies.js'
import { inAreas } from './institutions-in.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'
import { institutionsWithin } from './within-purview.js'

/** A duty with its narrow id. */
export interface DutyRecord {
  id: number
  data: Duty
}

/** Which institutions of a duty are asked for. */
export interface DutyFilter {
  area: Area | null
  state: DutySet | null
  drug: string | null
  outcome: Outcome | null
  search: string | null
}

/** The duties of a list as they are known now, or were on an instant, the first due first. */
export async function dutiesOf(db: Database, list: ListRow, knownOn: Instant | null = null): Promise<DutyRecord[]> {
  return rowsOf<DutyRecord>(db, sql`select d.id, v.data from duty d join duty_version v on v.duty_id = d.id where d.list_id = ${list.id} and ${versionKnown(knownOn)} order by v.data->>'dueOn', d.code collate "C"`)
}

/** Every duty of a list with how it stands over the asker's institutions, as it is known now or was on an instant. */
export async function dutiesAnswer(db: Database, list: ListRow, purview: Purview, knownOn: Instant | null): Promise<DutiesAnswer> {
  const duties: DutiesAnswer['duties'] = []
  for (const duty of await dutiesOf(db, list, knownOn)) duties.push({ duty: duty.data, total: totalOf(await countsByUnit(db, list, duty, purview, knownOn)) })
  return { basis: basisAt(list, knownOn), duties }
}

/** How a duty stands in each unit, and what was decided of each drug. */
export async function dutyAnswer(db: Database, list: ListRow, duty: DutyRecord, purview: Purview, knownOn: Instant | null): Promise<DutyAnswer> {
  const byUnit = await countsByUnit(db, list, duty, purview, knownOn)
  const total = totalOf(byUnit)
  return { basis: basisAt(list, knownOn), duty: duty.data, total, byUnit, byDrug: await decidedByDrug(db, list, duty, purview, knownOn, total.in_time + total.late) }
}

/** A page of the institutions that have a duty, by unit and code. */
export async function dutyRows(db: Database, list: ListRow, duty: DutyRecord, purview: Purview, knownOn: Instant | null, filter: DutyFilter, { offset, limit }: { offset: number; limit: number }): Promise<DutyRowsAnswer> {
  const asked = sql`${having(list, duty, purview, knownOn)} and ${filterClause(duty, filter)}`
  const rows = await rowsWhere(db, duty, sql`${asked} order by u.slot nulls last, i.code collate "C" limit ${limit} offset ${offset}`)
  const [count] = await rowsOf<{ total: number }>(db, sql`select count(*)::int as total ${asked}`)
  return { basis: basisAt(list, knownOn), duty: duty.data, rows, page: { offset, limit, total: count!.total } }
}

/** How a duty stands at one institution of the asker's, with what was said before; null where it has no such duty, or is none of his. */
export async function dutyRow(db: Database, list: ListRow, duty: DutyRecord, purview: Purview, institution: string): Promise<DutyRowAnswer | null> {
  const [row] = await rowsWhere(db, duty, sql`${having(list, duty, purview, null)} and i.code = ${institution}`)
  if (!row) return null
  const former = await rowsOf<EntryRow>(db, sql`
    select ${entryColumns} from duty_entry e join institution i on i.id = e.institution_id
    where e.duty_id = ${duty.id} and i.region_set_id = ${list.regionSetId} and i.code = ${institution} and e.known_to is not null order by e.version desc`)
  return { duty: duty.data, firstDay: firstMeetingDay({ inForce: list.inForce, publishedOn: await publishedOn(db, list) }), row, former: former.map(entryOf) }
}

function basisAt(list: ListRow, knownOn: Instant | null): DutiesAnswer['basis'] {
  return basisOf(list, { evidence: null, asOf: list.today, knownOn, since: null })
}

/** How a duty stands in each unit, for who reminds those who owe it. */
export async function dutyByUnit(db: Database, list: ListRow, duty: DutyRecord): Promise<DutyAnswer['byUnit']> {
  return countsByUnit(db, list, duty, everything, null)
}

/** The institutions that owe a duty still and of which somebody has an account that works, by code. */
export async function owingWithAccounts(db: Database, list: ListRow, duty: DutyRecord): Promise<string[]> {
  const rows = await rowsOf<{ code: string }>(db, sql`
    select i.code ${having(list, duty, everything, null)} and ${isOwed(duty)}
      and i.code in (select a.institution from account a where a.role = 'institution' and a.disabled_at is null and (a.list is null or a.list = ${list.code})) order by i.code collate "C"`)
  return rows.map(({ code }) => code)
}

/** Whether no institution of a unit owes a duty any more. */
export async function isDoneIn(db: Database, list: ListRow, duty: DutyRecord, unit: string): Promise<boolean> {
  return (await rowsOf(db, sql`select 1 ${having(list, duty, { of: 'unit', unit }, null)} and ${isOwed(duty)} limit 1`)).length === 0
}

const isOwed = (duty: DutyRecord) => sql`${stateOf(duty)} = any(${textArray(openDutyStates)})`

/** Institutions `i` that have a duty, with their versions `v`, units `u`, cities `c` and what was said of it (`e`). They had to be open on the day it was due. */
function having(list: ListRow, { id, data }: DutyRecord, purview: Purview, knownOn: Instant | null): SQL {
  return sql`
    from institution i join institution_version v on v.institution_id = i.id and ${versionKnown(knownOn)}
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id left join duty_entry e on e.duty_id = ${id} and e.institution_id = i.id and ${versionKnown(knownOn, sql`e`)}
    where i.region_set_id = ${list.regionSetId} and v.kind in (${sql.join(data.kinds.map((kind) => sql`${kindCodes.code(kind)}::int`), sql`, `)})
      and ${data.levels === null ? sql`true` : sql`v.level = any(${textArray(data.levels)})`}
      and (v.opened_on is null or v.opened_on <= ${data.dueOn}) and (v.closed_on is null or v.closed_on > ${data.dueOn}) and ${institutionsWithin(purview)}`
}

/** How a duty stands: who said nothing is not reported, and never not convened. */
function stateOf({ data }: DutyRecord): SQL {
  return sql`case when e.id is null then 'not_reported' when not e.convened then 'not_convened' when e.convened_on <= ${data.dueOn} then 'in_time' else 'late' end`
}

function filterClause(duty: DutyRecord, { area, state, drug, outcome, search }: DutyFilter): SQL {
  const decided = JSON.stringify([{ ...(drug === null ? {} : { drug }), ...(outcome === null ? {} : { outcome }) }])
  const pattern = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return sql.join([
    sql`true`,
    ...(area === null ? [] : [inAreas([area])]),
    ...(state === null ? [] : [state === 'reported' ? sql`e.id is not null` : sql`${stateOf(duty)} = ${state}`]),
    ...(drug === null && outcome === null ? [] : [sql`e.outcomes @> ${decided}::jsonb`]),
    ...(search === null ? [] : [sql`(v.name ilike ${pattern} or i.code ilike ${pattern})`]),
  ], sql` and `)
}

async function countsByUnit(db: Database, list: ListRow, duty: DutyRecord, purview: Purview, knownOn: Instant | null): Promise<DutyAnswer['byUnit']> {
  const state = stateOf(duty)
  const count = (of: DutyState) => sql`(count(*) filter (where ${state} = ${of}))::int as ${sql.identifier(of)}`
  return rowsOf<DutyAnswer['byUnit'][number]>(db, sql`
    select u.code as unit, count(*)::int as owed, ${count('in_time')}, ${count('late')}, ${count('not_convened')}, ${count('not_reported')}
    ${having(list, duty, purview, knownOn)} group by u.code, u.slot order by u.slot nulls last`)
}

function totalOf(units: readonly DutyCounts[]): DutyCounts {
  const sum = (of: keyof DutyCounts) => units.reduce((all, one) => all + one[of], 0)
  return { owed: sum('owed'), in_time: sum('in_time'), late: sum('late'), not_convened: sum('not_convened'), not_reported: sum('not_reported') }
}

/** What was decided of each drug, in list order. `convened`: where the committee has convened. */
async function decidedByDrug(db: Database, list: ListRow, duty: DutyRecord, purview: Purview, knownOn: Instant | null, convened: number): Promise<DrugDecided[]> {
  const counts = await rowsOf<{ drug: string; outcome: Outcome; reason: Reason | null; n: number }>(db, sql`
    select o.one->>'drug' as drug, o.one->>'outcome' as outcome, o.one->>'reason' as reason, count(*)::int as n
    from (select e.outcomes ${having(list, duty, purview, knownOn)} and e.convened) said cross join lateral jsonb_array_elements(said.outcomes) as o(one) group by 1, 2, 3`)
  const drugs = await rowsOf<{ code: string }>(db, sql`select code from drug where list_id = ${list.id} and ${duty.data.drugs === null ? sql`true` : sql`code = any(${textArray(duty.data.drugs)})`} order by no`)
  return drugs.map(({ code }) => {
    const own = counts.filter(({ drug }) => drug === code)
    const decided = Object.fromEntries(outcomes.map((one) => [one, own.reduce((sum, { outcome, n }) => sum + (outcome === one ? n : 0), 0)])) as Record<Outcome, number>
    return {
      drug: code, ...decided, undecided: convened - outcomes.reduce((sum, one) => sum + decided[one], 0),
      reasons: own.flatMap(({ reason, n }) => (reason === null ? [] : [{ reason, count: n }])).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    }
  })
}

interface EntryRow extends Omit<DutyEntry, 'knownFrom'> {
  knownFrom: string
}

const entryColumns = sql`e.version, e.convened, e.convened_on::text as on, e.outcomes, e.note, e.role, e.known_from::text as "knownFrom", e.known_to::text as "knownTo"`

function entryOf({ version, convened, on, outcomes, note, role, knownFrom, knownTo }: EntryRow): DutyEntry {
  return { version, convened, on, outcomes, note, role, knownFrom: new Date(knownFrom).toISOString(), knownTo: knownTo && new Date(knownTo).toISOString() }
}

async function rowsWhere(db: Database, duty: DutyRecord, asked: SQL): Promise<DutyRow[]> {
  const rows = await rowsOf<{ institution: string; name: string; level: string | null; unit: string | null; city: string | null; cityName: Text | null; state: DutyState; isSaid: boolean } & EntryRow>(db, sql`
    select i.code as institution, v.name, v.level, u.code as unit, c.code as city, c.name as "cityName", ${stateOf(duty)} as state, e.id is not null as "isSaid", ${entryColumns} ${asked}`)
  return rows.map(({ institution, name, level, unit, city, cityName, state, isSaid, ...entry }) => ({
    institution, name, level, unit, city, cityName, state, daysLate: state === 'late' ? dayNumber(entry.on!) - dayNumber(duty.data.dueOn) : null, entry: isSaid ? entryOf(entry) : null,
  }))
}
