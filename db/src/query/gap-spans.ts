import { endOfDays } from '@lastmile/shared/day'
import type { Stretch } from '@lastmile/shared/gap-episode'
import { fallsShort } from '@lastmile/shared/standard'
import type { CitySlot } from '../coverage/city-slots.js'
import { sumAt, type Counts } from '../coverage/counts.js'
import type { Histories, Place } from '../coverage/histories.js'
import type { UnitFacts } from '../coverage/list-facts.js'
import { Running } from '../coverage/running.js'
import type { Timeline } from '../coverage/timeline.js'
import { areasByUnit } from './area.js'
import { beyondCounts, beyondOn, edgesOf, isCounted, type BeyondCounts } from './beyond-counts.js'
import { gapAt, thereAt, untold, type GapTold } from './gap-reason.js'
import type { Measure } from './measures.js'
import type { Looking } from './stocked-places.js'

/** Days on end with one word of a gap, and how many institutions the standard counted then. Days since 1970-01-01; `to` is exclusive. */
export interface Phase extends Stretch, GapTold {
  least: number
  most: number
}

/** A gap from its first day to its last: phases without a day between them. */
export interface Episode extends Stretch {
  phases: Phase[]
}

/** A drug in a unit, with the standards that speak of it there: the one that holds before others comes first. */
export interface Judged {
  drug: number
  unit: UnitFacts
  measures: readonly Measure[]
}

/** A drug in a unit over time, up to a day: from when it was judged (null: no standard has begun by then), its episodes, and the institutions that the present standard counts. */
export interface GapSpans extends Judged {
  from: number | null
  episodes: Episode[]
  /** How many institutions of those that the standard of the last day counts stock it, on each of the last days. */
  trend: number[]
}

/** The last day that is looked at, and the first of the trend. */
export interface Span {
  to: number
  trendFrom: number
}

/** The drugs in units of which standards speak. */
export function judgedPairs(measures: readonly Measure[], units: readonly UnitFacts[]): Judged[] {
  const byDrug = new Map<number, Measure[]>()
  for (const one of measures) byDrug.set(one.standard.drugId, [...byDrug.get(one.standard.drugId) ?? [], one])
  return [...byDrug].flatMap(([drug, own]) => units.map((unit) => ({ drug, unit, measures: own.filter((one) => one.units === null || one.units.has(unit.code)) })).filter((one) => one.measures.length > 0))
}

/**
 * Judges pairs of drug and unit over all days up to one: what {@link gapAt} and `fallsShort` say of a day, said of every day
 * on which anything they look at changes. What holds at the end of `to` is open: its end is {@link endOfDays}.
 */
export async function gapSpans(looking: Looking, histories: Histories, pairs: readonly Judged[], { to, trendFrom }: Span): Promise<GapSpans[]> {
  const { evidence } = looking.when
  const places = pairs.map(({ drug, unit }): Place => ({ drug, place: unit.slot }))
  const asksEligible = pairs.map(({ measures }) => measures.some((one) => one.eligibilityLoaded))
  const [own, standing, eligible] = await Promise.all([
    histories.units(evidence, places), histories.units('standing', places), histories.units('eligible', places.filter((_, i) => asksEligible[i])),
  ])
  const ofEligible = eligible.values()
  const beyond = await beyondOf(looking, pairs)
  const lines = pairs.map((_, i): Lines => ({ own: own[i]!, standing: standing[i]!, eligible: asksEligible[i] ? ofEligible.next().value! : null, beyond: beyond[i]! }))
  const judged = pairs.map((pair, i) => walk(pair, lines[i]!, looking, { to, trendFrom }, null))
  const open = [...judged.keys()].filter((i) => judged[i] === 'asks_cities')
  if (open.length > 0) {
    const cities = await citiesOf(looking, histories, open.map((i) => pairs[i]!))
    for (const [n, i] of open.entries()) judged[i] = walk(pairs[i]!, lines[i]!, looking, { to, trendFrom }, cities[n]!)
  }
  return judged as GapSpans[]
}

/** What counters do not tell of the rules of pairs that ask more. */
async function beyondOf(looking: Looking, pairs: readonly Judged[]): Promise<ReadonlyMap<Measure, BeyondCounts>[]> {
  const found = pairs.map(() => new Map<Measure, BeyondCounts>())
  const rules = pairs.flatMap(({ unit, measures }, at) => measures.map((measure) => ({ at, measure, unit: unit.code }))).filter((one) => !isCounted(one))
  if (rules.length === 0) return found
  const from = Math.min(...rules.map(({ measure }) => measure.begins))
  for (const [i, beyond] of (await beyondCounts(looking, rules, from)).entries()) found[rules[i]!.at]!.set(rules[i]!.measure, beyond)
  return found
}

/** Counters of one pair over time. */
interface Lines {
  own: Timeline | null
  standing: Timeline | null
  eligible: Timeline | null
  /** Of rules that ask more than counters tell. */
  beyond: ReadonlyMap<Measure, BeyondCounts>
}

/** Counters of the cities of one unit over time: of each area in which it has institutions. */
interface Cities {
  line: Timeline | null
  slots: readonly CitySlot[]
}

/** Goes along the days of a pair. `asks_cities`: on some day it takes the counts of cities to judge it, and they were not given. */
function walk(pair: Judged, lines: Lines, { when: { evidence } }: Looking, { to, trendFrom }: Span, cities: readonly Cities[] | null): GapSpans | 'asks_cities' {
  const begins = pair.measures.map((one) => one.begins)
  const from = Math.min(...begins)
  if (from > to) return { ...pair, from: null, episodes: [], trend: [] }
  const running = [lines.own, lines.standing, lines.eligible].map((line) => new Running(line, 1))
  const [own, standing, eligible] = running.map(({ now }) => now) as [Counts, Counts, Counts]
  const inCities = (cities ?? []).map(({ line, slots }) => ({ running: new Running(line, slots.length), slots }))
  const last = measureOn(pair, begins, to)!
  const trend = new Trend(last.wanted, trendFrom, to)
  const episodes: Episode[] = []
  const all = [...running, ...inCities.map((one) => one.running)]
  const start = Math.min(from, trend.from)
  const turns = [...begins, ...[...lines.beyond.values()].flatMap(edgesOf)]
  for (let day = start; day <= to; day = Math.min(...all.map((one) => one.next), ...turns.filter((one) => one > day))) {
    for (const one of all) one.moveTo(day)
    trend.at(day, own)
    const measure = measureOn(pair, begins, day)
    if (measure === null) continue
    const beyond = lines.beyond.get(measure)
    const { served, reached } = beyond ? beyondOn(beyond, day) : { served: false, reached: null }
    const there = { ...thereAt(own, 0, measure), reached }
    if (there.cities === untold) {
      if (cities === null) return 'asks_cities'
      there.cities = citiesAt(inCities, pair.unit.id, measure)
    }
    if (served || !fallsShort(measure.standard, there)) close(episodes, day)
    else add(episodes, day, gapAt({ own, standing, eligible: measure.eligibilityLoaded ? eligible : null }, 0, measure, evidence, there), there.institutions)
  }
  return { ...pair, from, episodes, trend: trend.values() }
}

/** The standard that holds on a day, or null where none has begun. */
function measureOn({ measures }: Judged, begins: readonly number[], day: number): Measure | null {
  return measures[begins.findIndex((begin) => begin <= day)] ?? null
}

function citiesAt(inCities: readonly { running: Running; slots: readonly CitySlot[] }[], unit: number, { wanted }: Measure): number {
  const found = new Set<number>()
  for (const { running, slots } of inCities) for (const { slot, city, unit: of } of slots) if (of === unit && sumAt(running.now, slot, wanted) > 0) found.add(city)
  return found.size
}

/** From `day` on there is a gap, with this word: another phase, or the same goes on. */
function add(episodes: Episode[], day: number, told: GapTold, institutions: number): void {
  const episode = episodes.at(-1)
  const phase = episode?.phases.at(-1)
  if (!episode || !phase || episode.to !== endOfDays) episodes.push({ from: day, to: endOfDays, phases: [{ from: day, to: endOfDays, ...told, least: institutions, most: institutions }] })
  else if (phase.reason === told.reason && phase.class === told.class && told.acts.length === phase.acts.length && told.acts.every((act, i) => act === phase.acts[i])) {
    phase.least = Math.min(phase.least, institutions)
    phase.most = Math.max(phase.most, institutions)
  } else {
    phase.to = day
    episode.phases.push({ from: day, to: endOfDays, ...told, least: institutions, most: institutions })
  }
}

/** From `day` on there is none. */
function close(episodes: readonly Episode[], day: number): void {
  const episode = episodes.at(-1)
  if (!episode || episode.to !== endOfDays) return
  episode.to = day
  episode.phases.at(-1)!.to = day
}

/** A counter, added up, on each of some days. */
class Trend {
  readonly #points: { day: number; n: number }[] = []

  constructor(readonly wanted: readonly number[], readonly from: number, readonly to: number) {}

  at(day: number, counts: Counts): void {
    this.#points.push({ day, n: sumAt(counts, 0, this.wanted) })
  }

  values(): number[] {
    const values: number[] = []
    let at = 0
    for (let day = this.from; day <= this.to; day++) {
      while (this.#points[at + 1] && this.#points[at + 1]!.day <= day) at += 1
      values.push(this.#points[at]!.n)
    }
    return values
  }
}

/** The counts of cities of pairs whose cities the maintained figure does not tell. */
async function citiesOf({ db, when: { evidence } }: Looking, histories: Histories, pairs: readonly Judged[]): Promise<Cities[][]> {
  const areas = await areasByUnit(db, [...new Set(pairs.map(({ unit }) => unit.id))])
  const wanted = pairs.map(({ drug, unit }) => (areas.get(unit.id) ?? []).map((place): Place => ({ drug, place })))
  const [lines, slots] = await Promise.all([histories.cities(evidence, wanted.flat()), histories.slotsOf([...new Set(wanted.flat().map(({ place }) => place))])])
  let at = 0
  return wanted.map((own) => own.map(({ place }) => ({ line: lines[at++]!, slots: slots.get(place) ?? [] })))
}
