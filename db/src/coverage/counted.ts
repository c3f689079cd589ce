import { likelier, spanOn, stateOn, type Span } from '@lastmile/shared/chain'
import { dayNumber, type Day, type Instant } from '@lastmile/shared/day'
import { certaintyOf, noState, stateCode } from '@lastmile/shared/state'
import type { Database } from '../database.js'
import { lensCodes, stateCodes, type Lens } from '../schema/codes.js'
import { citySlotsOf, type CitySlot } from './city-slots.js'
import { anyDrug, citiesEligibleStocked, citiesStocked, eligibleNo, eligibleStocked, eligibleStockedAt, perKind, speaking, stateCounter, stockedAt, unitsStocked, wholeSlot, width, type Counts } from './counts.js'
import { confirmedLens, declaredLens, eligibleLens, standingLens, suppliedLens } from './lens.js'
import { unitCells, type ListFacts } from './list-facts.js'
import { PlaceSlots } from './place-slots.js'
import { rowsOn } from './timeline-rows.js'
import { addCountsOn, type StoredRow } from './timeline.js'
import { eligibleDays, beginning, spansSince, standingsSince } from './view.js'
import { wholeHoldings, type WholeHolding } from './whole.js'

/** The counts of a list on one day, wherever they come from: by drug (0: any drug), one slot a unit or a city. */
export interface Counted {
  /** Areas with counted cities, as far as they were looked at: what is computed may count where nothing maintained ever did. */
  readonly areas: readonly number[]
  /** Counts of the whole alone: slot 0. */
  whole(lens: Lens): Promise<Map<number, Counts>>
  /** Counts of the whole (slot 0) and of every unit, of all drugs or (where given) of one at least. */
  byUnit(lens: Lens, drug?: number): Promise<Map<number, Counts>>
  /** Counts of all drugs in units (by slot; 0: the whole) under some lenses, a unit at a time. Of one drug alone where no other will be asked for. */
  sheets(wanted: readonly (readonly [lens: Lens, units: readonly number[]])[]): Promise<Sheet[]>
  /** Counts of the cities of some areas, by area, of all drugs or of some at least. Slots as `slotsOf` says. */
  byCities(lens: Lens, areas: readonly number[], drugs?: readonly number[]): Promise<Map<number, Map<number, Counts>>>
  /** The same of one area. */
  byCity(lens: Lens, area: number): Promise<Map<number, Counts>>
  /** The slots of some areas, by area. */
  slotsOf(areas: readonly number[]): Promise<Map<number, CitySlot[]>>
  /** The same of one area. */
  citySlots(area: number): Promise<CitySlot[]>
}

/** Adds the counters of all drugs in a unit to `counts`, where those of a drug begin at its slot (`ListFacts.drugSlots`) × `width`. */
export type Sheet = (unit: number, counts: Counts) => void

/** Room for a sheet. */
export function emptySheet(list: ListFacts): Counts {
  return new Int32Array(list.drugSlots.size * width)
}

/** What is maintained, of a day that has been reached (`reachDay`): the last row on or before it of each unit, or of one drug (and any). A few milliseconds however many statements there are. */
export function maintainedCounts(db: Database, list: ListFacts, asOf: Day, drug: number | null = null): Counted {
  const day = dayNumber(asOf)
  const wanted = drug === null ? null : [...new Set([drug, anyDrug])]
  const over = (lens: Lens, units: readonly number[], drugs: readonly number[] | null) => (
    drugs === null ? allDrugsOn(db, list, lens, day, units) : someDrugsOn(db, list, lens, day, units, drugs)
  )
  const sheets: Counted['sheets'] = async (asked) => {
    if (wanted !== null) return Promise.all(asked.map(async ([lens]) => sheetOf(list, await over(lens, everywhere, wanted))))
    return sheetsOn(db, list, day, asked)
  }
  const everywhere = [wholeSlot, ...list.units.map((unit) => unit.slot)]
  return asked({
    whole: (lens) => over(lens, [wholeSlot], wanted),
    byUnit: (lens, one) => over(lens, everywhere, one === undefined ? wanted : [one]),
    sheets,
    async byCities(lens, areas, drugs) {
      if (areas.length === 0) return new Map()
      return citiesOn(db, list, lens, day, areas, drugs ?? wanted ?? [...list.drugSlots.keys()])
    },
    slotsOf: (areas) => citySlotsOf(db, areas),
  })
}

/** What a question looks at, before it is put into the form of {@link Counted}. */
type Looked = Omit<Counted, 'byCity' | 'citySlots' | 'areas'> & { areas?: readonly number[] }

/** The counts of all drugs in some units, from a row a unit. */
async function allDrugsOn(db: Database, list: ListFacts, lens: Lens, day: number, units: readonly number[]): Promise<Map<number, Counts>> {
  const rows = await rowsOn(db, 'unit', list.listId, units.map((unit) => [lensCodes.code(lens), unit]), day)
  const stride = cellsOver(list, units)
  const all = new Int32Array(list.drugSlots.size * stride)
  for (const row of rows) addCountsOn(all, row, day, { stride, offset: units[row.key]! * width })
  return new Map([...list.drugSlots].map(([drug, slot]) => [drug, all.subarray(slot * stride, (slot + 1) * stride)]))
}

/** Sheets under some lenses, from a row a unit and lens. */
async function sheetsOn(db: Database, list: ListFacts, day: number, asked: readonly (readonly [lens: Lens, units: readonly number[]])[]): Promise<Sheet[]> {
  const keys = asked.flatMap(([lens, units], which) => units.map((unit) => ({ which, lens: lensCodes.code(lens), unit })))
  const found = asked.map(() => new Map<number, StoredRow>())
  for (const row of await rowsOn(db, 'unit', list.listId, keys.map(({ lens, unit }) => [lens, unit]), day)) {
    const { which, unit } = keys[row.key]!
    found[which]!.set(unit, row)
  }
  return found.map((rows) => (unit, counts) => {
    const row = rows.get(unit)
    if (row) addCountsOn(counts, row, day)
  })
}

/** The same from counts of the whole and every unit. */
function sheetOf(list: ListFacts, byDrug: ReadonlyMap<number, Counts>): Sheet {
  return (unit, counts) => {
    for (const [drug, own] of byDrug) {
      const to = list.drugSlots.get(drug)! * width
      for (let counter = 0; counter < width; counter++) counts[to + counter]! += own[unit * width + counter] ?? 0
    }
  }
}

/** The counts of some drugs in some units, from a row each. */
async function someDrugsOn(db: Database, list: ListFacts, lens: Lens, day: number, units: readonly number[], drugs: readonly number[]): Promise<Map<number, Counts>> {
  const keys = drugs.flatMap((drug) => units.map((unit) => [lensCodes.code(lens), drug, unit] as const))
  const found = new Map<number, Counts>()
  for (const row of await rowsOn(db, 'drug', list.listId, keys, day)) {
    const [, drug, unit] = keys[row.key]!
    let counts = found.get(drug)
    if (!counts) found.set(drug, (counts = new Int32Array(cellsOver(list, units))))
    addCountsOn(counts, row, day, { stride: width, offset: unit * width })
  }
  return found
}

/** Cells of counts over some units: of the whole alone, or of the whole and every unit. */
function cellsOver(list: ListFacts, units: readonly number[]): number {
  return units.length === 1 && units[0] === wholeSlot ? width : unitCells(list)
}

/** The counts of some drugs in the cities of some areas. */
async function citiesOn(db: Database, list: ListFacts, lens: Lens, day: number, areas: readonly number[], drugs: readonly number[]): Promise<Map<number, Map<number, Counts>>> {
  const keys = areas.flatMap((area) => drugs.map((drug) => [lensCodes.code(lens), drug, area] as const))
  const [rows, slots] = await Promise.all([rowsOn(db, 'city', list.listId, keys, day), citySlotsOf(db, areas)])
  const found = new Map(areas.map((area) => [area, new Map<number, Counts>()]))
  for (const row of rows) {
    const [, drug, area] = keys[row.key]!
    const counts = new Int32Array(slots.get(area)!.length * width)
    addCountsOn(counts, row, day)
    found.get(area)!.set(drug, counts)
  }
  return found
}

/** Asks the database once for what a question looks at twice. */
function asked(counted: Looked): Counted {
  const known = new Map<string, Promise<unknown>>()
  const once = <Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    let answer = known.get(key) as Promise<Answer> | undefined
    if (!answer) known.set(key, (answer = ask()))
    return answer
  }
  const byCities: Counted['byCities'] = (lens, areas, drugs) => once(`cities ${lens} ${areas.join()} of ${drugs ?? 'all'}`, () => counted.byCities(lens, areas, drugs))
  const slotsOf: Counted['slotsOf'] = (areas) => once(`slots ${areas.join()}`, () => counted.slotsOf(areas))
  return {
    areas: counted.areas ?? [],
    whole: (lens) => once(`whole ${lens}`, () => counted.whole(lens)),
    byUnit: (lens, drug) => once(`units ${lens} of ${drug ?? 'all'}`, () => counted.byUnit(lens, drug)),
    sheets: (wanted) => counted.sheets(wanted),
    byCities, slotsOf,
    byCity: async (lens, area) => (await byCities(lens, [area])).get(area)!,
    citySlots: async (area) => (await slotsOf([area])).get(area)!,
  }
}

/** The same, computed from the statements as they were known at an instant, or with supplies counted since another day. `only` says which lenses are wanted. */
export async function computedCounts(db: Database, list: ListFacts, asOf: Day, options: { knownOn: Instant | null; since?: Day | undefined; only: readonly Lens[] }): Promise<Counted> {
  const counts = new CountsOfHoldings(list, asOf, options.only)
  for await (const batch of wholeHoldings(db, list, { knownOn: options.knownOn, since: options.since === undefined ? undefined : dayNumber(options.since) })) counts.take(batch)
  return counts.counted(db)
}

/** Counts institutions on a day as they are read, for who makes more of them than that. */
export class CountsOfHoldings {
  readonly #list: ListFacts
  readonly #day: number
  readonly #places = new PlaceSlots()
  readonly #byLens: ReadonlyMap<Lens, Map<number, Map<number, Counts>>>

  /** @param only which lenses are wanted */
  constructor(list: ListFacts, asOf: Day, only: readonly Lens[]) {
    this.#list = list
    this.#day = dayNumber(asOf)
    this.#byLens = new Map(only.map((lens) => [lens, new Map()]))
  }

  take(batch: readonly WholeHolding[]): void {
    for (const holding of batch) for (const [lens, drugs] of this.#byLens) countHolding(this.#list, holding, lensCodes.code(lens), this.#day, this.#places.numberOf(holding.place), drugs)
  }

  /** What was counted, once all were taken. */
  async counted(db: Database): Promise<Counted> {
    return countedIn(this.#list, this.#byLens, this.#places, await this.#places.lookUp(db))
  }
}

function countedIn(list: ListFacts, byLens: ReadonlyMap<Lens, Map<number, Map<number, Counts>>>, places: PlaceSlots, slots: ReadonlyMap<number, CitySlot[]>): Counted {
  const units = new Map([...byLens].map(([lens, drugs]) => [lens, new Map([...drugs].map(([drug, own]) => [drug, sumUnits(list, own, places, lens === 'standing')]))]))
  const slotsOf = (area: number) => slots.get(area) ?? []
  return asked({
    areas: [...slots.keys()],
    whole: async (lens) => units.get(lens)!,
    byUnit: async (lens) => units.get(lens)!,
    sheets: async (wanted) => wanted.map(([lens]) => sheetOf(list, units.get(lens)!)),
    byCities: async (lens, areas) => new Map(areas.map((area) => [area, new Map([...byLens.get(lens)!].map(([drug, own]) => [drug, sumCities(own, places, area, slotsOf(area))]))])),
    slotsOf: async (areas) => new Map(areas.map((area) => [area, slotsOf(area)])),
  })
}

/** Adds what an institution counts on a day under a lens, by drug and place. */
function countHolding(list: ListFacts, holding: WholeHolding, lens: number, day: number, place: number, drugs: Map<number, Map<number, Counts>>): void {
  const { kind } = holding.place
  const count = (drug: number, counter: number) => {
    let byPlace = drugs.get(drug)
    if (!byPlace) drugs.set(drug, (byPlace = new Map()))
    let counts = byPlace.get(place)
    if (!counts) byPlace.set(place, (counts = new Int32Array(width)))
    counts[counter]! += 1
  }
  const byDrug = new Map(holding.pairs.map((pair) => [pair.drug, pair]))
  const all: Span[][] = []
  for (const drug of new Set([...byDrug.keys(), ...(lens === declaredLens || lens === confirmedLens || lens === suppliedLens ? [] : holding.filed.keys())])) {
    const own = list.drugs.get(drug)
    if (!own) continue
    const pair = byDrug.get(drug) ?? null
    const past = holding.past.filter((span) => span.drug === drug)
    const eligible = spanOn(eligibleDays(holding.filed.get(drug) ?? [], own.eligibleWhenReported, pair?.firstNamed ?? null, holding.place), day) !== null
    if (lens === eligibleLens) {
      if (eligible) count(drug, stateCounter(kind, 0))
      continue
    }
    if (lens === standingLens) {
      const standing = stateOn(standingsSince(pair, past, beginning, own.freshnessDays, holding.place), day)
      if (standing !== noState) count(drug, kind * perKind + standing)
      continue
    }
    const spans = spansSince(pair, lens, past, beginning, own.freshnessDays, holding.place)
    const state = stateOn(spans, day)
    if (state === noState) continue
    all.push(spans)
    count(drug, stateCounter(kind, state))
    const certainty = certaintyOf(stateCodes.word(state))
    if (eligible && certainty !== 'unknown') count(drug, (certainty === 'yes' ? eligibleStocked : eligibleNo) + kind)
  }
  if (all.length === 0) return
  const states = all.map((spans) => stateOn(spans, day))
  count(anyDrug, stateCounter(kind, states.reduce((best, state) => likelier(best, state))))
  if (states.some((state) => state !== stateCode('stale') && state !== stateCode('not_reported'))) count(anyDrug, speaking)
}

function sumUnits(list: ListFacts, byPlace: ReadonlyMap<number, Counts>, places: PlaceSlots, standing: boolean): Counts {
  const counts = new Int32Array(unitCells(list))
  const cities = { [citiesStocked]: new Map<number, Set<number>>(), [citiesEligibleStocked]: new Map<number, Set<number>>() }
  for (const [number, own] of byPlace) {
    const place = places.slots[number]!
    for (const slot of place.unitSlot === null ? [wholeSlot] : [wholeSlot, place.unitSlot]) {
      for (let counter = 0; counter < width; counter++) counts[slot * width + counter]! += own[counter]!
      // Where nobody says in which unit it lies, it counts in no city either: a city's slot is one of a unit.
      if (place.city === null || place.unit === null || standing) continue
      for (const [counter, has] of [[citiesStocked, stockedAt(own, 0)], [citiesEligibleStocked, eligibleStockedAt(own, 0)]] as const) {
        if (has > 0) cities[counter].set(slot, (cities[counter].get(slot) ?? new Set()).add(place.city))
      }
    }
  }
  for (const counter of [citiesStocked, citiesEligibleStocked] as const) for (const [slot, own] of cities[counter]) counts[slot * width + counter] = own.size
  if (!standing) counts[wholeSlot * width + unitsStocked] = list.units.filter(({ slot }) => stockedAt(counts, slot) > 0).length
  return counts
}

function sumCities(byPlace: ReadonlyMap<number, Counts>, places: PlaceSlots, area: number, slots: readonly CitySlot[]): Counts {
  const counts = new Int32Array(slots.length * width)
  for (const [number, own] of byPlace) {
    const place = places.slots[number]!
    if (place.area !== area || place.citySlot === null) continue
    for (let counter = 0; counter < width; counter++) counts[place.citySlot * width + counter]! += own[counter]!
  }
  return counts
}
