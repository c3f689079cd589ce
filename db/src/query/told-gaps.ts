import type { Evidence } from '@lastmile/shared/evidence'
import { reachedShare } from '@lastmile/shared/standard'
import type { Counted } from '../coverage/counted.js'
import { sumAt, type Counts } from '../coverage/counts.js'
import type { ListFacts } from '../coverage/list-facts.js'
import type { Database } from '../database.js'
import { areasOfUnits } from './area.js'
import { untold, type GapColumns } from './gap-columns.js'
import type { ListRow } from './lists.js'
import type { When } from './question.js'
import { residentsOf } from './residents.js'
import { stockedPlaces, type StockedPlace } from './stocked-places.js'

const none: Counts = new Int32Array(0)

/** Gaps that are being judged, with what they are judged by. */
export interface Judging {
  db: Database
  list: ListRow
  when: When & { evidence: Evidence }
  facts: ListFacts
  counted: Counted
  gaps: GapColumns
}

/** Tells the cities that are not told yet, by those of the institutions that a standard counts. */
export async function tellCities({ db, when, facts, counted, gaps }: Judging): Promise<void> {
  const asked: number[] = []
  for (let at = 0; at < gaps.length; at++) if (gaps.cities[at] === untold) asked.push(at)
  if (asked.length === 0) return
  const unitOf = (at: number) => facts.units[gaps.unit[at]!]!.id
  const areas = await areasOfUnits(db, [...new Set(asked.map(unitOf))])
  const drugs = [...new Set(asked.map((at) => gaps.measures[gaps.measure[at]!]!.standard.drugId))]
  const [counts, slotsOf] = await Promise.all([counted.byCities(when.evidence, areas, drugs), counted.slotsOf(areas)])
  const slots = areas.flatMap((area) => slotsOf.get(area)!.map((slot) => ({ ...slot, counts: counts.get(area)! })))
  for (const at of asked) {
    const { standard, wanted } = gaps.measures[gaps.measure[at]!]!
    const unit = unitOf(at)
    gaps.cities[at] = new Set(slots.filter((one) => one.unit === unit && sumAt(one.counts.get(standard.drugId) ?? none, one.slot, wanted) > 0).map((one) => one.city)).size
  }
}

/** Tells how many percent of the residents are within reach, where a rule asks it. Answers of how many it cannot be told: no population of the cities of their unit is loaded. */
export async function tellReach({ db, list, when, facts, gaps }: Judging): Promise<number> {
  let notLoaded = 0
  let residents: Awaited<ReturnType<typeof residentsOf>> | null = null
  const places = new Map<number, StockedPlace[]>()
  for (let at = 0; at < gaps.length; at++) {
    const { standard: { reach, drugId, kinds }, eligibleOnly } = gaps.measures[gaps.measure[at]!]!
    if (reach === null) continue
    residents ??= await residentsOf(db, list)
    const cities = residents.get(facts.units[gaps.unit[at]!]!.code)
    if (!cities) {
      notLoaded += 1
      continue
    }
    const stocked = places.get(drugId) ?? await stockedPlaces(db, list, facts, when, drugId)
    places.set(drugId, stocked)
    gaps.reached[at] = reachedShare(cities, stocked.filter((one) => kinds.includes(one.kind) && (!eligibleOnly || one.eligible)), reach.km)
  }
  return notLoaded
}
