import { dayNumber, dayOfNumber, daysBetween } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { trendDays, type Gap } from '@lastmile/shared/gap'
import type { Histories } from '../coverage/histories.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Database } from '../database.js'
import type { GapColumns } from './gap-columns.js'
import { gapSpans, judgedPairs, type GapSpans, type Judged, type Span } from './gap-spans.js'
import type { ListRow } from './lists.js'
import type { Measure } from './measures.js'
import { historiesFor, isMaintained, type When } from './question.js'

/** Drugs whose counters over time are in memory together, where they are maintained. What is computed is computed of all at once: it reads all that was ever said. */
const drugsAtOnce = 20

/** Counters of some drugs over the days from one on. */
export type HistoriesOf = (from: number, drugs: readonly number[]) => Promise<Histories>

/** What looking at other days tells of a gap: the first day of its present episode (since 1970-01-01), how many there were before, and its trend. */
export interface GapAge {
  since: number
  former: number
  trend: number[]
}

/** The same of the gaps at some places, by place. */
export async function agesOf(db: Database, list: ListRow, facts: ListFacts, when: When & { evidence: Evidence }, gaps: GapColumns, at: readonly number[], histories?: HistoriesOf): Promise<ReadonlyMap<number, GapAge>> {
  const keyOf = (drug: number, unit: number) => `${drug} ${unit}`
  const places = new Map(at.map((one) => [keyOf(gaps.measures[gaps.measure[one]!]!.standard.drugId, gaps.units[gaps.unit[one]!]!.slot), one]))
  const ages = new Map<number, GapAge>()
  await eachSpans(db, list, facts, when, gaps.measures, (pair) => places.has(keyOf(pair.drug, pair.unit.slot)), ({ drug, unit, episodes, trend }) => {
    ages.set(places.get(keyOf(drug, unit.slot))!, { since: episodes.at(-1)!.from, former: episodes.length - 1, trend })
  }, histories === undefined ? {} : { histories })
  return ages
}

/** Judges pairs over time, some drugs at once, and tells of each. `span`: unless said otherwise with a trend of the last days alone; `histories`: unless somebody has them. */
export async function eachSpans(db: Database, list: ListRow, facts: ListFacts, when: When & { evidence: Evidence }, measures: readonly Measure[], isWanted: (pair: Judged) => boolean, tell: (spans: GapSpans) => void, { span = spanOf(facts, when), histories = (from, drugs) => historiesFor(db, list, facts, when, from, drugs) }: { span?: Span; histories?: HistoriesOf } = {}): Promise<void> {
  const pairs = judgedPairs(measures, facts.units).filter(isWanted)
  const drugs = [...new Set(pairs.map(({ drug }) => drug))]
  const atOnce = isMaintained(list, when) ? drugsAtOnce : Math.max(1, drugs.length)
  for (let first = 0; first < drugs.length; first += atOnce) {
    const some = drugs.slice(first, first + atOnce)
    const own = pairs.filter(({ drug }) => some.includes(drug))
    const from = Math.min(span.trendFrom, ...own.flatMap((pair) => pair.measures.map((one) => one.begins)))
    for (const one of await gapSpans({ db, list, facts, when }, await histories(from, some), own, span)) tell(one)
  }
}

/** The days of a question, the last of them with a trend: not from before the list came into force. */
function spanOf({ inForce }: ListFacts, { asOf }: When): Span {
  const to = dayNumber(asOf)
  return { to, trendFrom: Math.max(to - trendDays + 1, Math.min(inForce, to)) }
}

/** The gaps at some places with their ages, in that order. */
export function withAges(gaps: GapColumns, at: readonly number[], ages: ReadonlyMap<number, GapAge>, { asOf }: When): Gap[] {
  return at.map((one) => {
    const { since, former, trend } = ages.get(one)!
    return { ...gaps.at(one), since: dayOfNumber(since), age: daysBetween(dayOfNumber(since), asOf) + 1, former, trend }
  })
}
