import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Gap, GapReason, GapsAnswer } from '@lastmile/shared/gap'
import { kinds, type Kind } from '@lastmile/shared/kind'
import type { Text } from '@lastmile/shared/text'
import { eligibleAt, figuresAt, standingsAt, unknownIn } from '../coverage/cell.js'
import { citiesEligibleStocked, citiesStocked, countAt, eligibleStocked, stateCounter, type Counts } from '../coverage/counts.js'
import { rowsOf, type Database } from '../database.js'
import type { Area } from './area.js'
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
  const { facts, counted } = await countedFor(db, list, when, [when.evidence, 'standing'])
  const standards = (await standardsOn(db, list.id, when)).filter((one) => (limit.drug === null || one.drugId === limit.drug) && (limit.company === null || one.company === limit.company))
  const loaded = await eligibilityLoaded(db, list.id)
  const counts = await counted.byUnit(when.evidence)
  const eligible = await counted.byUnit('eligible')
  const standing = await counted.byUnit('standing')
  const population = new Map((await rowsOf<{ code: string; population: number | null }>(db, sql`select code, population from region where region_set_id = ${list.regionSetId} and level = 'province'`)).map((row) => [row.code, row.population]))

  const gaps: Gap[] = []
  const judged = new Set<string>()
  for (const one of standards) {
    for (const unit of facts.units) {
      // The latest standard that speaks of the unit holds; an earlier one does no more.
      if (judged.has(`${one.drug}/${unit.code}`) || (one.units && !one.units.includes(unit.code))) continue
      judged.add(`${one.drug}/${unit.code}`)
      if (limit.area && limit.area.code !== unit.code) continue
      const own = counts.get(one.drugId) ?? none
      const institutions = institutionsOf(own, unit.slot, one, loaded.has(one.drugId))
      const cities = countAt(own, unit.slot, one.eligibleOnly && loaded.has(one.drugId) ? citiesEligibleStocked : citiesStocked)
      if (institutions >= one.minInstitutions && cities >= one.minCities) continue
      const { states } = figuresAt(own, [unit.slot])
      const share = loaded.has(one.drugId) ? eligibleAt(own, eligible.get(one.drugId) ?? none, [unit.slot]) : null
      gaps.push({
        drug: one.drug, region: unit.code, company: one.company, institutions, cities, minInstitutions: one.minInstitutions, minCities: one.minCities,
        reason: reasonFor(institutions, states, standingsAt(standing.get(one.drugId) ?? none, [unit.slot]).declared_only),
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

function institutionsOf(counts: Counts, slot: number, standard: StandardRow, eligibilityIsLoaded: boolean): number {
  return kinds.reduce((total, kind, code) => {
    if (!standard.kinds.includes(kind)) return total
    return total + countAt(counts, slot, standard.eligibleOnly && eligibilityIsLoaded ? eligibleStocked + code : stateCounter(code, 0))
  }, 0)
}

/** The honest reason. Silence is never "nobody stocks it". */
function reasonFor(institutions: number, states: Record<string, number>, declaredOnly: number): GapReason {
  if (institutions > 0) return 'too_few'
  if (declaredOnly > 0 && states['in_stock'] === 0) return 'declared_only'
  const negative = states['on_order']! + states['out_of_stock']! + states['not_carried']! + states['discontinued']!
  if (negative > 0) return 'nobody_stocks'
  if (states['stale']! > 0) return 'stale'
  return 'not_reported'
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
