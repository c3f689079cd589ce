import { z } from 'zod'
import { Format } from './basis.js'
import { Said } from './coverage.js'
import { Day } from './day.js'
import { onlyFields } from './only-fields.js'
import { Text } from './text.js'

/*
 * A demand (用药需求): an institution, or the doctor of a patient, says that a drug is wanted where it cannot be had. It holds no
 * word that somebody typed and nothing of a person: a drug, a place, a size and how soon. It is open until it is met (computed:
 * somebody who knows says that the drug is there, or sold it there, on a later day), withdrawn, or its days are over.
 */

/** Who asks: an institution through its account, or a patient's doctor without one. */
export const demandRoles = ['institution', 'doctor'] as const
export type DemandRole = (typeof demandRoles)[number]

/** About how many patients: no figure that would point at one. */
export const demandPatients = ['one_or_two', 'three_to_nine', 'ten_or_more'] as const
export const DemandPatients = z.enum(demandPatients)
export type DemandPatients = z.infer<typeof DemandPatients>

/** How soon. `days`: treatment waits for it; `weeks`; `months`: it is planned. */
export const demandUrgencies = ['days', 'weeks', 'months'] as const
export const DemandUrgency = z.enum(demandUrgencies)
export type DemandUrgency = z.infer<typeof DemandUrgency>

export const demandStates = ['open', 'met', 'withdrawn', 'expired'] as const
export type DemandState = (typeof demandStates)[number]

/** A demand as far as its state follows from it, and the last day on which it was said by who knows that the drug is there: after the demand's own it is met. */
export function demandStateOf({ on, expiresOn, withdrawnOn, thereOn }: { on: Day; expiresOn: Day; withdrawnOn: Day | null; thereOn: Day | null }, today: Day): DemandState {
  if (withdrawnOn !== null) return 'withdrawn'
  if (thereOn !== null && thereOn > on) return 'met'
  return expiresOn < today ? 'expired' : 'open'
}

/** Fewer than so many of a city are told of their province alone. */
export const demandsToldFrom = 5

/**
 * Which cities of a unit its offices are told, with how many demands of doctors, and how many lie in the others, which are not named.
 * No city below {@link demandsToldFrom} is told, and none follows from the unit's sum: as long as what would be left for the others is
 * less, the smallest told city (of equals the last in the order given) joins them. Demands of institutions are not in it: offices read them by name.
 */
export function toldCities<City extends { demands: number }>(cities: readonly City[]): { told: City[]; others: number } {
  const told = cities.filter(({ demands }) => demands >= demandsToldFrom).sort((a, b) => b.demands - a.demands)
  const sum = (some: readonly City[]) => some.reduce((total, { demands }) => total + demands, 0)
  const all = sum(cities)
  for (let others = all - sum(told); others > 0 && others < demandsToldFrom && told.length > 0; others = all - sum(told)) told.pop()
  return { told, others: all - sum(told) }
}

/** How many, as an interval: at least `from`, at most `to` (null: no upper end). */
export const DemandInterval = z.strictObject({ from: z.int(), to: z.int().nullable() })
export type DemandInterval = z.infer<typeof DemandInterval>

/** Where the classes begin in which a company is told of cities; the first is where cities begin to be told. */
const classesFrom = [demandsToldFrom, 10, 20, 50] as const

/** The class in which a number lies; null: it is below all, and is not told. */
export function demandClassOf(n: number): DemandInterval | null {
  const at = classesFrom.findLastIndex((from) => n >= from)
  return at === -1 ? null : { from: classesFrom[at]!, to: at + 1 < classesFrom.length ? classesFrom[at + 1]! - 1 : null }
}

/**
 * Which cities a company is told: those where five distinct institutions or more want its drug, in classes (5–9, 10–19, 20–49, 50 and
 * more), the most first. An institution counts once, however often it registers.
 *
 * Demands of doctors are told to it of the unit alone. They come without an account, so anybody can register as many as he likes, the
 * company too: were cities counted by them, it would add its own until a city shows, and find what was there before. So nothing that is
 * told of a city moves with them; and since each of the unit's sum may be a doctor's of any of its cities, no city that is left out
 * follows from the sum and the cities that are told.
 */
export function citiesAsking(demands: readonly { city: string | null; institution: string | null }[]): { city: string; institutions: DemandInterval }[] {
  const asking = new Map<string, Set<string>>()
  for (const { city, institution } of demands) if (city !== null && institution !== null) asking.set(city, (asking.get(city) ?? new Set()).add(institution))
  return [...asking].flatMap(([city, { size }]) => {
    const institutions = demandClassOf(size)
    return institutions === null ? [] : [{ city, institutions }]
  }).sort((a, b) => b.institutions.from - a.institutions.from || (a.city < b.city ? -1 : 1))
}

/** Of where a message tells that a drug is wanted: of a unit, or (to the office of a city) of institutions of that city. */
export interface DemandPlace { unit: string; city: string | null }

/** What makes one message of all that is registered of a drug and place on a day. */
export function demandMessageKey(drug: string, { unit, city }: DemandPlace, on: Day): string {
  return [drug, unit, ...(city === null ? [] : [city]), on].join(' ')
}

/** What is registered. A doctor names the place, an account's institution is where it is. No field takes a text of one's own. */
export const NewDemand = onlyFields({
  drug: z.string().max(80),
  /** Codes of a unit and a city of it; null both: of the institution that asks. */
  unit: z.string().max(40).nullable().default(null), city: z.string().max(40).nullable().default(null),
  patients: DemandPatients, urgency: DemandUrgency,
})
export type NewDemand = z.infer<typeof NewDemand>

/** It is registered. `code`: who has it can withdraw the demand; it is told once, to who registered it. */
export const DemandRegistered = z.strictObject({ code: z.string(), on: Day, expiresOn: Day })
export type DemandRegistered = z.infer<typeof DemandRegistered>

export const DemandWithdrawal = onlyFields({ code: z.string().regex(/^[0-9a-f]{20}$/, 'the code that was given when the demand was registered: 20 digits and letters from a to f') })
export type DemandWithdrawal = z.infer<typeof DemandWithdrawal>
export const DemandWithdrawn = z.strictObject({ withdrawnOn: Day })
export type DemandWithdrawn = z.infer<typeof DemandWithdrawn>

/** How many institutions have the drug in stock, as a headline says it. `institutions` null: nothing certain is said (`said` is unknown or nothing), which is not zero. */
export const StockedSaid = z.strictObject({ said: Said, institutions: z.int().nullable() })
export type StockedSaid = z.infer<typeof StockedSaid>

/** The same by each kind of evidence: kinds never mix. */
export const Stocked = z.strictObject({ declared: StockedSaid, confirmed: StockedSaid, supplied: StockedSaid })
export type Stocked = z.infer<typeof Stocked>

/** A demand of an institution, named to its province, its city and the regulator, and to itself. `code`: to itself alone. */
export const NamedDemand = z.strictObject({ institution: z.string(), name: z.string(), city: z.string().nullable(), cityName: Text.nullable(), patients: DemandPatients, urgency: DemandUrgency, on: Day, expiresOn: Day, state: z.enum(demandStates), code: z.string().optional() })
export type NamedDemand = z.infer<typeof NamedDemand>

/** The demands of a drug in a unit, as far as the asker is told of them, and what there is of it. To a city's office: those of institutions in the city; doctors' are told of the unit alone. */
export const DemandRow = z.strictObject({
  drug: z.string(), unit: z.string(),
  /** Open demands, and those that were met in their days. */
  open: z.int(), met: z.int(),
  /** Of the open: for how many patients, how soon. Of the unit alone. */
  patients: z.record(DemandPatients, z.int()), urgency: z.record(DemandUrgency, z.int()),
  latest: Day,
  stocked: Stocked,
  /**
   * Cities of which so much may be told, and what there is of the drug in them. To offices: with five or more open demands of doctors
   * (`demands`). To a company: where five institutions or more ask (`institutions`), and of doctors none. The other of the two is null.
   */
  cities: z.array(z.strictObject({ city: z.string(), cityName: Text, demands: z.int().nullable(), institutions: DemandInterval.nullable(), stocked: Stocked })),
  /** Open demands of doctors in the unit's other cities; null: whoever asks is told of the unit alone, or of his own. */
  others: z.int().nullable(),
  /** Of institutions, where whoever asks may know which; null: he may not, and they are counted above with the rest. */
  named: z.array(NamedDemand).nullable(),
})
export type DemandRow = z.infer<typeof DemandRow>

export const DemandQuestion = z.object({ drug: z.string().max(80).optional(), region: z.string().max(40).optional(), format: Format.default('json') })
export type DemandQuestion = z.infer<typeof DemandQuestion>

/** Demand and supply by drug and unit, what is wanted most first. `openDays`: for how many days a demand stands; null: the edition does not say, and none is registered. */
export const DemandAnswer = z.strictObject({ list: z.string(), today: Day, demonstration: z.boolean(), openDays: z.int().nullable(), rows: z.array(DemandRow) })
export type DemandAnswer = z.infer<typeof DemandAnswer>
