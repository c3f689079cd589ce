import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { GapsAnswer } from '@lastmile/shared/gap'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { Text } from '@lastmile/shared/text'
import type { Counted } from '../coverage/counted.js'
import { citiesEligibleStocked, citiesStocked, countAt, stockedAt, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { areasOfUnit, type Area } from './area.js'
import { eligibilityLoaded } from './coverage.js'
import { pageOfGaps, type GapPage, type OrderedGap } from './gap-page.js'
import { countersOf, reasonAt, sumAt, unknownAt } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { basisOf, countedFor, type When } from './question.js'

interface StandardRow {
  drugId: number
  drug: string
  company: string
  reason: Text
  minInstitutions: number
  minCities: number
  kinds: Kind[]
  eligibleOnly: boolean
  units: string[] | null
}

const none: Counts = new Int32Array(0)

/** A page of the drugs in units below their standard on a day: unless ordered otherwise nowhere-stocked drugs first, then by residents. */
export async function gapsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }, page: GapPage): Promise<GapsAnswer> {
  const { facts, counted } = await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'], limit.drug)
  const standards = (await standardsOn(db, list.id, when)).filter((one) => (limit.drug === null || one.drugId === limit.drug) && (limit.company === null || one.company === limit.company))
  const { gaps, judged } = await judge(db, list, facts, counted, when.evidence, standards, limit.area)
  const answered = pageOfGaps(gaps, page)
  const shown = new Set(answered.gaps.map((gap) => gap.drug))
  return {
    basis: basisOf(list, when), ...answered, judged,
    standards: standards.filter((one) => shown.has(one.drug)).map(({ drug, minInstitutions, minCities, reason }) => ({ drug, minInstitutions, minCities, reason })),
  }
}

/** All drugs in units (of an area, or all) below their standard, and how many pairs of them have one. */
async function judge(db: Database, list: ListRow, facts: ListFacts, counted: Counted, evidence: Evidence, standards: readonly StandardRow[], area: Area | null): Promise<{ gaps: OrderedGap[]; judged: number }> {
  const [counts, eligible, standing] = [await counted.byUnit(evidence), await counted.byUnit('eligible'), await counted.byUnit('standing')]
  const loaded = await eligibilityLoaded(db, list.id)
  const population = new Map((await rowsOf<{ code: string; population: number | null }>(db, sql`select code, population from region where region_set_id = ${list.regionSetId} and level = 'province'`)).map((row) => [row.code, row.population]))
  const drugPlaces = new Map([...facts.drugs.keys()].map((id, place) => [id, place]))
  const cityRows = cityRowsFrom(db, counted, evidence)
  const gaps: OrderedGap[] = []
  const standardFor = new Map<number, Set<number>>()
  let judged = 0
  for (const one of standards) {
    const { drugId, minInstitutions, minCities } = one
    const own = counts.get(drugId) ?? none
    const drug = { own, standing: standing.get(drugId) ?? none, eligible: loaded.has(drugId) ? eligible.get(drugId) ?? none : null }
    const eligibleOnly = one.eligibleOnly && loaded.has(drugId)
    const wanted = countersOf(one.kinds, eligibleOnly)
    const others = countersOf(kinds.filter((kind) => !one.kinds.includes(kind)), eligibleOnly)
    const kindsAsked = one.kinds.map((kind) => kindCodes.code(kind))
    const units = one.units && new Set(one.units)
    const nowhere = stockedAt(own, wholeSlot) === 0
    const regions = standardFor.get(drugId) ?? new Set()
    standardFor.set(drugId, regions)
    for (const unit of facts.units) {
      // The latest standard that speaks of the unit holds; an earlier one does no more.
      if (regions.has(unit.slot) || (units && !units.has(unit.code))) continue
      regions.add(unit.slot)
      judged += 1
      if (area && area.code !== unit.code) continue
      const institutions = sumAt(own, unit.slot, wanted)
      // The maintained figure counts the cities of institutions of every kind: it serves wherever no other kind stocks there.
      const cities = sumAt(own, unit.slot, others) === 0 ? countAt(own, unit.slot, eligibleOnly ? citiesEligibleStocked : citiesStocked) : stockedCities(await cityRows(unit.id), drugId, wanted)
      if (institutions >= minInstitutions && cities >= minCities) continue
      const { eligible: open, unknown } = unknownAt(drug, unit.slot)
      gaps.push({
        drug: one.drug, region: unit.code, company: one.company, institutions, cities, minInstitutions, minCities, nowhere, reason: reasonAt(drug, unit.slot, kindsAsked),
        eligible: open, unknown, population: population.get(unit.code) ?? null, drugPlace: drugPlaces.get(drugId)!, regionPlace: unit.slot, reached: facts.units.length,
      })
    }
  }
  const empty = new Map<string, number>()
  for (const gap of gaps) if (gap.institutions === 0) empty.set(gap.drug, (empty.get(gap.drug) ?? 0) + 1)
  for (const gap of gaps) gap.reached -= empty.get(gap.drug) ?? 0
  return { gaps, judged }
}

/** A city's counts of all drugs, and where they stand. */
interface CityRow {
  slot: number
  city: number
  counts: ReadonlyMap<number, Counts>
}

/** Reads the city rows of a unit's areas, once. */
function cityRowsFrom(db: Database, counted: Counted, evidence: Evidence): (unitId: number) => Promise<CityRow[]> {
  const read = new Map<number, Promise<CityRow[]>>()
  const citiesOf = async (unitId: number) => {
    const areas = await areasOfUnit(db, unitId)
    return (await Promise.all(areas.map(async (area) => {
      const counts = await counted.byCity(evidence, area)
      return (await counted.citySlots(area)).filter((one) => one.unit === unitId).map(({ slot, city }) => ({ slot, city, counts }))
    }))).flat()
  }
  return (unitId) => {
    let rows = read.get(unitId)
    if (!rows) read.set(unitId, (rows = citiesOf(unitId)))
    return rows
  }
}

/** Cities with at least one institution that a standard counts. */
function stockedCities(rows: readonly CityRow[], drugId: number, wanted: readonly number[]): number {
  return new Set(rows.filter(({ slot, counts }) => sumAt(counts.get(drugId) ?? none, slot, wanted) > 0).map((one) => one.city)).size
}

/** The standards begun by the as-of day, as known then: a drug's latest first. */
async function standardsOn(db: Database, listId: number, when: When): Promise<StandardRow[]> {
  const known = when.knownOn === null ? sql`s.known_to is null` : sql`s.known_from <= ${when.knownOn} and (s.known_to is null or s.known_to > ${when.knownOn})`
  return rowsOf<StandardRow>(db, sql`
    select d.id as "drugId", d.code as drug, c.code as company, s.reason, s.min_institutions as "minInstitutions", s.min_cities as "minCities",
           s.kinds, s.eligible_only as "eligibleOnly", s.units
    from standard s join drug d on d.id = s.drug_id join company c on c.id = d.company_id
    where d.list_id = ${listId} and s.from_day <= ${when.asOf} and ${known} order by d.no, s.from_day desc, s.id`)
}
