import type { Evidence } from '@lastmile/shared/evidence'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { states, type State } from '@lastmile/shared/state'
import { figuresAt } from '../coverage/cell.js'
import type { Counted } from '../coverage/counted.js'
import { anyDrug, citiesStocked, countAt, speaking, stockedAt, sumAt, unitsStocked, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Database } from '../database.js'
import type { Area } from './area.js'
import { slotsOfArea } from './coverage.js'
import type { ListRow } from './lists.js'
import { basisOf, countedFor, type When } from './question.js'
import { countersOf, hasReported, saidIn } from './said.js'

const none: Counts = new Int32Array(0)
const allCounters = countersOf(states)

/** The headline: how many listed drugs are in stock somewhere, at how many distinct institutions, in how many units; and what is unknown. */
export async function headlineOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, area: Area | null): Promise<HeadlineAnswer> {
  return headlineFrom(db, list, when, area, await countedFor(db, list, when, [when.evidence]))
}

/** The same of counts that are at hand. */
export async function headlineFrom(db: Database, list: ListRow, when: When & { evidence: Evidence }, area: Area | null, { facts, counted }: { facts: ListFacts; counted: Counted }): Promise<HeadlineAnswer> {
  const byCity = area?.level === 'city'
  const [counts, slots, unitsSilent] = await Promise.all([
    byCity ? counted.byCity(when.evidence, area.areaId) : area ? counted.byUnit(when.evidence) : counted.whole(when.evidence),
    area === null ? [wholeSlot] : slotsOfArea(counted, area), area === null ? silentUnits(counted, facts, when.evidence) : [],
  ])

  const overAll = figuresAt(counts.get(anyDrug) ?? none, slots)
  const unitsOf = (drug: number, institutions: number) => (area === null ? countAt(counts.get(drug) ?? none, wholeSlot, unitsStocked) : Math.min(1, institutions))
  const inStates = (id: number, counters: readonly number[]) => slots.reduce((sum, slot) => sum + sumAt(counts.get(id) ?? none, slot, counters), 0)
  const everNamed = [...facts.drugs.keys()].some((id) => inStates(id, allCounters) > 0)
  const reported = everNamed || await hasReported(db, list, when)
  const drugs = [...facts.drugs].map(([id, { code }]): HeadlineAnswer['drugs'][number] => {
    const own = counts.get(id) ?? none
    const institutions = slots.reduce((sum, slot) => sum + stockedAt(own, slot), 0)
    return { drug: code, said: saidIn(own, slots, when.evidence, reported), institutions, units: unitsOf(id, institutions), cities: byCity ? Math.min(1, institutions) : slots.reduce((sum, slot) => sum + countAt(own, slot, citiesStocked), 0) }
  })
  const pairsIn = (state: State) => [...facts.drugs.keys()].reduce((sum, id) => sum + inStates(id, countersOf([state])), 0)
  const drugsStocked = drugs.filter((one) => one.institutions > 0).length
  return {
    basis: basisOf(list, when),
    region: area?.code ?? null,
    reported,
    drugsListed: drugs.length,
    drugsStocked,
    drugsUnstocked: drugs.length - drugsStocked,
    drugsUnknown: drugs.filter((one) => one.said === 'unknown').length,
    drugsNotReported: drugs.filter((one) => one.said === 'nothing').length,
    institutions: overAll.stocked.institutions,
    hospitals: overAll.stocked.hospitals,
    pharmacies: overAll.stocked.pharmacies,
    others: overAll.stocked.others,
    provinces: unitsOf(anyDrug, overAll.stocked.institutions),
    cities: byCity ? Math.min(1, overAll.stocked.institutions) : overAll.stocked.cities,
    drugsInMoreThan: Object.fromEntries(list.thresholds.map((threshold) => [String(threshold), drugs.filter((one) => one.units > threshold).length])),
    unknown: {
      institutions: overAll.states.not_known + overAll.states.stale + overAll.states.not_reported,
      notKnown: pairsIn('not_known'),
      stale: pairsIn('stale'),
      notReported: pairsIn('not_reported'),
      unitsSilent,
    },
    drugs,
  }
}

/** Units of which nothing that still counts was said: stale and withdrawn statements are silence. */
async function silentUnits(counted: Counted, facts: ListFacts, evidence: Evidence): Promise<string[]> {
  const overAll = (await counted.byUnit(evidence, anyDrug)).get(anyDrug) ?? none
  return facts.units.filter((unit) => countAt(overAll, unit.slot, speaking) === 0).map((unit) => unit.code)
}
