import type { Evidence } from '@lastmile/shared/evidence'
import { isMet, type GapsAnswer } from '@lastmile/shared/gap'
import { emptySheet, type Counted } from '../coverage/counted.js'
import { stockedAt, sumAt, wholeSlot, width, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Database } from '../database.js'
import { areasOfUnits, type Area } from './area.js'
import { GapColumns } from './gap-columns.js'
import { agesOf, withAges } from './gap-ages.js'
import { pageOfGaps, type GapPage } from './gap-page.js'
import { eligibleAt, gapAt, thereAt, unknownAt, untold, type DrugCounts } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { measuresOn, type Measure } from './measures.js'
import { basisOf, countedFor, type When } from './question.js'

const none: Counts = new Int32Array(0)

/** A page of the drugs in units below their standard on a day: unless ordered otherwise nowhere-stocked drugs first, then by residents. */
export async function gapsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }, page: GapPage): Promise<GapsAnswer> {
  return gapsFrom(db, list, when, limit, page, await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'], limit.drug))
}

/** The same of counts that are at hand. */
export async function gapsFrom(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }, page: GapPage, { facts, counted }: { facts: ListFacts; counted: Counted }): Promise<GapsAnswer> {
  const measures = (await measuresOn(db, list, when)).filter(({ standard: one }) => (limit.drug === null || one.drugId === limit.drug) && (limit.company === null || one.company === limit.company))
  const { gaps, judged } = await judge(db, facts, counted, when.evidence, measures, limit.area)
  const ages = page.sort?.by === 'age' ? await agesOf(db, list, facts, when, gaps, [...Array(gaps.length).keys()]) : null
  const { at, ...answered } = pageOfGaps(gaps, page, ages)
  const shownGaps = withAges(gaps, at, ages ?? await agesOf(db, list, facts, when, gaps, at), when)
  const shown = new Set(shownGaps.map((gap) => gap.drug))
  return {
    basis: basisOf(list, when), gaps: shownGaps, ...answered, judged,
    standards: measures.filter(({ standard }) => shown.has(standard.drug)).map(({ standard: { drug, minInstitutions, minCities, reason } }) => ({ drug, minInstitutions, minCities, reason })),
  }
}

/** All drugs in units (of an area, or all) below their standard, and how many pairs of them have one. By numbers alone, a unit at a time: there are as many pairs as drugs times units. */
async function judge(db: Database, facts: ListFacts, counted: Counted, evidence: Evidence, measures: readonly Measure[], area: Area | null): Promise<{ gaps: GapColumns; judged: number }> {
  const { units } = facts
  const looked = units.filter((unit) => area === null || unit.code === area.code).map((unit) => unit.slot)
  const asksEligible = measures.some((one) => one.eligibilityLoaded)
  const [ownOf, standingOf, eligibleOf] = await counted.sheets([[evidence, [wholeSlot, ...looked]], ['standing', looked], ['eligible', asksEligible ? looked : []]])
  const [own, standing, eligible] = [emptySheet(facts), emptySheet(facts), emptySheet(facts)]
  ownOf!(wholeSlot, own)
  const [withEligible, withoutEligible] = [{ own, standing, eligible }, { own, standing, eligible: null }]
  const gaps = new GapColumns(measures, measures.map(({ slot }) => stockedAt(own, slot) === 0), units)
  const judgedIn = new Int32Array(facts.drugSlots.size).fill(-1)
  const asksCities = new Map<number, DrugCounts>()
  let judged = 0
  for (const [place, { slot: unit, code }] of units.entries()) {
    const isLooked = area === null || area.code === code
    if (isLooked) {
      for (const [counts, read] of [[own, ownOf!], [standing, standingOf!], [eligible, eligibleOf!]] as const) read(unit, counts.fill(0))
    }
    for (let at = 0; at < measures.length; at++) {
      const measure = measures[at]!
      const { slot, standard } = measure
      // The latest standard that speaks of the unit holds; an earlier one does no more.
      if (judgedIn[slot] === place || (measure.units !== null && !measure.units.has(code))) continue
      judgedIn[slot] = place
      judged += 1
      if (!isLooked) continue
      const there = thereAt(own, slot, measure)
      if (isMet(standard, there)) continue
      const drug = measure.eligibilityLoaded ? withEligible : withoutEligible
      if (there.cities === untold) asksCities.set(gaps.length, ofSlot(drug, slot))
      gaps.push(at, place, there.institutions, there.cities, gapAt(drug, slot, measure, evidence, there), measure.eligibilityLoaded ? eligibleAt(eligible, slot) : untold, unknownAt(drug, slot))
    }
  }
  await tellCities(db, facts, counted, evidence, gaps, asksCities)
  return { gaps, judged }
}

/** The counters of one slot alone. */
function ofSlot({ own, standing, eligible }: DrugCounts, slot: number): DrugCounts {
  const only = (counts: Counts) => counts.slice(slot * width, (slot + 1) * width)
  return { own: only(own), standing: only(standing), eligible: eligible && only(eligible) }
}

/** Tells the cities that are not told yet, by those of the institutions that a standard counts, and leaves out what thereby is no gap. `pending`: those gaps, with their counters. */
async function tellCities(db: Database, facts: ListFacts, counted: Counted, evidence: Evidence, gaps: GapColumns, pending: ReadonlyMap<number, DrugCounts>): Promise<void> {
  if (pending.size === 0) return
  const asked = [...pending.keys()]
  const unitOf = (at: number) => facts.units[gaps.unit[at]!]!.id
  const areas = await areasOfUnits(db, [...new Set(asked.map(unitOf))])
  const drugs = [...new Set(asked.map((at) => gaps.measures[gaps.measure[at]!]!.standard.drugId))]
  const [counts, slotsOf] = await Promise.all([counted.byCities(evidence, areas, drugs), counted.slotsOf(areas)])
  const slots = areas.flatMap((area) => slotsOf.get(area)!.map((slot) => ({ ...slot, counts: counts.get(area)! })))
  for (const [at, drug] of pending) {
    const measure = gaps.measures[gaps.measure[at]!]!
    const { standard, wanted } = measure
    const unit = unitOf(at)
    gaps.cities[at] = new Set(slots.filter((one) => one.unit === unit && sumAt(one.counts.get(standard.drugId) ?? none, one.slot, wanted) > 0).map((one) => one.city)).size
    gaps.tell(at, gapAt(drug, 0, measure, evidence, { institutions: gaps.institutions[at]!, cities: gaps.cities[at]! }))
  }
  gaps.keep((at) => !isMet(gaps.measures[gaps.measure[at]!]!.standard, { institutions: gaps.institutions[at]!, cities: gaps.cities[at]! }))
}
