import { sql } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import { spanOn } from '@lastmile/shared/chain'
import { certaintyOf } from '@lastmile/shared/state'
import { rowsOf, type Database } from '../database.js'
import { lensCodes, stateCodes, type Lens } from '../schema/codes.js'
import { citySlotsOf, type CitySlot } from './city-slots.js'
import { citiesEligibleStocked, citiesStocked, eligibleNo, eligibleStocked, stateCounter, unpackCounts, width, type Counts } from './counts.js'
import { anyDrug } from './deltas.js'
import type { ListFacts } from './list-facts.js'
import { pairOfKey } from './pair.js'
import type { Place } from './places.js'
import { eligibleLens, type StoredSpan } from './spans.js'
import { wholeSpans, type WholeSpans } from './whole.js'
import { nationSlot } from './write-coverage.js'

/** The counts of a list on one day, wherever they come from: by drug (0: any drug), one slot a unit or a city. */
export interface Counted {
  /** Counts of all units, for all drugs or one. */
  byUnit(lens: Lens, drug?: number): Promise<Map<number, Counts>>
  /** Counts of the cities of an area, for all drugs or one. Slots as `citySlots` says. */
  byCity(lens: Lens, area: number, drug?: number): Promise<Map<number, Counts>>
  citySlots(area: number): Promise<CitySlot[]>
}

/** What is maintained: the last row on or before the day. A few milliseconds however many statements there are. */
export function maintainedCounts(db: Database, list: ListFacts, day: Day): Counted {
  const drugs = (one: number | undefined) => (one === undefined ? sql`(select id from drug where list_id = ${list.listId} union all select ${anyDrug}::int)` : sql`(select ${one}::int as id)`)
  return {
    async byUnit(lens, drug) {
      const rows = await rowsOf<{ drug: number; counts: Uint8Array }>(db, sql`
        select d.id as drug, c.counts from ${drugs(drug)} d
        cross join lateral (select counts from coverage_by_unit where list_id = ${list.listId} and lens = ${lensCodes.code(lens)} and drug_id = d.id and day <= ${day} order by day desc limit 1) c`)
      return new Map(rows.map((row) => [row.drug, unpackCounts(row.counts)]))
    },
    async byCity(lens, area, drug) {
      const rows = await rowsOf<{ drug: number; counts: Uint8Array }>(db, sql`
        select d.id as drug, c.counts from ${drugs(drug)} d
        cross join lateral (select counts from coverage_by_city where list_id = ${list.listId} and lens = ${lensCodes.code(lens)} and drug_id = d.id and area_id = ${area} and day <= ${day} order by day desc limit 1) c`)
      return new Map(rows.map((row) => [row.drug, unpackCounts(row.counts)]))
    },
    async citySlots(area) {
      return (await citySlotsOf(db, [area])).get(area)!
    },
  }
}

/** The same, computed from the statements as they were known at an instant, or with supplies counted since another day. */
export async function computedCounts(db: Database, list: ListFacts, day: Day, options: { knownOn: Instant | null; since?: Day | undefined; only?: readonly Lens[] | undefined }): Promise<Counted> {
  const whole = await wholeSpans(db, list, options)
  const areas = [...new Set([...whole.places.values()].flatMap((place) => (place.area === null ? [] : [place.area])))]
  const slots = await citySlotsOf(db, areas)
  return {
    byUnit: async (lens) => countUnits(whole, lens, day),
    byCity: async (lens, area) => countCities(whole, lens, day, area, slots.get(area) ?? []),
    citySlots: async (area) => slots.get(area) ?? [],
  }
}

/** Calls back for every pair (and, as drug 0, every institution) that has a state on the day. */
function eachOn(whole: WholeSpans, lens: Lens, day: Day, visit: (drug: number, place: Place, state: number, eligible: boolean) => void): void {
  const code = lensCodes.code(lens)
  const eligible = whole.pairs.get(eligibleLens)!
  const visitSpans = (drug: number, institution: number, spans: readonly StoredSpan[], key: number | null) => {
    const span = spanOn(spans, day)
    const place = whole.places.get(institution)
    if (span && place) visit(drug, place, span.state, key !== null && spanOn(eligible.get(key) ?? [], day) !== null)
  }
  for (const [key, spans] of whole.pairs.get(code) ?? []) visitSpans(pairOfKey(key).drug, pairOfKey(key).institution, spans, key)
  for (const [institution, spans] of whole.institutions.get(code) ?? []) visitSpans(anyDrug, institution, spans, null)
}

function countUnits(whole: WholeSpans, lens: Lens, day: Day): Map<number, Counts> {
  const result = new Map<number, Counts>()
  const cities = new Map<string, Set<number>>()
  const slots = 1 + Math.max(0, ...[...whole.places.values()].map((place) => place.unitSlot ?? 0))
  eachOn(whole, lens, day, (drug, place, state, eligible) => {
    let counts = result.get(drug)
    if (!counts) result.set(drug, (counts = new Int32Array(slots * width)))
    for (const slot of place.unitSlot === null ? [nationSlot] : [place.unitSlot, nationSlot]) {
      for (const counter of countersOf(lens, place.kind, state, eligible)) counts[slot * width + counter]! += 1
      if (place.city === null || lens === 'standing' || stateCodes.word(state) !== 'in_stock') continue
      for (const counter of eligible ? [citiesStocked, citiesEligibleStocked] : [citiesStocked]) {
        const key = `${drug}/${slot}/${counter}`
        const own = cities.get(key) ?? new Set()
        cities.set(key, own.add(place.city))
        counts[slot * width + counter] = own.size
      }
    }
  })
  return result
}

function countCities(whole: WholeSpans, lens: Lens, day: Day, area: number, slots: readonly CitySlot[]): Map<number, Counts> {
  const result = new Map<number, Counts>()
  const slotOf = new Map(slots.map((one) => [`${one.city}/${one.unit}`, one.slot]))
  eachOn(whole, lens, day, (drug, place, state, eligible) => {
    const slot = place.area === area ? slotOf.get(`${place.city}/${place.unit}`) : undefined
    if (slot === undefined) return
    let counts = result.get(drug)
    if (!counts) result.set(drug, (counts = new Int32Array(slots.length * width)))
    for (const counter of countersOf(lens, place.kind, state, eligible)) counts[slot * width + counter]! += 1
  })
  return result
}

function countersOf(lens: Lens, kind: number, state: number, eligible: boolean): number[] {
  const counters = [stateCounter(kind, state)]
  if (!eligible || lens === 'standing' || lens === 'eligible') return counters
  const certainty = certaintyOf(stateCodes.word(state))
  if (certainty === 'yes') counters.push(eligibleStocked + kind)
  if (certainty === 'no') counters.push(eligibleNo + kind)
  return counters
}
