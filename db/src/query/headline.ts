import { sql } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { kinds } from '@lastmile/shared/kind'
import { negativeStates, stateCode, states, type State } from '@lastmile/shared/state'
import { figuresAt } from '../coverage/cell.js'
import type { Counted } from '../coverage/counted.js'
import { anyDrug, citiesStocked, countAt, speaking, stateCounter, stockedAt, sumAt, unitsStocked, wholeSlot, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { Area } from './area.js'
import { slotsOfArea } from './coverage.js'
import type { ListRow } from './lists.js'
import { basisOf, countedFor, type When } from './question.js'

/** What is said, and leaves open whether the drug is there. */
const open = ['stale', 'not_known'] as const

const none: Counts = new Int32Array(0)

/** The counters of some states, over all kinds of institutions. */
function countersOf(some: readonly State[]): number[] {
  return some.flatMap((state) => kinds.map((_, kind) => stateCounter(kind, stateCode(state))))
}

const [allCounters, noCounters, openCounters] = [countersOf(states), countersOf(negativeStates), countersOf(open)]

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
  const supplied = when.evidence === 'supplied'
  const inStates = (id: number, counters: readonly number[]) => slots.reduce((sum, slot) => sum + sumAt(counts.get(id) ?? none, slot, counters), 0)
  const everNamed = [...facts.drugs.keys()].some((id) => inStates(id, allCounters) > 0)
  const reported = everNamed || await hasReported(db, list, when)
  const drugs = [...facts.drugs].map(([id, { code }]): HeadlineAnswer['drugs'][number] => {
    const own = counts.get(id) ?? none
    const institutions = slots.reduce((sum, slot) => sum + stockedAt(own, slot), 0)
    const silent = supplied && reported ? 'no' : 'nothing'
    const said = institutions > 0 ? 'yes' : inStates(id, noCounters) > 0 ? 'no' : inStates(id, openCounters) > 0 ? 'unknown' : silent
    return { drug: code, said, institutions, units: unitsOf(id, institutions), cities: byCity ? Math.min(1, institutions) : slots.reduce((sum, slot) => sum + countAt(own, slot, citiesStocked), 0) }
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

/** True if a report of this kind speaks of the day or an earlier one, and was accepted by the instant asked for. Asked only where no count tells it. */
async function hasReported(db: Database, list: ListRow, when: When & { evidence: Evidence }): Promise<boolean> {
  const known = when.knownOn === null ? sql`accepted_at is not null` : sql`accepted_at <= ${when.knownOn}::timestamptz`
  const [row] = await rowsOf<{ reported: boolean }>(db, sql`
    select exists (select 1 from report where list_id = ${list.id} and evidence = ${evidenceCodes.code(when.evidence)} and as_of <= ${when.asOf} and ${known}) as reported`)
  return row!.reported
}

/** Units of which nothing that still counts was said: stale and withdrawn statements are silence. */
async function silentUnits(counted: Counted, facts: ListFacts, evidence: Evidence): Promise<string[]> {
  const overAll = (await counted.byUnit(evidence, anyDrug)).get(anyDrug) ?? none
  return facts.units.filter((unit) => countAt(overAll, unit.slot, speaking) === 0).map((unit) => unit.code)
}
