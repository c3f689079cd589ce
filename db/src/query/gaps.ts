import type { Evidence } from '@lastmile/shared/evidence'
import type { GapsAnswer } from '@lastmile/shared/gap'
import { fallsShort } from '@lastmile/shared/standard'
import { emptySheet, type Counted } from '../coverage/counted.js'
import { stockedAt, wholeSlot, width, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Database } from '../database.js'
import type { Area } from './area.js'
import { atOneVersion } from './at-one-version.js'
import { agesOf, withAges, type HistoriesOf } from './gap-ages.js'
import { GapColumns } from './gap-columns.js'
import { pageOfGaps, type GapPage } from './gap-page.js'
import { eligibleAt, gapAt, thereAt, unknownAt, untold, type DrugCounts } from './gap-reason.js'
import type { ListRow } from './lists.js'
import { measuresOn, type Measure } from './measures.js'
import { basisOf, countedFor, type When } from './question.js'
import { takeServed } from './served-units.js'
import { tellCities, tellReach, type Judging } from './told-gaps.js'

/** A page of the drugs in units below their standard on a day: unless ordered otherwise nowhere-stocked drugs first, then by residents. */
export async function gapsOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }, page: GapPage): Promise<GapsAnswer> {
  return atOneVersion(db, list, async () => gapsFrom(db, list, when, limit, page, await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'], limit.drug)))
}

/** Counts of a question that were asked for already. */
interface AtHand {
  facts: ListFacts
  counted: Counted
  /** Of all drugs over time; asked for, where they are not at hand. */
  histories?: HistoriesOf
}

/** The same of counts that are at hand. */
export async function gapsFrom(db: Database, list: ListRow, when: When & { evidence: Evidence }, limit: { drug: number | null; company: string | null; area: Area | null }, page: GapPage, counts: AtHand): Promise<GapsAnswer> {
  const measures = (await measuresOn(db, list, when)).filter(({ standard: one }) => (limit.drug === null || one.drugId === limit.drug) && (limit.company === null || one.company === limit.company))
  const { facts, histories } = counts
  const { gaps, judged, reachNotLoaded, served, holding } = await judgeCounts(db, list, when, measures, limit.area, counts)
  const ages = page.sort?.by === 'age' ? await agesOf(db, list, facts, when, gaps, [...Array(gaps.length).keys()], histories) : null
  const { at, ...answered } = pageOfGaps(gaps, page, ages)
  const shownGaps = withAges(gaps, at, ages ?? await agesOf(db, list, facts, when, gaps, at, histories), when)
  const shown = new Set(shownGaps.map((gap) => gap.drug))
  return {
    basis: basisOf(list, when), gaps: shownGaps, ...answered, judged, reachNotLoaded, served,
    standards: measures.filter((one) => holding.has(one) && shown.has(one.standard.drug)).map(({ standard: { drug, minInstitutions, minCities, reason } }) => ({ drug, minInstitutions, minCities, reason })),
  }
}

/** What came of judging: the gaps, and how many pairs of drug and unit there is a rule for. Of `reachNotLoaded` of these nobody can judge the reach; `served` are no gaps because somebody elsewhere serves them. */
export interface Judgement extends Pick<GapsAnswer, 'judged' | 'reachNotLoaded' | 'served'> {
  gaps: GapColumns
  /** Of the measures, those that hold in any unit. */
  holding: ReadonlySet<Measure>
}

/**
 * All drugs in units (of an area, or all) below the rules that hold there: of measures in the order of the list, a drug's
 * latest first. Whoever asks what is, was, or would be a gap asks here. By numbers alone, a unit at a time: there are as
 * many pairs as drugs times units. Of counts that are at hand: `judgeCounts`.
 */
export async function judgeGaps(db: Database, list: ListRow, when: When & { evidence: Evidence }, measures: readonly Measure[], { drug, area }: { drug: number | null; area: Area | null }): Promise<Judgement> {
  return judgeCounts(db, list, when, measures, area, await countedFor(db, list, when, [when.evidence, 'standing', 'eligible'], drug))
}

/** The same by counts that are at hand. */
export async function judgeCounts(db: Database, list: ListRow, when: When & { evidence: Evidence }, measures: readonly Measure[], area: Area | null, { facts, counted }: AtHand): Promise<Judgement> {
  const { units } = facts
  const looked = units.filter((unit) => area === null || unit.code === area.code).map((unit) => unit.slot)
  const asksEligible = measures.some((one) => one.eligibilityLoaded)
  const [ownOf, standingOf, eligibleOf] = await counted.sheets([[when.evidence, [wholeSlot, ...looked]], ['standing', looked], ['eligible', asksEligible ? looked : []]])
  const [own, standing, eligible] = [emptySheet(facts), emptySheet(facts), emptySheet(facts)]
  ownOf!(wholeSlot, own)
  const [withEligible, withoutEligible] = [{ own, standing, eligible }, { own, standing, eligible: null }]
  const gaps = new GapColumns(measures, measures.map(({ slot }) => stockedAt(own, slot) === 0), units)
  const judgedIn = new Int32Array(facts.drugSlots.size).fill(-1)
  const pending = new Map<number, DrugCounts>()
  const holding = new Set<Measure>()
  let judged = 0
  for (const [place, { slot: unit, code }] of units.entries()) {
    if (area !== null && area.code !== code) continue
    for (const [counts, read] of [[own, ownOf!], [standing, standingOf!], [eligible, eligibleOf!]] as const) read(unit, counts.fill(0))
    for (let at = 0; at < measures.length; at++) {
      const measure = measures[at]!
      const { slot, standard } = measure
      // The latest rule that speaks of the unit holds; an earlier one does no more.
      if (judgedIn[slot] === place || (measure.units !== null && !measure.units.has(code))) continue
      judgedIn[slot] = place
      judged += 1
      holding.add(measure)
      const there = { ...thereAt(own, slot, measure), reached: null }
      if (standard.reach === null && there.cities !== untold && !fallsShort(standard, there)) continue
      const counts = measure.eligibilityLoaded ? withEligible : withoutEligible
      if (there.cities === untold || standard.reach !== null) pending.set(gaps.length, ofSlot(counts, slot))
      gaps.push(at, place, there.institutions, there.cities, gapAt(counts, slot, measure, when.evidence, there), measure.eligibilityLoaded ? eligibleAt(eligible, slot) : untold, unknownAt(counts, slot))
    }
  }
  const judging: Judging = { db, list, when, facts, counted, gaps }
  await tellCities(judging)
  const reachNotLoaded = await tellReach(judging)
  const thereOf = (at: number) => ({ institutions: gaps.institutions[at]!, cities: gaps.cities[at]!, reached: gaps.reachedAt(at) })
  for (const [at, counts] of pending) gaps.tell(at, gapAt(counts, 0, measures[gaps.measure[at]!]!, when.evidence, thereOf(at)))
  gaps.keep((at) => fallsShort(measures[gaps.measure[at]!]!.standard, thereOf(at)))
  return { gaps, judged, holding, reachNotLoaded, served: await takeServed(judging) }
}

/** The counters of one slot alone. */
function ofSlot({ own, standing, eligible }: DrugCounts, slot: number): DrugCounts {
  const only = (counts: Counts) => counts.slice(slot * width, (slot + 1) * width)
  return { own: only(own), standing: only(standing), eligible: eligible && only(eligible) }
}
