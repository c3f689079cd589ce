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
import { countersOf, reasonAt, sumAt, unknownAt, type DrugCounts } from './gap-reason.js'
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
  const [counts, eligible, standing, loaded, population] = await Promise.all([counted.byUnit(evidence), counted.byUnit('eligible'), counted.byUnit('standing'), eligibilityLoaded(db, list.id), populationOf(db, list)])
  const measures = standards.map((standard) => {
    const { drugId } = standard
    const drug = { own: counts.get(drugId) ?? none, standing: standing.get(drugId) ?? none, eligible: loaded.has(drugId) ? eligible.get(drugId) ?? none : null }
    return measureOf(standard, drug, standard.eligibleOnly && loaded.has(drugId))
  })
  const cities = new Map<number, CityRow[]>()
  for (const unit of facts.units) {
    if (area !== null && area.code !== unit.code) continue
    if (measures.some(({ drug, others }) => sumAt(drug.own, unit.slot, others) > 0)) cities.set(unit.id, await cityRows(db, counted, evidence, unit.id))
  }
  return gapsAmong(measures, facts, cities, population, area)
}

async function populationOf(db: Database, list: ListRow): Promise<Map<string, number | null>> {
  const rows = await rowsOf<{ code: string; population: number | null }>(db, sql`select code, population from region where region_set_id = ${list.regionSetId} and level = 'province'`)
  return new Map(rows.map((row) => [row.code, row.population]))
}

/** A standard with the counters of its drug, and which of them it looks at. */
function measureOf(standard: StandardRow, drug: DrugCounts, eligibleOnly: boolean) {
  const { kinds: asked, units } = standard
  return {
    standard, drug, wanted: countersOf(asked, eligibleOnly), others: countersOf(kinds.filter((kind) => !asked.includes(kind)), eligibleOnly), kinds: asked.map((kind) => kindCodes.code(kind)),
    cities: eligibleOnly ? citiesEligibleStocked : citiesStocked, units: units && new Set(units), nowhere: stockedAt(drug.own, wholeSlot) === 0,
  }
}

/** Judges by numbers alone: there are as many pairs of a drug and a unit as drugs times units. */
function gapsAmong(measures: readonly ReturnType<typeof measureOf>[], facts: ListFacts, cityRowsOf: ReadonlyMap<number, CityRow[]>, population: ReadonlyMap<string, number | null>, area: Area | null): { gaps: OrderedGap[]; judged: number } {
  const gaps: OrderedGap[] = []
  const places = new Map([...facts.drugs.keys()].map((id, place) => [id, place]))
  const spoken = new Map<number, Set<number>>()
  let judged = 0
  for (const { standard, drug, wanted, others, kinds: asked, cities: citiesCounter, units, nowhere } of measures) {
    const { drugId, minInstitutions, minCities } = standard
    const slots = spoken.get(drugId) ?? new Set()
    spoken.set(drugId, slots)
    for (const unit of facts.units) {
      const { slot, code } = unit
      // The latest standard that speaks of the unit holds; an earlier one does no more.
      if (slots.has(slot) || (units && !units.has(code))) continue
      slots.add(slot)
      judged += 1
      if (area && area.code !== code) continue
      const institutions = sumAt(drug.own, slot, wanted)
      // The maintained figure counts the cities of institutions of every kind: it serves wherever no other kind stocks there.
      const cities = sumAt(drug.own, slot, others) === 0 ? countAt(drug.own, slot, citiesCounter) : stockedCities(cityRowsOf.get(unit.id)!, drugId, wanted)
      if (institutions >= minInstitutions && cities >= minCities) continue
      const { eligible, unknown } = unknownAt(drug, slot)
      gaps.push({
        drug: standard.drug, region: code, company: standard.company, institutions, cities, minInstitutions, minCities, nowhere, reason: reasonAt(drug, slot, asked),
        eligible, unknown, population: population.get(code) ?? null, drugPlace: places.get(drugId)!, regionPlace: slot, reached: facts.units.length,
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

async function cityRows(db: Database, counted: Counted, evidence: Evidence, unitId: number): Promise<CityRow[]> {
  const areas = await areasOfUnit(db, unitId)
  const [counts, slots] = await Promise.all([counted.byCities(evidence, areas), counted.slotsOf(areas)])
  return areas.flatMap((area) => slots.get(area)!.filter((one) => one.unit === unitId).map(({ slot, city }) => ({ slot, city, counts: counts.get(area)! })))
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
