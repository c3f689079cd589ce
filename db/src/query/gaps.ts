import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Gap, GapReason, GapsAnswer } from '@lastmile/shared/gap'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { negativeStates, unknownStates, type State } from '@lastmile/shared/state'
import type { Text } from '@lastmile/shared/text'
import { eligibleAt, figuresAt, standingsAt, unknownIn } from '../coverage/cell.js'
import type { Counted } from '../coverage/counted.js'
import { citiesEligibleStocked, citiesStocked, countAt, eligibleNo, eligibleStocked, stateCounter, type Counts } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import { kindCodes, stateCodes } from '../schema/codes.js'
import { areasOfUnit, type Area } from './area.js'
import { eligibilityLoaded } from './coverage.js'
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

/** Drugs in units below their standard on a day: nowhere-stocked drugs first, then by residents. */
export async function gapsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }): Promise<GapsAnswer> {
  const { facts, counted } = await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'], limit.drug)
  const standards = (await standardsOn(db, list.id, when)).filter((one) => (limit.drug === null || one.drugId === limit.drug) && (limit.company === null || one.company === limit.company))
  const loaded = await eligibilityLoaded(db, list.id)
  const counts = await counted.byUnit(when.evidence)
  const eligible = await counted.byUnit('eligible')
  const standing = await counted.byUnit('standing')
  const population = new Map((await rowsOf<{ code: string; population: number | null }>(db, sql`select code, population from region where region_set_id = ${list.regionSetId} and level = 'province'`)).map((row) => [row.code, row.population]))

  const cities = citiesFrom(db, counted, when.evidence)
  const gaps: Gap[] = []
  const judged = new Set<string>()
  for (const one of standards) {
    for (const unit of facts.units) {
      // The latest standard that speaks of the unit holds; an earlier one does no more.
      if (judged.has(`${one.drug}/${unit.code}`) || (one.units && !one.units.includes(unit.code))) continue
      judged.add(`${one.drug}/${unit.code}`)
      if (limit.area && limit.area.code !== unit.code) continue
      const own = counts.get(one.drugId) ?? none
      const eligibleOnly = one.eligibleOnly && loaded.has(one.drugId)
      const institutions = countersOf(one.kinds, eligibleOnly).reduce((total, counter) => total + countAt(own, unit.slot, counter), 0)
      const stockedCities = await cities(own, one, unit, eligibleOnly)
      if (institutions >= one.minInstitutions && stockedCities >= one.minCities) continue
      const { states } = figuresAt(own, [unit.slot])
      const open = loaded.has(one.drugId) ? eligible.get(one.drugId) ?? none : null
      const share = open && eligibleAt(own, open, [unit.slot])
      const declaredOnly = standingsAt(standing.get(one.drugId) ?? none, [unit.slot]).declared_only
      gaps.push({
        drug: one.drug, region: unit.code, company: one.company, institutions, cities: stockedCities, minInstitutions: one.minInstitutions, minCities: one.minCities,
        reason: reasonFor(states.in_stock, declaredOnly, own, open, unit.slot, one.kinds),
        eligible: share?.institutions ?? null, unknown: share?.unknown ?? unknownIn(states), population: population.get(unit.code) ?? null,
      })
    }
  }
  const stockedUnits = new Map(standards.map((one) => [one.drug, gaps.filter((gap) => gap.drug === one.drug && gap.institutions > 0).length + facts.units.length - gaps.filter((gap) => gap.drug === one.drug).length]))
  gaps.sort((a, b) => stockedUnits.get(a.drug)! - stockedUnits.get(b.drug)! || (b.population ?? 0) - (a.population ?? 0) || (a.drug < b.drug ? -1 : 1))
  return {
    basis: basisOf(list, when), gaps,
    standards: standards.map(({ drug, minInstitutions, minCities, reason }) => ({ drug, minInstitutions, minCities, reason })),
  }
}

/** The counters of the institutions that stock and that a standard counts. */
function countersOf(of: readonly Kind[], eligibleOnly: boolean): number[] {
  return of.map((kind) => (eligibleOnly ? eligibleStocked + kindCodes.code(kind) : stateCounter(kindCodes.code(kind), stateCodes.code('in_stock'))))
}

/**
 * Cities of a unit with at least one institution that a standard counts. The maintained figure counts institutions of
 * every kind: it serves wherever no other kind stocks there, else the city rows of the unit's areas are read, once.
 */
function citiesFrom(db: Database, counted: Counted, evidence: Evidence) {
  const read = new Map<number, Promise<{ slot: number; city: number; counts: ReadonlyMap<number, Counts> }[]>>()
  const citiesOf = async (unitId: number) => {
    const areas = await areasOfUnit(db, unitId)
    return (await Promise.all(areas.map(async (area) => {
      const counts = await counted.byCity(evidence, area)
      return (await counted.citySlots(area)).filter((one) => one.unit === unitId).map(({ slot, city }) => ({ slot, city, counts }))
    }))).flat()
  }
  return async (own: Counts, standard: StandardRow, unit: { id: number; slot: number }, eligibleOnly: boolean): Promise<number> => {
    const others = countersOf(kinds.filter((kind) => !standard.kinds.includes(kind)), eligibleOnly)
    if (others.every((counter) => countAt(own, unit.slot, counter) === 0)) return countAt(own, unit.slot, eligibleOnly ? citiesEligibleStocked : citiesStocked)
    let slots = read.get(unit.id)
    if (!slots) read.set(unit.id, (slots = citiesOf(unit.id)))
    const wanted = countersOf(standard.kinds, eligibleOnly)
    const stocked = (await slots).filter(({ slot, counts }) => wanted.some((counter) => countAt(counts.get(standard.drugId) ?? none, slot, counter) > 0))
    return new Set(stocked.map((one) => one.city)).size
  }
}

/** The honest reason. Silence is never "nobody stocks it": that takes a no, and nothing unknown among those whom the standard asks. */
function reasonFor(stocked: number, declaredOnly: number, counts: Counts, eligible: Counts | null, slot: number, of: readonly Kind[]): GapReason {
  if (stocked > 0) return 'too_few'
  if (declaredOnly > 0) return 'declared_only'
  const codes = of.map((kind) => kindCodes.code(kind))
  const inState = (state: State) => codes.reduce((total, kind) => total + countAt(counts, slot, stateCounter(kind, stateCodes.code(state))), 0)
  const eligibleSilent = eligible !== null && codes.some((kind) => countAt(eligible, slot, stateCounter(kind, 0)) > countAt(counts, slot, eligibleStocked + kind) + countAt(counts, slot, eligibleNo + kind))
  const saidNo = negativeStates.some((state) => inState(state) > 0)
  if (saidNo && !eligibleSilent && unknownStates.every((state) => inState(state) === 0)) return 'nobody_stocks'
  if (inState('stale') > 0) return 'stale'
  return inState('not_known') > 0 ? 'not_known' : 'not_reported'
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
