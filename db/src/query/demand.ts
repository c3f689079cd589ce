import { sql } from 'drizzle-orm'
import { demandMessageKey, demandPatients, demandStateOf, demandUrgencies, citiesAsking, toldCities, type DemandPatients, type DemandRow, type DemandState, type DemandUrgency, type NamedDemand, type Stocked, type StockedSaid } from '@lastmile/shared/demand'
import type { Day } from '@lastmile/shared/day'
import { evidences } from '@lastmile/shared/evidence'
import { everything, type Purview } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import { stockedAt, type Counts } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import type { ListRow } from './lists.js'
import { countedFor } from './question.js'
import { hasReported, saidIn } from './said.js'
import { thereOn } from './there-on.js'
import { demandsWithin } from './within-purview.js'

/** Which demands: of a drug, of a unit. */
export interface DemandFilter {
  drug: number | null
  unit: number | null
}

interface Demand {
  id: number; code: string; drugId: number; drug: string; unit: string; unitSlot: number
  cityId: number | null; city: string | null; cityName: Text | null; areaId: number | null; parent: string | null
  institutionId: number | null; institution: string | null; institutionName: string | null
  patients: DemandPatients; urgency: DemandUrgency; on: Day; expiresOn: Day; withdrawnOn: Day | null
}

type Standing = Demand & { state: DemandState }

const none: Counts = new Int32Array(0)

/**
 * Demands by drug and unit, with what there is of the drug, as far as the asker may know of them: an institution its own, with those
 * that are over; a unit's officers and the regulator those of their places, with the names of institutions; a city's officers those of
 * its institutions; a company those for its drugs, and of nobody's name. Which cities are told: `toldCities` and `citiesAsking` (shared).
 * What is wanted most stands first, of what is wanted alike the latest, then by drug and unit.
 */
export async function demandOf(db: Database, list: ListRow, purview: Purview, filter: DemandFilter): Promise<DemandRow[]> {
  const demands = await standingDemands(db, list, purview, filter)
  const groups = new Map<string, Standing[]>()
  for (const one of demands) groups.set(`${one.drug} ${one.unit}`, [...(groups.get(`${one.drug} ${one.unit}`) ?? []), one])
  const told = [...groups.values()].map((own) => ({ own, ...citiesOf(own.filter(({ state }) => state === 'open'), purview) }))
  const stocked = await stockedIn(db, list, told.flatMap(({ cities }) => cities.map(({ first }) => first)))
  return told.map((one) => rowOf(one, purview, stocked)).sort((a, b) => b.open - a.open || (a.latest < b.latest ? 1 : a.latest > b.latest ? -1 : byCode(a, b)))
}

const byCode = (a: DemandRow, b: DemandRow) => (a.drug === b.drug ? (a.unit < b.unit ? -1 : 1) : a.drug < b.drug ? -1 : 1)

/** The keys of messages that tell of what is wanted still, of all drugs or of one (its narrow id): see `demandMessageKey` (shared). */
export async function openDemandKeys(db: Database, list: ListRow, drug: number | null): Promise<string[]> {
  const open = (await standingDemands(db, list, everything, { drug, unit: null })).filter(({ state }) => state === 'open')
  return [...new Set(open.flatMap(({ drug: code, unit, city, institution, on }) => [{ unit, city: null }, ...(city === null || institution === null ? [] : [{ unit, city }])].map((place) => demandMessageKey(code, place, on))))]
}

/** The demands that the asker may know of, each with how it stands today; but for an institution's own those alone whose days are not over. */
async function standingDemands(db: Database, list: ListRow, purview: Purview, { drug, unit }: DemandFilter): Promise<Standing[]> {
  const living = purview.of === 'institution' ? sql`true` : sql`d.withdrawn_on is null and d.expires_on >= ${list.today}::date`
  const demands = await rowsOf<Demand>(db, sql`
    select d.id, d.code, d.drug_id as "drugId", r.code as drug, u.code as unit, u.slot as "unitSlot", d.city_id as "cityId", c.code as city, c.name as "cityName", coalesce(a.id, c.id) as "areaId", c.parent,
      d.institution_id as "institutionId", i.code as institution, v.name as "institutionName", d.patients, d.urgency, d.on_day::text as on, d.expires_on::text as "expiresOn", d.withdrawn_on::text as "withdrawnOn"
    from demand d join drug r on r.id = d.drug_id join unit u on u.id = d.unit_id left join region c on c.id = d.city_id left join region a on a.region_set_id = c.region_set_id and a.code = c.parent
    left join institution i on i.id = d.institution_id left join institution_version v on v.institution_id = i.id and v.known_to is null
    where d.list_id = ${list.id} and ${demandsWithin(purview)} and ${living} and (${drug}::int is null or d.drug_id = ${drug}) and (${unit}::int is null or d.unit_id = ${unit}) order by d.id`)
  const there = demands.length === 0 ? null : await thereOn(db, list, demands.map((one) => ({ drug: one.drugId, institution: one.institutionId, city: one.institutionId === null ? one.cityId : null, on: one.on })))
  return demands.map((one) => {
    // An institution's own demand is met by itself; a place's by whoever is there.
    const day = one.institutionId !== null ? there!.at(one.drugId, one.institutionId) : there!.inCity(one.drugId, one.cityId!)
    return { ...one, state: demandStateOf({ ...one, thereOn: day }, list.today) }
  })
}

interface StockedIn {
  unit(demand: Standing): Stocked
  city(demand: Standing): Stocked
}

/** How many institutions stock drugs in units, and in the cities of some demands, by each kind of evidence: a headline's rule (`saidIn`) of each. Looked up once for all. */
async function stockedIn(db: Database, list: ListRow, cities: readonly Standing[]): Promise<StockedIn> {
  const when = { asOf: list.today, knownOn: null, since: null }
  const { counted } = await countedFor(db, list, { ...when, evidence: null }, evidences)
  const areas = [...new Set(cities.map(({ areaId }) => areaId!))].sort((a, b) => a - b)
  const drugs = [...new Set(cities.map(({ drugId }) => drugId))].sort((a, b) => a - b)
  const slots = await counted.slotsOf(areas)
  const kinds = await Promise.all(evidences.map(async (evidence) => {
    const [units, byCity, reported] = await Promise.all([counted.byUnit(evidence), counted.byCities(evidence, areas, drugs), evidence === 'supplied' && hasReported(db, list, { ...when, evidence })])
    const said = (counts: Counts = none, at: readonly number[]): StockedSaid => {
      const says = saidIn(counts, at, evidence, reported)
      return { said: says, institutions: says === 'yes' || says === 'no' ? at.reduce((sum, slot) => sum + stockedAt(counts, slot), 0) : null }
    }
    return {
      evidence,
      unit: ({ drugId, unitSlot }: Standing) => said(units.get(drugId), [unitSlot]),
      city: ({ drugId, cityId, areaId }: Standing) => said(byCity.get(areaId!)?.get(drugId), slots.get(areaId!)!.filter((one) => one.city === cityId).map(({ slot }) => slot)),
    }
  }))
  const over = (of: 'unit' | 'city') => (demand: Standing) => Object.fromEntries(kinds.map((one) => [one.evidence, one[of](demand)])) as unknown as Stocked
  return { unit: over('unit'), city: over('city') }
}

/** Of a drug in a unit: its demands, and the cities of which the asker is told. */
interface Told extends Pick<DemandRow, 'others'> { own: readonly Standing[]; cities: readonly CityTold[] }

/** A city that is told, with the first demand there, and how many there are. */
interface CityTold extends Pick<DemandRow['cities'][number], 'demands' | 'institutions'> { first: Standing }

function rowOf({ own, cities, others }: Told, purview: Purview, stocked: StockedIn): DemandRow {
  const first = own[0]!
  const open = own.filter(({ state }) => state === 'open')
  const tally = <Name extends string>(names: readonly Name[], of: (one: Standing) => Name) => Object.fromEntries(names.map((name) => [name, open.filter((one) => of(one) === name).length])) as Record<Name, number>
  return {
    drug: first.drug, unit: first.unit, open: open.length, met: own.filter(({ state }) => state === 'met').length,
    patients: tally(demandPatients, (one) => one.patients), urgency: tally(demandUrgencies, (one) => one.urgency),
    latest: own.reduce((last, { on }) => (on > last ? on : last), first.on), stocked: stocked.unit(first),
    cities: cities.map(({ first: there, demands, institutions }) => ({ city: there.city!, cityName: there.cityName!, demands, institutions, stocked: stocked.city(there) })), others,
    named: purview.of === 'company' ? null : own.filter(({ institution }) => institution !== null).map((one) => namedOf(one, purview)),
  }
}

/** What the asker is told of the cities of open demands of a drug in a unit. */
function citiesOf(open: readonly Standing[], purview: Purview): { cities: CityTold[]; others: number | null } {
  if (purview.of === 'company') {
    const asking = citiesAsking(open)
    return { cities: asking.map(({ city, institutions }) => ({ first: open.find((one) => one.city === city)!, demands: null, institutions })), others: null }
  }
  if (purview.of !== 'all' && purview.of !== 'unit') return { cities: [], others: null }
  const byCity = new Map<string, Standing[]>()
  for (const one of open) if (one.institution === null) byCity.set(one.city!, [...(byCity.get(one.city!) ?? []), one])
  const { told, others } = toldCities([...byCity].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => ({ demands: own.length, first: own[0]! })))
  return { cities: told.map(({ demands, first }) => ({ first, demands, institutions: null })), others }
}

function namedOf({ institution, institutionName, city, cityName, patients, urgency, on, expiresOn, state, code }: Standing, purview: Purview): NamedDemand {
  return { institution: institution!, name: institutionName ?? institution!, city, cityName, patients, urgency, on, expiresOn, state, ...(purview.of === 'institution' ? { code } : {}) }
}
