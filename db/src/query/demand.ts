import { sql } from 'drizzle-orm'
import { demandMessageKey, demandPatients, demandStateOf, demandUrgencies, citiesAsking, toldCities, type DemandPatients, type DemandRow, type DemandState, type DemandUrgency, type NamedDemand, type Stocked } from '@lastmile/shared/demand'
import type { Day } from '@lastmile/shared/day'
import { evidences } from '@lastmile/shared/evidence'
import { everything, type Purview } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import { stockedAt } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import type { Area } from './area.js'
import { slotsOfArea } from './coverage.js'
import type { ListRow } from './lists.js'
import { countedFor } from './question.js'
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

/**
 * Demands by drug and unit, with what there is of the drug, as far as the asker may know of them: an institution its own, with those
 * that are over; a unit's officers and the regulator those of their places, with the names of institutions; a city's officers those of
 * its institutions; a company those for its drugs, and of nobody's name. Which cities are told: `toldCities` and `citiesAsking` (shared).
 * What is wanted most stands first.
 */
export async function demandOf(db: Database, list: ListRow, purview: Purview, filter: DemandFilter): Promise<DemandRow[]> {
  const demands = await standingDemands(db, list, purview, filter)
  const groups = new Map<string, Standing[]>()
  for (const one of demands) groups.set(`${one.drug} ${one.unit}`, [...(groups.get(`${one.drug} ${one.unit}`) ?? []), one])
  const stocked = await stockedIn(db, list)
  const rows: DemandRow[] = []
  for (const own of groups.values()) rows.push(await rowOf(own, purview, stocked))
  return rows.sort((a, b) => b.open - a.open || (a.latest < b.latest ? 1 : a.latest > b.latest ? -1 : 0))
}

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
  unit(drug: number, slot: number): Stocked
  city(drug: number, city: Standing): Promise<Stocked>
}

/** How many institutions stock drugs, in units and in cities, by each kind of evidence. */
async function stockedIn(db: Database, list: ListRow): Promise<StockedIn> {
  const kinds = await Promise.all(evidences.map(async (evidence) => {
    const { counted } = await countedFor(db, list, { evidence, asOf: list.today, knownOn: null, since: null }, [evidence])
    return { evidence, counted, units: await counted.byUnit(evidence) }
  }))
  const stocked = (of: (typeof kinds)[number], counts: number) => [of.evidence, counts] as const
  return {
    unit: (drug, slot) => Object.fromEntries(kinds.map((one) => { const counts = one.units.get(drug); return stocked(one, counts ? stockedAt(counts, slot) : 0) })) as Stocked,
    city: async (drug, { city, cityId, cityName, areaId, parent }) => Object.fromEntries(await Promise.all(kinds.map(async (one) => {
      const area: Area = { level: 'city', code: city!, name: cityName!, cityId: cityId!, areaId: areaId!, parent, population: null }
      const [counts, slots] = [(await one.counted.byCity(one.evidence, areaId!)).get(drug), await slotsOfArea(one.counted, area)]
      return stocked(one, counts ? slots.reduce((sum, slot) => sum + stockedAt(counts, slot), 0) : 0)
    }))) as Stocked,
  }
}

async function rowOf(demands: readonly Standing[], purview: Purview, stocked: StockedIn): Promise<DemandRow> {
  const [{ drug, unit, drugId, unitSlot }] = demands as [Standing, ...Standing[]]
  const open = demands.filter(({ state }) => state === 'open')
  const tally = <Name extends string>(names: readonly Name[], of: (one: Standing) => Name) => Object.fromEntries(names.map((name) => [name, open.filter((one) => of(one) === name).length])) as Record<Name, number>
  return {
    drug, unit, open: open.length, met: demands.filter(({ state }) => state === 'met').length,
    patients: tally(demandPatients, (one) => one.patients), urgency: tally(demandUrgencies, (one) => one.urgency),
    latest: demands.reduce((last, { on }) => (on > last ? on : last), demands[0]!.on), stocked: stocked.unit(drugId, unitSlot),
    ...await citiesOf(open, purview, stocked),
    named: purview.of === 'company' ? null : demands.filter(({ institution }) => institution !== null).map((one) => namedOf(one, purview)),
  }
}

/** What the asker is told of the cities of open demands of a drug in a unit. */
async function citiesOf(open: readonly Standing[], purview: Purview, stocked: StockedIn): Promise<Pick<DemandRow, 'cities' | 'others'>> {
  const cityOf = async (first: Standing, count: Pick<DemandRow['cities'][number], 'demands' | 'institutions'>) => ({ city: first.city!, cityName: first.cityName!, ...count, stocked: await stocked.city(first.drugId, first) })
  if (purview.of === 'company') {
    const asking = citiesAsking(open)
    return { cities: await Promise.all(asking.map(({ city, institutions }) => cityOf(open.find((one) => one.city === city)!, { demands: null, institutions }))), others: null }
  }
  if (purview.of !== 'all' && purview.of !== 'unit') return { cities: [], others: null }
  const byCity = new Map<string, Standing[]>()
  for (const one of open) if (one.institution === null) byCity.set(one.city!, [...(byCity.get(one.city!) ?? []), one])
  const { told, others } = toldCities([...byCity.values()].map((own) => ({ demands: own.length, first: own[0]! })))
  return { cities: await Promise.all(told.map(({ demands, first }) => cityOf(first, { demands, institutions: null }))), others }
}

function namedOf({ institution, institutionName, city, cityName, patients, urgency, on, expiresOn, state, code }: Standing, purview: Purview): NamedDemand {
  return { institution: institution!, name: institutionName ?? institution!, city, cityName, patients, urgency, on, expiresOn, state, ...(purview.of === 'institution' ? { code } : {}) }
}
