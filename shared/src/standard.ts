import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant } from './day.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Role } from './permission.js'
import { distanceKm } from './position.js'
import { Reach } from './reach.js'
import { Text } from './text.js'
import { inBoth, words } from './words.js'

/*
 * Coverage standards: what counts as covered, per drug and unit. The standard of a drug is a set of rules, kept as a whole:
 * a version of it is known from an instant to an instant, and each of its rules holds from a day on.
 */

/** A unit that a named institution elsewhere serves: its standard is met while that institution stocks the drug. */
export const ServedBy = onlyFields({ unit: z.string().max(20), institution: z.string().max(40) })
export type ServedBy = z.infer<typeof ServedBy>

const atLeast = z.int32().nonnegative()

const rule = {
  from: Day,
  /** Units it holds for; null is all. */
  units: z.array(z.string().max(20)).min(1).max(500).nullable(),
  /** Which institutions are counted: of these kinds, and only the eligible. */
  kinds: z.array(Kind).min(1).max(3),
  eligibleOnly: z.boolean(),
  minInstitutions: atLeast,
  minCities: atLeast,
  reach: Reach.nullable().default(null),
  servedBy: z.array(ServedBy).max(500).default([]),
  /** Why it asks this, for everybody who is shown what it finds. */
  reason: inBoth(500),
}

/** One rule of a standard: at least so many institutions and cities, and such a reach, in each of some units, from a day on. */
export const StandardRule = onlyFields(rule)
export type StandardRule = z.infer<typeof StandardRule>

/** `standards.json` of an edition: the rules of all drugs, with who says so. */
export const StandardsFile = z.array(z.strictObject({ drug: z.string(), author: z.string().min(1), ...rule, reason: Text }))
export type StandardsFile = z.infer<typeof StandardsFile>

/** Who decided a version: the files of the edition, or an officer, whose word no later load of the edition overwrites. */
export const standardOrigins = ['edition', 'officer'] as const
export type StandardOrigin = (typeof standardOrigins)[number]

/** The standard of a drug, as it was known from an instant on. */
export const StandardVersion = z.strictObject({
  drug: z.string(),
  /** From 1, one more with every change. Who changes it names the version that he saw (`If-Match`; 0 where there is none). */
  version: z.int(),
  origin: z.enum(standardOrigins),
  /** Who says so: what the edition names, or the officer; null where his name is not the asker's to know. */
  author: z.string().nullable(),
  /** Of the officer. */
  role: Role.nullable(),
  /** Why it was changed, in the officer's words; null where the edition was loaded. */
  why: z.string().nullable(),
  /** No rule: the drug has no standard, and no gaps. */
  rules: z.array(StandardRule),
  knownFrom: Instant,
  /** Null: it is what is known now. */
  knownTo: Instant.nullable(),
})
export type StandardVersion = z.infer<typeof StandardVersion>

const maximum = 200
const rules = z.array(StandardRule).max(maximum).superRefine((all, c) => {
  for (const { path, message } of contradictionsIn(all)) c.addIssue({ code: 'custom', path, message })
})

/** What an officer decides: all the rules of a drug's standard, those too that held before and stay, and why. */
export const StandardChange = onlyFields({ rules, why: words(500) })
export type StandardChange = z.infer<typeof StandardChange>
/** Why an officer's decision is given up, so that what the edition says holds again. */
export const StandardRelease = onlyFields({ why: words(500) })
/** Rules to be tried. */
export const StandardDraft = onlyFields({ rules })

export const StandardsQuestion = z.object({ asOf: Day.optional(), knownOn: Instant.optional(), format: Format.default('json') })
/** The standard of every drug in list order; null where none was ever said. `otherwise`: an officer decided, and the files of the edition say otherwise. */
export const StandardsAnswer = z.strictObject({ basis: Basis, standards: z.array(z.strictObject({ drug: z.string(), standard: StandardVersion.nullable(), otherwise: z.boolean() })) })
export type StandardsAnswer = z.infer<typeof StandardsAnswer>

export const StandardQuestion = z.object({ knownOn: Instant.optional(), format: Format.default('json') })
/** The standard of a drug, what was known before, the latest first, and what the files of the edition say where that is otherwise. */
export const StandardAnswer = z.strictObject({
  basis: Basis, drug: z.string(), standard: StandardVersion.nullable(), former: z.array(StandardVersion), filed: z.strictObject({ author: z.string(), rules: z.array(StandardRule) }).nullable(),
})
export type StandardAnswer = z.infer<typeof StandardAnswer>

/** What there is in a unit, to be held against a rule. */
export interface There {
  institutions: number
  cities: number
  /** Residents within reach; null where not all of the population is loaded, or the rule asks none. */
  reached: Reached | null
}

/** How many of all residents are within reach. Whole numbers, to be compared as such: a percentage in floating point falls short of itself. */
export interface Reached { within: number; all: number }

/** Whether what there is falls short of a rule. Where not all of the population is loaded, its reach is neither met nor missed: the rest decides. */
export function fallsShort({ minInstitutions, minCities, reach }: Pick<StandardRule, 'minInstitutions' | 'minCities' | 'reach'>, { institutions, cities, reached }: There): boolean {
  return institutions < minInstitutions || cities < minCities || (reach !== null && reached !== null && isShort(reached, reach.share))
}

/** Whether fewer are within reach than so many percent. Where nobody lives, nobody is. */
function isShort({ within, all }: Reached, share: number): boolean {
  return all === 0 || within * 100 < share * all
}

/** Percent of the residents within reach, rounded down to a tenth. */
export function reachedPercent({ within, all }: Reached): number {
  return all === 0 ? 0 : Math.floor((within * 1_000) / all) / 10
}

/** The rule that holds for a unit on a day: of those that speak of it and have begun, the latest; null where there is none. */
export function ruleFor(all: readonly StandardRule[], unit: string, day: Day): StandardRule | null {
  return all.reduce<StandardRule | null>((latest, one) => (one.from <= day && (one.units === null || one.units.includes(unit)) && (latest === null || one.from > latest.from) ? one : latest), null)
}

/** The rules that hold for any of some units on a day, in their own order. */
export function rulesOn(all: readonly StandardRule[], units: readonly string[], day: Day): StandardRule[] {
  const holding = new Set(units.map((unit) => ruleFor(all, unit, day)))
  return all.filter((one) => holding.has(one))
}

/** A place with residents, or one where something is in stock: degrees in WGS84. */
interface Place { lat: number; lng: number }

/** How many of the residents of some cities live in one whose middle lies within some kilometres of any of some places. */
export function residentsReached(cities: readonly (Place & { population: number })[], places: readonly Place[], km: number): Reached {
  const all = cities.reduce((sum, { population }) => sum + population, 0)
  const within = cities.reduce((sum, city) => sum + (places.some((place) => distanceKm(city, place) <= km) ? city.population : 0), 0)
  return { within, all }
}

/** Where rules of a set cannot stand beside each other: two that begin on one day speak of one unit; a unit is served twice, or by a rule that does not speak of it. */
export function contradictionsIn(all: readonly StandardRule[]): { path: (string | number)[]; message: string }[] {
  return all.flatMap((one, i) => {
    const found: { path: (string | number)[]; message: string }[] = []
    const rival = all.findIndex((other, j) => j < i && other.from === one.from && (other.units === null || one.units === null || other.units.some((unit) => one.units!.includes(unit))))
    if (rival >= 0) found.push({ path: [i, 'units'], message: `it and rule ${rival + 1} begin on one day and speak of one unit: which of them holds there would be a guess` })
    if (new Set(one.units ?? []).size < (one.units ?? []).length) found.push({ path: [i, 'units'], message: 'each unit once' })
    if (new Set(one.kinds).size < one.kinds.length) found.push({ path: [i, 'kinds'], message: 'each kind once' })
    for (const [j, { unit }] of one.servedBy.entries()) {
      if (one.servedBy.findIndex((other) => other.unit === unit) < j) found.push({ path: [i, 'servedBy', j, 'unit'], message: 'one institution serves a unit' })
      if (one.units !== null && !one.units.includes(unit)) found.push({ path: [i, 'servedBy', j, 'unit'], message: 'a unit for which the rule holds' })
    }
    return found
  })
}
